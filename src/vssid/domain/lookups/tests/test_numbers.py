"""One's own number on a full match only; what is wrong and what is unknown look alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count

import pytest
from django.core import signing

from tests.making.registrations import BINH, LAN, NOW, make_person
from tests.oracles import statements
from vssid.domain.audit.models import Event
from vssid.domain.lookups import comparing, numbers
from vssid.domain.lookups.numbers import Asked
from vssid.domain.participants.models.people import Identifier, Person
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import limits, proofs
from vssid.domain.verification.errors import ChallengeNeeded, Limited
from vssid.domain.verification.proofs import Challenge, Proof
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import IdNumber

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.9"
RIGHT = Asked("Nguyễn Thị Lan", LAN.birth_date, IdNumber(LAN.id_number), "31")
WRONG = {
    "name": replace(RIGHT, full_name="Nguyễn Thị Lân Anh"),
    "birth": replace(RIGHT, birth_date=date(1990, 1, 3)),
    "province": replace(RIGHT, province_code="79"),
    "unknown": replace(RIGHT, id_number=IdNumber("031190999999")),
    "another's": replace(RIGHT, id_number=IdNumber(BINH.id_number)),
}


@pytest.fixture(autouse=True)
def register() -> Iterator[int]:
    person_id = make_person()
    for who, number in ((person_id, LAN.id_number), (make_person(BINH), BINH.id_number)):
        print_of_it = vault.fingerprint("cccd", number).hex()
        Identifier.objects.get_or_create(kind="cccd", key=print_of_it, defaults={"person_id": who})
    Person.objects.update(province_code="31")
    comparing.somebody.cache_clear()
    yield person_id
    comparing.somebody.cache_clear()


def find(asked: Asked = RIGHT, proof: Proof = Proof(), address: str = ADDRESS, now=NOW) -> str | None:  # noqa: B008
    code = numbers.find(asked, proof, address=address, now=now)
    return code.reveal() if code else None


def worked(challenge: Challenge) -> Proof:
    """What the browser does."""
    for number in count():
        digest = hashlib.sha256(f"{challenge.nonce}:{number}".encode()).digest()
        if int.from_bytes(digest) >> (256 - challenge.bits) == 0:
            return Proof(challenge.token, "", str(number))
    raise AssertionError


def summed(challenge: Challenge) -> Proof:
    return Proof(challenge.token, str(challenge.left + challenge.right))


def test_all_four_give_the_number_and_its_person_sees_that_it_was_shown(register):
    assert find() == LAN.bhxh_code
    event = Event.objects.get(kind="lookup.number_shown")
    assert (event.subject_id, event.actor_kind) == (register, "system")


def test_a_name_without_marks_and_in_other_case_is_the_same():
    assert find(replace(RIGHT, full_name="nguyen thi LAN")) == LAN.bhxh_code


def test_of_a_birth_date_as_much_counts_as_the_register_knows(register):
    Person.objects.filter(person_id=register).update(birth_precision="year", birth_date=date(1990, 1, 1))
    assert find(replace(RIGHT, birth_date=date(1990, 7, 9))) == LAN.bhxh_code
    assert find(replace(RIGHT, birth_date=date(1991, 1, 1))) is None


@pytest.mark.parametrize("what", WRONG)
def test_anything_else_gives_nothing_and_no_event(what):
    assert find(WRONG[what]) is None
    assert not Event.objects.filter(kind="lookup.number_shown").exists()


def test_what_is_wrong_and_what_is_unknown_run_the_same_statements():
    find(WRONG["unknown"], address="198.51.100.1")  # what is read once and kept is read
    said = [
        statements(partial(find, asked, address=f"198.51.100.{at + 2}"))
        for at, asked in enumerate(WRONG.values())
    ]
    assert all(queries == said[0] for queries in said)


def test_an_empty_register_finds_nobody():
    Person.objects.all().delete()
    comparing.somebody.cache_clear()
    assert find(WRONG["unknown"]) is None


# --- the challenge -------------------------------------------------------------------------


def use_up_the_free_tries(address: str = ADDRESS) -> None:
    for asked in (WRONG["name"], WRONG["birth"], WRONG["province"]):
        find(asked, address=address)


def test_after_three_tries_a_challenge_is_asked_and_right_facts_wait_for_it_too():
    use_up_the_free_tries()
    with pytest.raises(ChallengeNeeded) as needed:
        find()
    assert needed.value.facts == {"was_wrong": False}
    assert find(proof=summed(proofs.make())) == LAN.bhxh_code


def test_the_browsers_work_does_as_well():
    use_up_the_free_tries()
    assert find(proof=worked(proofs.make())) == LAN.bhxh_code


def test_a_proof_is_good_once():
    use_up_the_free_tries()
    proof = summed(proofs.make())
    assert find(proof=proof) == LAN.bhxh_code
    with pytest.raises(ChallengeNeeded):
        find(proof=proof)


@pytest.mark.parametrize("kind", ["sum", "work", "token", "none", "other"])
def test_a_wrong_or_forged_proof_is_refused(kind):
    use_up_the_free_tries()
    challenge, other = proofs.make(), proofs.make()
    proof = {
        "sum": Proof(challenge.token, "1"),
        "work": Proof(challenge.token, "", "0"),
        "token": Proof(challenge.token[:-2] + "xx", str(challenge.left + challenge.right)),
        "none": Proof("", "12"),
        "other": Proof(challenge.token, "", worked(other).work),
    }[kind]
    with pytest.raises(ChallengeNeeded):
        find(proof=proof)


def test_a_challenge_runs_out(time_machine):
    challenge = proofs.make()
    time_machine.move_to(datetime.now(UTC) + proofs.LIFE + timedelta(seconds=5))
    assert not proofs.solved(summed(challenge), now=NOW)


def test_no_challenge_is_given_twice_and_its_token_tells_the_sum_only_with_the_key():
    challenges = [proofs.make() for _ in range(20)]
    assert len({challenge.nonce for challenge in challenges}) == 20
    for challenge in challenges:
        signed = signing.loads(challenge.token, salt=proofs.SALT)
        mark = signed.pop("a")
        assert signed == {"n": challenge.nonce, "b": proofs.BITS}
        answer = f"{challenge.nonce}:{challenge.left + challenge.right}".encode()
        assert (len(mark), mark == hashlib.sha256(answer).hexdigest()) == (64, False)


# --- limits --------------------------------------------------------------------------------


def test_tries_of_one_network_stop_no_other_network():
    for _ in range(limits.RULES["lookup_own_near"].limit):
        find(WRONG["name"], summed(proofs.make()))
    with pytest.raises(Limited):
        find(RIGHT, summed(proofs.make()))
    assert find(address="198.51.100.77") == LAN.bhxh_code


def test_many_numbers_from_one_address_need_a_proof_each_and_have_an_end(monkeypatch):
    rule = replace(limits.RULES["lookup_own_address"], limit=4, crowded=2)
    monkeypatch.setitem(limits.RULES, "lookup_own_address", rule)
    asked = [replace(RIGHT, id_number=IdNumber(f"03119{number:07d}")) for number in range(13)]
    for asked_number in asked[:-1]:
        find(asked_number, summed(proofs.make()))
    with pytest.raises(Limited) as stopped:
        find(asked[-1], summed(proofs.make()))
    assert stopped.value.facts["name"] == "lookup_own_address:worked"


# --- what is typed -------------------------------------------------------------------------


def test_what_is_typed_is_cleaned():
    raw = {
        "full_name": " Nguyễn  Thị Lan ",
        "birth_date": "02/01/1990",
        "id_number": "0311 9000 0001",
        "province_code": "31",
    }
    assert numbers.clean(raw, now=NOW) == RIGHT


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("full_name", "", "required"),
        ("full_name", "Lan 2", "bad_name"),
        ("birth_date", "31/02/1990", "bad_date"),
        ("birth_date", "01/01/2999", "future"),
        ("id_number", "1234567890", "bad_id_number"),
        ("province_code", "zz", "bad_choice"),
    ],
)
def test_each_field_says_what_is_wrong(field, text, code):
    raw = {"full_name": "Lan", "birth_date": "02/01/1990", "id_number": LAN.id_number, "province_code": "31"}
    with pytest.raises(Invalid) as refused:
        numbers.clean(raw | {field: text}, now=NOW)
    assert refused.value.fields == {field: code}


@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        ("Ðỗ Văn Ðạt", "Đỗ Văn Đạt"), ("Đỗ Văn Đạt", "ðỗ văn ðạt"), ("Nguyễn Thị Hòa", "Nguyễn Thị Hoà"),
        ("H’Hen Niê", "H'Hen Niê"), ("H'Hen Niê", "HHen Niê"), ("Y ƀhuăn Êban", "Y Bhuăn Êban"),
        ("H’Hương Ayŭn", "H`Hương Ayun"),
    ],
)  # fmt: skip
def test_a_name_in_other_code_points_is_the_same(register, recorded, typed):
    Person.objects.filter(person_id=register).update(full_name=recorded)
    assert find(replace(RIGHT, full_name=typed)) == LAN.bhxh_code
