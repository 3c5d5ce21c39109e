"""Which tests of a whole run get a second try, and what is said of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import ROOT
from tests.runner import again as writing
from vssid.cli.testing import again

ONE, TWO = "tests/browser/test_a.py::test_one", "tests/browser/test_b.py::test_two[a b]"


class Runs:
    """What was run again, and how it ended."""

    def __init__(self, *statuses: int) -> None:
        self.asked: list[list[str]] = []
        self._statuses = iter(statuses)

    def __call__(self, arguments: list[str]) -> int:
        self.asked.append(arguments)
        return next(self._statuses)


def _written(folder: Path, *lines: str) -> Path:
    path = folder / "failed"
    path.write_text("".join(f"{line}\n" for line in lines))
    return path


def test_few_browser_tests_that_failed_are_run_alone_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = Runs(0, 0)
    assert again.alone(_written(tmp_path, f"browser\t{ONE}", f"browser\t{TWO}"), 1, runs) == 0
    assert runs.asked == [["-n0", ONE], ["-n0", TWO]]
    told = capsys.readouterr().out.split("CHẬP CHỜN")[1]
    assert ONE in told
    assert TWO in told


def test_what_fails_alone_too_has_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert again.alone(_written(tmp_path, f"browser\t{ONE}", f"browser\t{TWO}"), 1, Runs(0, 1)) == 1
    assert "CHẬP CHỜN" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ([f"browser\t{ONE}", "-\tsrc/vssid/kernel/tests/test_a.py::test_a"], 1),  # one has its own clock
        ([f"browser\t{ONE}{number}" for number in range(again.AT_MOST + 1)], 1),  # no accident
        ([], 1),  # nobody wrote down what failed
        ([f"browser\t{ONE}"], 2),  # interrupted
        ([], 0),
    ],
)
def test_all_else_gets_no_second_try(tmp_path: Path, lines: list[str], status: int) -> None:
    runs = Runs()
    assert again.alone(_written(tmp_path, *lines), status, runs) == status
    assert again.alone(tmp_path / "never-written", status, runs) == status
    assert runs.asked == []


def test_both_sides_name_one_variable() -> None:
    assert again.FILE == writing.FILE


BROKEN = """
import pytest

@pytest.fixture
def broken():
    raise ValueError

@pytest.mark.browser
def test_sight(): assert False

@pytest.mark.browser
def test_fixture(broken): pass

def test_other(): assert False

def test_good(): pass
"""


@pytest.mark.process
def test_workers_say_what_failed_and_whether_it_drives_a_browser(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  browser: drives Chromium\n")
    (tmp_path / "test_broken.py").write_text(BROKEN)
    plugins = ["-p", "tests.runner.again", "-p", "no:django", "-p", "no:cacheprovider"]
    with again.written_down() as written:
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-n2", *plugins],
            cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False,
        )  # fmt: skip
        said = sorted(written.read_text().splitlines())
    assert ended.returncode == again.FAILED
    assert said == [
        "-\ttest_broken.py::test_other",
        "browser\ttest_broken.py::test_fixture",
        "browser\ttest_broken.py::test_sight",
    ]
