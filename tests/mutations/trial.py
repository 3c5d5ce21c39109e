"""Undo guards one after another in a copy of the tree, and see tests fail."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from tests.environment import OWN_SERVER, ROOT, SERVER_DATA
from vssid.infra.embedded import postgres

from . import mutation
from .mutation import Mutation

SECONDS = 150  # of one run; a guard may be what ends a wait
ENDS = ("failure", "error", "passed", "skipped")  # of a test; of several the first counts
# What our own import of tests.environment has set; each run finds its own.
OURS = {"DJANGO_SETTINGS_MODULE", "VSSID_TEST_OWN_SERVER", "VSSID_TEST_RUN"}
NOT_FOR_THE_TESTS = OURS | ({"VSSID_DATABASE_URL"} if OWN_SERVER else set())


class Outcome(StrEnum):
    """What became of a mutation. Only `CAUGHT` proves its tests."""

    CAUGHT = "caught"
    SURVIVED = "SURVIVED"
    ENDLESS = "ENDLESS"
    BROKEN = "BROKEN"
    UNTRIED = "untried"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one, and what a failing test said."""

    outcome: Outcome
    said: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of pytest: how each test ended (passed, failure, error, skipped), and what was said first."""

    ends: dict[str, str]
    said: str = ""
    is_ended: bool = True

    def ended(self, test: str) -> str:
        """How a test ended, by the worst of its parameters."""
        path, *inside = test.split("::")
        name = ".".join([path.removesuffix(".py").replace("/", "."), *inside])
        return _worst({end for case, end in self.ends.items() if case == name or case.startswith(f"{name}[")})


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of the working tree as git sees it; its tests have a server of their own, up to the end."""
    with TemporaryDirectory(prefix="vssid-mutations-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        for path in filter(None, names.split("\0")):
            if (ROOT / path).is_file() and not (ROOT / path).is_symlink():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / path, folder / path)
        (folder / ".venv").symlink_to(ROOT / ".venv")
        (folder / ".cache").mkdir()
        with (folder / ".cache" / "pg-test.users").open("a") as users:
            fcntl.flock(users, fcntl.LOCK_SH)  # so that no run takes itself for the last
            try:
                yield folder
            finally:
                postgres.stop(folder / SERVER_DATA.relative_to(ROOT))


def before(chosen: Sequence[Mutation], folder: Path) -> Run:
    """All tests of these on the copy as it is: one that fails then, or is skipped, proves nothing."""
    named = dict.fromkeys(test for guard in chosen for test in mutation.tests(guard, folder))
    return _run(list(named), folder, seconds=SECONDS + 30 * len(named))


def attempt(guard: Mutation, folder: Path, whole: Run) -> Told:
    """Run its tests with the guard undone; `whole` is how they ended before."""
    named = mutation.tests(guard, folder)
    ended = {test: whole.ended(test) for test in named}
    if "skipped" in ended.values():
        return Told(Outcome.UNTRIED, ", ".join(test for test in ended if ended[test] == "skipped"))
    if failing := [test for test in ended if ended[test] != "passed"]:
        return Told(Outcome.BROKEN, f"{ended[failing[0]]} before ({whole.said}): {', '.join(failing)}")
    with undone(guard, folder):
        after = _run(named, folder)
    ends = {test: after.ended(test) for test in named}
    if not after.is_ended:
        return Told(Outcome.ENDLESS)
    if missed := [test for test in ends if ends[test] == "passed"]:
        return Told(Outcome.SURVIVED, ", ".join(missed))
    if "failure" in ends.values():
        return Told(Outcome.CAUGHT, after.said)
    return Told(Outcome.BROKEN, after.said)


@contextmanager
def undone(guard: Mutation, folder: Path) -> Iterator[None]:
    """The guard is not there."""
    path = mutation.place(guard, folder)
    text = path.read_text(encoding="utf-8")
    _write(path, text.replace(guard.old, guard.new))
    try:
        yield
    finally:
        _write(path, text)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    # It may have the size and the second of what was compiled.
    if path.suffix == ".py":
        Path(cache_from_source(str(path))).unlink(missing_ok=True)


def _run(named: Sequence[str], folder: Path, *, seconds: float = SECONDS) -> Run:
    report = folder / ".report.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *named]
    environment = {name: value for name, value in os.environ.items() if name not in NOT_FOR_THE_TESTS}
    environment["PYTHONPATH"] = f"{folder / 'src'}{os.pathsep}{folder}"
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return Run({}, is_ended=False)
    if not report.exists():
        return Run({}, (output.strip().splitlines() or ["no report"])[-1])
    return _read(report)


def _read(report: Path) -> Run:
    ends: dict[str, str] = {}
    said = ""
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        told = {child.tag: child for child in case if child.tag in ENDS}
        # A test may be told twice: how it ended, and what broke after it.
        ends[name] = _worst({ends[name]} if name in ends else set(), set(told) or {"passed"})
        for child in (told[tag] for tag in ("failure", "error") if tag in told):
            said = said or (child.get("message") or child.text or "").strip().split("\n", 1)[0]
    return Run(ends, said)


def _worst(*ends: Set[str]) -> str:
    """What counts of several."""
    return next((end for end in ENDS if any(end in group for group in ends)), "not run")
