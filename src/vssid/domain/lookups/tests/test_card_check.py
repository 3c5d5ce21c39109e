"""Whether a card is valid: codes of the gateway, told only to who knows number, name and birth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from tests.making.families import add_child_coverage
from tests.making.registrations import BINH, LAN, NOW, make_office, make_person
from tests.oracles import statements
from vssid.domain.audit.models import Event
from vssid.domain.lookups import card_check, comparing
from vssid.domain.lookups.card_check import Answer, Asked, Code
from vssid.domain.participants import queries as participants
from vssid.domain.participants.models.people import Coverage, Person
from vssid.domain.participants.participation import leavers
from vssid.domain.verification import limits, proofs
from vssid.domain.verification.errors import ChallengeNeeded, Limited
from vssid.domain.verification.proofs import Proof
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BhxhCode
from vssid.web.citizen.tests.cast import add_period

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.9"
TODAY = local_day(NOW)
RIGHT = Asked(BhxhCode(LAN.bhxh_code), "Nguyễn Thị Lan", LAN.birth_date)
WRONG = {
    "name": replace(RIGHT, full_name="Trần Thị Hoa"),
    "initials": replace(RIGHT, full_name="Nguyễn Thị Lụa"),
    "birth": replace(RIGHT, birth_date=date(1990, 1, 3)),
    "unknown": replace(RIGHT, number=BhxhCode("3199999999")),
    "another's": replace(RIGHT, number=BhxhCode(BINH.bhxh_code)),
    "level": replace(RIGHT, number=BhxhCode(f"TE231{LAN.bhxh_code}")),
}


@pytest.fixture(autouse=True)
def register() -> Iterator[int]:
    make_office()
    person_id = make_person()
    make_person(BINH)
    add_child_coverage(LAN)  # TE, level 1, province 31, without an end
    comparing.somebody.cache_clear()
    yield person_id
    comparing.somebody.cache_clear()


def check(asked: Asked = RIGHT, proof: Proof = Proof(), address: str = ADDRESS) -> Answer | None:  # noqa: B008
    return card_check.check(asked, proof, address=address, now=NOW)


def summed() -> Proof:
    challenge = proofs.make()
    return Proof(challenge.token, str(challenge.left + challenge.right))


def told() -> Code:
    answer = check()
    assert answer is not None
    return answer.code


def exact(asked: Asked, person_id: int) -> Code:
    rows = participants.coverages(person_id)
    return card_check.judge(asked, participants.person(person_id), rows, TODAY).code


def test_a_valid_card_is_told_with_its_days_and_its_holder_sees_that_it_was_asked(register):
    assert check() == Answer(Code.VALID, date(2020, 1, 1), None)
    event = Event.objects.get(kind="lookup.card_checked")
    assert (event.subject_id, event.actor_kind) == (register, "system")


@pytest.mark.parametrize("number", [LAN.bhxh_code, f"TE131{LAN.bhxh_code}"])
def test_the_short_and_the_long_number_name_the_same_card(number):
    answer = check(replace(RIGHT, number=BhxhCode(number)))
    assert answer is not None
    assert answer.code is Code.VALID


def test_a_card_that_ended_or_begins_later_says_so(register):
    Coverage.objects.filter(person_id=register).update(valid_to=date(2021, 1, 1))
    assert check() == Answer(Code.ENDED, date(2020, 1, 1), date(2021, 1, 1))
    Coverage.objects.filter(person_id=register).update(valid_from=date(2999, 1, 1), valid_to=None)
    assert check() == Answer(Code.NOT_YET, date(2999, 1, 1), None)


@pytest.mark.parametrize(
    ("old_to", "code"),
    [(date(2021, 1, 1), Code.OLD_ENDED_NEW_ISSUED), (None, Code.OLD_VALID_NEW_ISSUED)],
)
def test_an_old_number_says_that_there_is_a_new_card(register, old_to, code):
    old = Coverage.objects.get(person_id=register)
    Coverage.objects.filter(person_id=register).update(object_code="DN", benefit_level="4", valid_to=old_to)
    add_child_coverage(LAN)
    answer = check(replace(RIGHT, number=BhxhCode(f"DN431{LAN.bhxh_code}")))
    assert answer is not None
    assert (answer.code, answer.valid_from) == (code, old.valid_from)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (WRONG["name"], Code.WRONG_NAME),
        (WRONG["initials"], Code.WRONG_NAME_SAME_INITIALS),
        (WRONG["birth"], Code.WRONG_BIRTH),
        (replace(RIGHT, number=BhxhCode(f"DN131{LAN.bhxh_code}")), Code.WRONG_NUMBER),
        (WRONG["level"], Code.WRONG_LEVEL),
        (replace(RIGHT, number=BhxhCode(f"TE179{LAN.bhxh_code}")), Code.WRONG_PROVINCE),
    ],
)
def test_the_exact_code_says_what_differs(register, asked, code):
    assert exact(asked, register) is code
    assert check(asked) is None


def test_without_a_person_or_coverage_there_is_no_data(register):
    assert card_check.judge(RIGHT, None, [], TODAY).code is Code.NO_DATA
    Coverage.objects.all().delete()
    assert exact(RIGHT, register) is Code.NO_DATA


@pytest.mark.parametrize("what", WRONG)
def test_anything_else_gives_nothing_and_no_event(what):
    assert check(WRONG[what]) is None
    assert not Event.objects.filter(kind="lookup.card_checked").exists()


def test_what_is_wrong_and_what_is_unknown_run_the_same_statements():
    check(WRONG["unknown"], address="198.51.100.1")
    said = [
        statements(partial(check, asked, address=f"198.51.100.{at + 2}"))
        for at, asked in enumerate(WRONG.values())
    ]
    assert all(queries == said[0] for queries in said)


def test_a_year_alone_counts_only_where_the_register_knows_no_more(register):
    year = replace(RIGHT, birth_date=date(1990, 1, 1), year_only=True)
    Person.objects.filter(person_id=register).update(birth_date=date(1990, 1, 1))
    assert check(year) is None
    Person.objects.filter(person_id=register).update(birth_precision="year")
    assert check(year) is not None


def test_after_three_tries_a_challenge_is_asked():
    for what in ("name", "birth", "unknown"):
        check(WRONG[what])
    with pytest.raises(ChallengeNeeded):
        check()
    assert check(proof=summed()) is not None


def test_tries_of_one_network_stop_no_other_network():
    for _ in range(limits.RULES["lookup_own_near"].limit):
        check(WRONG["name"], summed())
    with pytest.raises(Limited):
        check(RIGHT, summed())
    assert check(address="198.51.100.77") is not None


def test_what_is_typed_is_cleaned():
    raw = {"card_number": "te1 31 3199.000.001", "full_name": " Nguyễn  Thị Lan ", "birth_date": "1990"}
    asked = card_check.clean(raw, now=NOW)
    assert asked == Asked(BhxhCode("TE1313199000001"), "Nguyễn Thị Lan", date(1990, 1, 1), year_only=True)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("card_number", "", "required"),
        ("card_number", "12345", "bad_card_number"),
        ("card_number", "DN9313199000001", "bad_card_number"),
        ("full_name", "Lan 2", "bad_name"),
        ("birth_date", "31/02/1990", "bad_date"),
        ("birth_date", "2999", "future"),
        ("birth_date", "0000", "bad_date"),
    ],
)
def test_each_field_says_what_is_wrong(field, text, code):
    raw = {"card_number": LAN.bhxh_code, "full_name": "Lan", "birth_date": "02/01/1990"}
    with pytest.raises(Invalid) as refused:
        card_check.clean(raw | {field: text}, now=NOW)
    assert refused.value.fields == {field: code}


@pytest.mark.parametrize(("level", "told"), [("3", Code.VALID), ("2", Code.VALID), ("4", None)])
def test_a_number_is_found_with_the_level_it_was_printed_with_and_with_that_of_the_day(level, told):
    Coverage.objects.update(object_code="CN", benefit_level="3")
    answer = check(replace(RIGHT, number=BhxhCode(f"CN{level}31{LAN.bhxh_code}")))
    assert (answer.code if answer else None) == told


@pytest.mark.parametrize("kind", sorted(leavers.BY_EMPLOYER))
def test_a_card_by_an_employer_that_is_over_is_never_told_to_be_in_force(register, kind):
    Coverage.objects.filter(person_id=register).update(object_code=kind, benefit_level="4")
    add_period(register, date(2020, 1, 1), date(2026, 3, 1))
    assert told() is Code.UNKNOWN
    add_period(register, date(2026, 5, 1), None, None, is_voluntary=True)
    assert told() is Code.UNKNOWN
    add_period(register, date(2026, 9, 1), None)
    assert told() is Code.VALID
