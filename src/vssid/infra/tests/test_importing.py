"""No garbage is looked for while a process starts, and none of what it imported later."""

from __future__ import annotations

import gc
import os
import subprocess
import sys

import pytest

from tests.environment import ROOT
from vssid.infra import importing


@pytest.fixture(autouse=True)
def _as_before():
    yield
    gc.enable()


def test_nothing_is_collected_meanwhile_and_what_was_made_is_left_alone():
    frozen = gc.get_freeze_count()
    with importing.without_collecting():
        assert not gc.isenabled()
        kept: list[list[int]] = [[] for _ in range(1_000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= frozen + len(kept)


def test_who_wants_no_collecting_has_none_afterwards():
    gc.disable()
    with importing.without_collecting():
        pass
    assert not gc.isenabled()


def test_a_start_that_fails_collects_again():
    with pytest.raises(ImportError), importing.without_collecting():
        raise ImportError
    assert gc.isenabled()


@pytest.mark.process
def test_a_process_ends_without_a_complaint_of_what_is_left():
    """nanobind, which zxing-cpp is made with, counts what nothing destroyed and says so."""
    done = subprocess.run(
        [sys.executable, "-c", "import gc, vssid.config.wsgi\nprint(gc.get_freeze_count() > 0)"],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("True\n", "")
