"""Whoever writes what a sealed value is bound to seals it anew: one function in each room does both."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.environment import ROOT

pytestmark = pytest.mark.architecture
ROOMS = ROOT / "src" / "vssid" / "domain"
PERSON = r"UPDATE participants_person|\bPerson\.objects\.(?:bulk_|create|update)"
# Room → what writes the version or the sealed column of a row, and the modules that may.
WRITES = {
    "registration": (
        r"\b(?:draft|row)\.version\s*\+?=|\b(?:draft|row)\.sealed\s*=[^=]|\bDraft\([^)]*sealed=",
        {"draft/typed_values.py"},
    ),
    "families": (r"\brow\.version\s*\+?=|\brow\.sealed\s*=[^=]|\bversion=", {"actions.py"}),
    "procedures": (
        r"[\"']version[\"']:|\brow\.(?:version|answers)\s*\+?=[^=]|\banswers=vault",
        {"drafts.py"},
    ),
    "accounts": (
        r"\brow\.version\s*\+?=|\bversion=_version|\banswers=row\.",
        {"contacts/changes.py", "counter/owner_requests.py", "recovery/answering.py"},
    ),
    "participants": (
        PERSON + r"|UPDATE \{_PERSON\}|\b(?:row|person)\.sealed\s*=[^=]|\brow\.run_id\s*(?:,[^=\n]*)?=[^=]",
        {
            "sealed_part.py",  # seals
            "people/merge.py",  # a file: run, line and sealed part in one statement
            "people/corrections.py",  # a decision: the same
            "people/undo.py",  # puts all three back
            "unsealed.py",  # seals for the row as it stands
            "fingerprints.py",  # the digest alone
        },
    ),
}


def writers(room: Path, pattern: str) -> set[str]:
    names = set()
    for path in room.rglob("*.py"):
        name = str(path.relative_to(room))
        if not re.search(r"(^|/)(tests|migrations)/|models", name) and re.search(
            pattern, path.read_text(encoding="utf-8")
        ):
            names.add(name)
    return names


@pytest.mark.parametrize("room", WRITES)
def test_a_version_and_what_is_sealed_for_it_are_written_by_these_alone(room):
    pattern, may = WRITES[room]
    assert writers(ROOMS / room, pattern) == may


def test_no_other_room_writes_a_person_of_the_register():
    others = [room for room in ROOMS.iterdir() if room.is_dir() and room.name != "participants"]
    assert [room.name for room in others if writers(room, PERSON)] == []
