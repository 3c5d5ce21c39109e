"""What takes longest starts first, and a shuffled run can be had again by its seed."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.environment import ROOT

from . import order


def item(nodeid: str, *marks: str) -> Any:
    return SimpleNamespace(
        nodeid=nodeid,
        path=ROOT / nodeid.split("::")[0],
        get_closest_marker=lambda name: name if name in marks else None,
    )


SOME = [item(f"tests/test_{file}.py::test_{number}") for file in "abc" for number in range(4)]


def test_every_file_that_takes_long_is_there():
    assert [path for path in order.LONGEST if not (ROOT / path).exists()] == []


def test_what_takes_longest_starts_first_and_the_rest_keeps_its_order():
    quick, other = (
        item("src/vssid/kernel/tests/test_text.py::test_it"),
        item("tests/running/test_clock.py::test_it"),
    )
    long, longest = item("tests/journeys/test_review.py::test_it"), item(f"{order.LONGEST[0]}::test_it")
    assert sorted([quick, long, other, longest], key=order.place) == [longest, long, quick, other]


@pytest.mark.parametrize(
    ("path", "marks", "group"),
    [
        ("tests/kannel/test_kannel.py", ["kannel"], "kannel"),
        ("tests/browser/test_focus.py", ["browser"], ""),
        ("tests/faults/test_worker.py", ["faults"], "test_worker"),
        ("tests/architecture/test_urls.py", ["architecture"], "architecture"),
        ("tests/commands/test_bench.py", [], "test_bench"),
        ("tests/running/test_clock.py", [], ""),
    ],
)
def test_what_shares_something_stays_together(path, marks, group):
    assert order.group(item(f"{path}::test_it", *marks)) == group


def run_in_two_workers(folder: Path, name: str, *words: str) -> str:
    """What pytest says of twenty tests in a file of this name, in two workers."""
    text = "import os, pytest\n@pytest.mark.parametrize('n', range(20))\ndef test_it(n): print(os.getpid())\n"
    (folder / name).write_text(text)
    (folder / "pytest.ini").write_text("[pytest]\n")
    common = ["-n2", "--dist=loadgroup", "-p", "tests.runner.order", "-rP", "-p", "no:django"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *common, str(folder), *words],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if name != "VSSID_TEST_SEED"}
        | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    ).stdout


@pytest.mark.process
def test_what_stays_together_runs_in_one_worker(tmp_path):
    said = run_in_two_workers(tmp_path, "test_bench.py")
    assert "20 passed" in said
    assert len(set(re.findall(r"^\d+$", said, re.MULTILINE))) == 1


@pytest.mark.process
def test_two_workers_shuffle_alike_without_being_given_a_seed(tmp_path):
    assert "20 passed" in run_in_two_workers(tmp_path, "test_any.py", "--shuffle")


def test_a_seed_gives_the_same_order_again_and_another_one_another():
    first, again, other = (order.shuffled(SOME, random.Random(seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert sorted(first, key=lambda item: item.nodeid) == SOME


def test_shuffled_files_stay_whole():
    files = [item.nodeid.split("::")[0] for item in order.shuffled(SOME, random.Random(3))]
    assert len(files) - sum(before == after for before, after in pairwise(files)) == 3
