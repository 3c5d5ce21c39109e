"""A decision in spite of doubts takes a reason for each class of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from vssid.domain.accounts.counter import doubt_classes as counter
from vssid.domain.casework import why
from vssid.domain.casework.errors import NotReady, Unconfirmed
from vssid.domain.casework.readiness import Readiness
from vssid.domain.casework.why import DoubtClass, Unexplained
from vssid.domain.families.desk import doubt_classes as families
from vssid.domain.procedures.desk import doubt_classes as procedures
from vssid.domain.registration.deciding import doubt_classes as registration

CLASSES = {
    "card": DoubtClass("Thẻ", {"misread": "Máy đọc sai"}),
    "home": DoubtClass("Hộ", {"apart": "Ở riêng", "asked": "Đã hỏi"}, ("household", "no_household")),
}
DOUBTS = Readiness((), ("card.sex", "card.name", "household"))
GIVEN = {"card": "misread", "home": "asked"}


def decide(ready: Readiness, seen: str | None, given: Mapping[str, str]) -> dict[str, str]:
    return why.require(ready, seen, given, CLASSES, refusal=NotReady)


def test_each_class_takes_one_reason_however_many_doubts_it_has() -> None:
    assert why.classes_of(DOUBTS.doubts, CLASSES) == ("card", "home")
    assert decide(DOUBTS, DOUBTS.mark, GIVEN) == GIVEN
    assert decide(Readiness((), ()), "", {"card": "misread"}) == {}


@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        ({}, ("card", "home")),
        ({"card": "misread"}, ("home",)),
        ({"card": "asked", "home": "asked"}, ("card",)),
        ({"card": "misread", "home": ""}, ("home",)),
    ],
)
def test_a_class_without_a_reason_of_its_own_is_named(
    given: dict[str, str], lacking: tuple[str, ...]
) -> None:
    with pytest.raises(Unexplained) as refused:
        decide(DOUBTS, DOUBTS.mark, given)
    assert refused.value.classes == lacking
    assert refused.value.mark == DOUBTS.mark


def test_reasons_do_not_confirm_doubts_that_were_not_shown() -> None:
    with pytest.raises(Unconfirmed) as refused:
        decide(DOUBTS, "", GIVEN)
    assert not isinstance(refused.value, Unexplained)


def test_what_is_missing_is_said_before_any_doubt() -> None:
    with pytest.raises(NotReady):
        decide(Readiness(("form",), DOUBTS.doubts), "", {})


def test_who_shows_no_pages_answers_for_the_doubts_and_unknown_reasons_are_not_kept() -> None:
    assert decide(DOUBTS, None, {"card": "misread", "home": "x", "no_such": "misread"}) == {"card": "misread"}


def test_a_reason_that_is_not_known_any_more_is_shown_as_it_is() -> None:
    told = why.told({"card": "misread", "home": "gone", "old": "x"}, CLASSES)
    assert told == [("Thẻ", "Máy đọc sai"), ("Hộ", "gone"), ("old", "x")]


@pytest.mark.parametrize("room", [registration, families, procedures, counter])
def test_every_class_of_every_room_has_reasons_and_a_colleague_to_ask(room: object) -> None:
    for of in room.CLASSES.values():  # type: ignore[attr-defined]
        assert len(of.reasons) >= 2
        assert "superior_asked" in of.reasons
