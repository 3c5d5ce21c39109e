"""The code of the version before, on the database that this version's migrations made.

While a new version is rolled out both run on one database. So the version before is taken from the history,
and its own tests of what people read and are sent are run against the new schema; they write it first.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.architecture.test_migrations import before
from tests.environment import ROOT
from tests.runner.database import _lock, _maintenance_url, _template

pytestmark = pytest.mark.process
# Its tests empty the tables it knows; those that came since may hang on them.
TAKES_OURS = """

import os


def _template() -> str:
    return os.environ["VSSID_TEST_TEMPLATE"]


from django.db.backends.postgresql.operations import DatabaseOperations

_flush = DatabaseOperations.sql_flush
DatabaseOperations.sql_flush = lambda *given, **how: _flush(*given, **{**how, "allow_cascade": True})
"""

# A citizen's record by page and program, and the outbox; by name, since files move between versions.
READS = ("test_my_record.py", "test_sending.py")


@pytest.fixture
def older() -> Path:
    """The sources of the version before, kept with what Python compiles of them; skips where the history does
    not reach that far.
    """
    commit, _known = before()
    kept = ROOT / ".cache" / f"before-{commit}"
    with _lock("before"):
        if not kept.is_dir():
            for old in (ROOT / ".cache").glob("before-*"):
                shutil.rmtree(old)
            making = ROOT / ".cache" / "before-making"
            _take_out(commit, making)
            making.rename(kept)
    return kept


def _take_out(commit: str, folder: Path) -> None:
    done = subprocess.run(
        ["git", "archive", commit, "src", "tests", "locale", "conftest.py", "pyproject.toml"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"the history here does not reach to {commit[:7]}")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extraction_filter = None  # made by ourselves; the first Pythons 3.11 know no filters
        archive.extractall(folder)


def test_the_version_before_reads_and_writes_on_the_new_schema(
    older: Path, django_db_setup: None, django_db_blocker
) -> None:
    with django_db_blocker.unblock():
        template = _template()
    # Its fixtures would migrate a database of their own; here they take the one that the new version made.
    fixtures = _one(older / "tests", "database.py")
    if not (text := fixtures.read_text(encoding="utf-8")).endswith(TAKES_OURS):
        fixtures.write_text(text + TAKES_OURS, encoding="utf-8")
    unwanted = (
        "VSSID_TEST_OWN_SERVER",
        "PYTEST_XDIST_WORKER",
        "PYTEST_XDIST_WORKER_COUNT",
        "PYTEST_CURRENT_TEST",
    )
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    environment |= {"VSSID_DATABASE_URL": _maintenance_url(), "PYTHONPATH": f"{older / 'src'}:{older}"}
    environment["VSSID_TEST_TEMPLATE"] = template
    reads = [_one(older, name) for name in READS]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *reads],
        cwd=older, env=environment, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "skipped" not in done.stdout.splitlines()[-1]


def _one(folder: Path, name: str) -> Path:
    [path] = folder.rglob(name)
    return path
