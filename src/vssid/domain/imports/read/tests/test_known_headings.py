"""What a sender's headings mean is said once."""

from __future__ import annotations

import pytest

from tests.making.registrations import NOW

from .. import known_headings

pytestmark = pytest.mark.django_db
HERE, THERE = "31004", "01001"


def note(meant: dict[str, str], *, sender: str = "Sở Y tế", office: str = HERE) -> None:
    known_headings.note("people", sender, office, meant, by=7, now=NOW)


def test_it_is_known_again_however_the_sender_is_written():
    note({"Số sổ:": "bhxh_code", "Quê quán": ""})
    assert known_headings.of("people", "SO Y TE", HERE) == {"so so": "bhxh_code", "que quan": ""}


def test_another_sender_office_or_kind_of_file_knows_nothing_of_it():
    note({"Số sổ": "bhxh_code"})
    assert known_headings.of("people", "Sở Nội vụ", HERE) == {}
    assert known_headings.of("people", "Sở Y tế", THERE) == {}
    assert known_headings.of("coverage", "Sở Y tế", HERE) == {}


def test_what_is_said_later_holds():
    note({"Số sổ": "bhxh_code"})
    note({"so so": ""})
    assert known_headings.of("people", "Sở Y tế", HERE) == {"so so": ""}


def test_what_is_forgotten_is_asked_anew():
    note({"Số sổ": "bhxh_code"})
    note({"Số sổ": "bhxh_code"}, office=THERE)
    assert known_headings.forget("people", "sở y tế", HERE) == 1
    assert known_headings.of("people", "Sở Y tế", HERE) == {}
    assert known_headings.of("people", "Sở Y tế", THERE) == {"so so": "bhxh_code"}
