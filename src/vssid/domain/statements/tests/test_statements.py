"""Issuing a statement, and what its code tells to whom."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from tests.making.registrations import NOW, make_person
from vssid.domain.audit.queries import events_of
from vssid.domain.statements import actions, codes, paper, queries
from vssid.domain.statements.errors import NothingToState, NotSigning
from vssid.domain.statements.models import Code, Statement
from vssid.domain.vault import sealing as vault
from vssid.domain.verification.errors import Limited
from vssid.infra.documents import pdf_signing
from vssid.kernel.actor import person
from vssid.web.citizen.tests.cast import add_period

pytestmark = pytest.mark.django_db
LAST4 = "0001"
DESK = "198.51.100.7"


def make_worker() -> int:
    person_id = make_person()
    add_period(person_id, date(2024, 3, 1), date(2025, 9, 1))
    add_period(person_id, date(2024, 3, 1), date(2025, 9, 1), scheme="bhtn")
    return person_id


def issue(person_id: int, year: int = 2025, now=NOW) -> actions.Issued:
    return actions.issue(person_id, year, by=person(person_id), now=now)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def code_of(pdf: bytes) -> str:
    match = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text_of(pdf))
    assert match is not None
    return match[0]


def check(code: str, last4: str = LAST4, address: str = DESK, now=NOW):
    return actions.check(code, last4, address=address, now=now)


def test_the_paper_says_who_what_and_that_it_is_not_the_official_layout():
    said = text_of(issue(make_worker()).pdf)
    for words in ("Nguyễn Thị Lan", "0000 000 001", "Sao Mai", "01/2025", "09/2025", "6.500.000", "9 tháng"):
        assert words in said, words
    assert "1 năm 7 tháng" in said
    assert "không phải mẫu chính thức" in said


def test_issuing_is_recorded_with_an_event_and_without_the_code():
    person_id = make_worker()
    issued = issue(person_id)
    (plain,) = codes.read(code_of(issued.pdf))
    assert plain is not None
    row = Statement.objects.get(person_id=person_id, id=issued.id)
    assert row.year == 2025
    assert plain.encode() not in bytes(row.sealed) + bytes(Code.objects.get().fingerprint)
    assert [(event.kind, event.facts) for event in events_of(person_id)] == [
        ("statement.issued", {"year": 2025})
    ]


def test_the_code_and_four_digits_tell_sums_day_and_a_masked_name():
    said = check(code_of(issue(make_worker()).pdf).lower().replace("-", " "))
    assert said is not None
    assert said.masked_name == "N••••• T•• L••"
    assert (said.year, said.bhxh.in_year, said.bhxh.in_all, said.bhtn.in_year) == (2025, 9, 19, 9)
    assert said.issued_at == NOW


def test_it_tells_what_was_stated_even_when_the_register_has_changed():
    person_id = make_worker()
    code = code_of(issue(person_id).pdf)
    add_period(person_id, date(2025, 10, 1), date(2025, 12, 1))
    said = check(code)
    assert said is not None
    assert said.bhxh.in_year == 9


@pytest.mark.parametrize("last4", ["0002", "", "１"])
def test_it_tells_nothing_for_wrong_digits(last4: str):
    person_id = make_worker()
    assert check(code_of(issue(person_id).pdf), last4) is None
    assert "statement.checked" not in {event.kind for event in events_of(person_id)}


@pytest.mark.parametrize("code", ["0000-0000-0000", "", "khong", "7K2M-04QX-9TR", "Ⅻ" * 12])
def test_it_tells_nothing_for_an_unknown_code(code: str):
    issue(make_worker())
    assert check(code) is None


def test_each_telling_is_an_event_of_the_owner():
    person_id = make_worker()
    check(code_of(issue(person_id).pdf))
    assert {event.kind for event in events_of(person_id)} == {"statement.checked", "statement.issued"}


def test_two_statements_of_a_year_have_codes_of_their_own():
    person_id = make_worker()
    first, second = issue(person_id), issue(person_id)
    assert code_of(first.pdf) != code_of(second.pdf)
    assert {statement.id for statement in queries.issued_to(person_id)} == {first.id, second.id}


def test_it_refuses_a_year_without_months():
    person_id = make_worker()
    with pytest.raises(NothingToState):
        issue(person_id, 2023)
    assert not Statement.objects.exists()


def test_it_refuses_without_a_certificate(settings):
    settings.SIGNING_KEY_FILE = ""
    with pytest.raises(NotSigning):
        issue(make_worker())


def test_it_refuses_too_many_a_day_of_one_person_and_not_of_another(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paper, "render", lambda *_args, **_more: b"")
    monkeypatch.setattr(pdf_signing, "sign", lambda *_args, **_more: b"%PDF")
    lan = make_worker()
    for _try in range(20):
        issue(lan)
    with pytest.raises(Limited):
        issue(lan)
    other = make_person(bhxh_code="0000000002")
    add_period(other, date(2025, 1, 1), date(2025, 2, 1))
    assert issue(other).pdf


def test_guesses_from_one_network_do_not_lock_out_another():
    code = code_of(issue(make_worker()).pdf)
    for digits in range(10):
        assert check(code, f"9{digits:03d}") is None
    with pytest.raises(Limited):
        check(code, LAST4)
    assert check(code, LAST4, address="203.0.113.80") is not None
    assert check(code, LAST4, now=NOW + timedelta(minutes=6)) is not None


def test_many_codes_from_one_address_are_limited_there_alone():
    for _try in range(60):
        check(codes.new())
    with pytest.raises(Limited):
        check(codes.new())
    assert check(codes.new(), address="203.0.113.80") is None


def test_an_erased_person_leaves_a_code_that_tells_nothing():
    person_id = make_worker()
    code = code_of(issue(person_id).pdf)
    vault.erase(person_id)
    assert check(code) is None


def test_letters_that_look_alike_are_read_as_digits():
    assert codes.read("o1l0-iiii-0000") == ("011011110000",)
    assert codes.read("0110-1111-000U") == ()


def test_a_code_typed_through_an_input_method_is_read():
    # `7AAM…` under Telex; under VNI the same letter would be `7A6M…`.
    assert codes.read("7ÂM-04QX-9TRE") == ("7A6M04QX9TRE", "7AAM04QX9TRE")
    # Under VNI, Telex, and the Vietnamese keyboard of Windows, whose 8 is an acute.
    assert codes.read("7K2M-04QX-É23") == ("7K2M04QXE123", "7K2M04QXES23", "7K2M04QXE823")
    assert codes.read("7K2M-04QX-9É23") == ()
