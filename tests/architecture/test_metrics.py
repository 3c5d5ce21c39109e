"""The documents list every metric, with its kind."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.environment import ROOT

pytestmark = [pytest.mark.architecture, pytest.mark.django_db]
LISTED = re.compile(r"^\| `(vssid_\w+)` \| (\w+) \|", re.MULTILINE)


def listed() -> dict[str, str]:
    """What docs/operations/monitoring.md lists: name and kind."""
    return dict(LISTED.findall((ROOT / "docs/operations/monitoring.md").read_text()))


def test_the_documents_list_what_there_is_and_nothing_else():
    text = Client().get("/metrics").content.decode()
    told = dict(re.findall(r"^# TYPE (vssid_\w+) (\w+)$", text, re.MULTILINE))
    assert {name: kind for name, kind in told.items() if not name.endswith("_created")} == listed()
