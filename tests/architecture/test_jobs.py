"""Every job kind that code defers is one the worker knows, and each room's jobs are found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from procrastinate.contrib.django import app

from tests.environment import ROOT

pytestmark = pytest.mark.architecture
NAME = re.compile(r'name="([a-z_]+\.[a-z_]+)"')


def _job_files() -> list[Path]:
    return sorted((ROOT / "src/vssid/domain").glob("*/jobs.py"))


def test_every_job_a_room_defines_is_registered_with_the_worker() -> None:
    defined = {name for path in _job_files() for name in NAME.findall(path.read_text(encoding="utf-8"))}
    assert defined
    assert defined <= set(app.tasks)


def test_a_job_is_named_after_its_room() -> None:
    for path in _job_files():
        for name in NAME.findall(path.read_text(encoding="utf-8")):
            assert name.split(".")[0] == path.parent.name, f"{name} in {path}"


def test_every_job_has_a_name_of_its_own_choosing() -> None:
    # A name made from the module's path would break waiting jobs when the file moves.
    own = {name for name in app.tasks if "procrastinate" not in name}
    assert {name for name in own if name.startswith("vssid.")} == set()
