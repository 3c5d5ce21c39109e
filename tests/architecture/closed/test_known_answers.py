"""Files with a known answer are left out of every query but the desk's own: closed by default."""

from __future__ import annotations

import ast
import re

import pytest

from tests.environment import ROOT
from vssid.domain.registration.models import Application

pytestmark = pytest.mark.architecture
SOURCE = ROOT / "src/vssid"
TABLE = Application._meta.db_table
# A statement that reads the table names it behind one of these words.
READ = re.compile(rf"\b(?:FROM|JOIN|UPDATE|INTO|TABLE)\s+{TABLE}\b", re.IGNORECASE)
LEFT_OUT = re.compile(r"\bNOT\s+(?:\w+\.)?is_trial\b")
# Who sees them, and why: the desk must not tell them apart, and `trials` makes and ends them.
WITH_TRIALS = {
    "domain/registration/desk/receiving.py",  # a scanned number is found like any other
    "domain/registration/desk/search.py",
    "domain/registration/models/applications.py",
    "domain/registration/moves.py",  # the kind of file that the desk opens and locks
    "domain/registration/desk/counts.py",
    "domain/registration/queries.py",  # lists and counts of the desk
    "domain/registration/trials/ending.py",
    "domain/registration/trials/laying.py",
}


def sources() -> dict[str, str]:
    """Python and SQL by path; no tests, and no migrations, which ran before there were any."""
    paths = [path for pattern in ("*.py", "*.sql") for path in SOURCE.rglob(pattern)]
    kept = [path for path in paths if not {"tests", "migrations"} & set(path.parts)]
    return {path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8") for path in kept}


def statements(name: str, text: str) -> list[str]:
    """The texts in a file that may be SQL: a whole file of it, or each literal."""
    if name.endswith(".sql"):
        return [text]
    literals = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    return [node.value for node in literals if isinstance(node.value, str)]


def test_the_models_own_way_leaves_them_out() -> None:
    assert Application._meta.default_manager is not None
    for manager in (Application.objects, Application._default_manager):
        assert '"is_trial"' in str(manager.all().query)
    assert "WHERE" not in str(Application.with_trials.all().query)


def test_each_statement_that_reads_the_table_leaves_them_out() -> None:
    reading: dict[str, list[str]] = {}
    for name, text in sources().items():
        if texts := [each for each in statements(name, text) if READ.search(each)]:
            reading[name] = texts
    assert {"domain/reports/sql/count_files.sql", "domain/oversight/patterns.py"} <= reading.keys()
    for name, texts in reading.items():
        for each in texts:
            assert len(LEFT_OUT.findall(each)) >= len(READ.findall(each)), name


def test_a_statement_that_does_not_is_seen() -> None:
    open_one = f"SELECT 1 FROM {TABLE} WHERE id = 1"
    assert len(READ.findall(open_one)) > len(LEFT_OUT.findall(open_one))
    closed = f"SELECT 1 FROM {TABLE} a WHERE NOT a.is_trial"
    assert len(READ.findall(closed)) == len(LEFT_OUT.findall(closed))


def test_only_the_desk_asks_for_them() -> None:
    asking = {name for name, text in sources().items() if re.search(r"\bwith_trials\b", text)}
    assert asking == WITH_TRIALS
    base = {name for name, text in sources().items() if "_base_manager" in text}
    assert not [name for name in base if "registration" in name]
