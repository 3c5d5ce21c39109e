"""HR lists forms of own workers who agreed; the counter scans them; both sides read every difference."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.making import roll_out
from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    LAN,
    NOW,
    Someone,
    make_application,
    make_office,
    make_officer,
)
from tests.together import at_once
from vssid.domain.audit.models import Event
from vssid.domain.employers.handing_in import list_paper, lists, queries, receipt
from vssid.domain.employers.handing_in.errors import NothingChosen, TooMany
from vssid.domain.employers.handing_in.queries import Line
from vssid.domain.employers.handing_in.tests.sent import (
    AN,
    HERE,
    HOA,
    HR,
    OTHER,
    make_list,
    make_sent,
    number_of,
)
from vssid.domain.registration import actions
from vssid.domain.registration.handover import agreeing, of_employer
from vssid.domain.registration.handover import lists as counter
from vssid.domain.registration.handover.of_employer import ListBegun
from vssid.domain.registration.models import Application
from vssid.domain.statements import signing
from vssid.infra.documents import pdf_signing
from vssid.infra.documents.pdf_signing import Verdict
from vssid.kernel.errors import NotYours

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def employers() -> None:
    make_office()
    make_office(ELSEWHERE, "BHXH nơi khác (mẫu)")
    roll_out.make_employer(HERE, "03101", name="Công ty Sao Mai (mẫu)")
    roll_out.make_employer(OTHER, "03101", name="Công ty Biển Xanh (mẫu)")


def outcomes(list_id: int) -> dict[str, str]:
    """By number what HR is told of each line."""
    return {line.number: receipt.said_of(line) for line in queries.list_page(list_id, HERE).differing}


def test_only_own_workers_who_agreed_and_wait_are_ready() -> None:
    lan = make_sent(LAN)
    make_sent(BINH, agrees=False)
    make_sent(HOA, employer=OTHER)
    handed_in = make_sent(AN)
    actions.receive_form(handed_in, by=make_officer(), now=NOW)
    assert [row.application_id for row in queries.ready(HERE, now=NOW)] == [lan]
    assert queries.ready(HERE, now=NOW + timedelta(days=30)) == []
    agreeing.take_back(lan, now=NOW)
    assert queries.ready(HERE, now=NOW) == []


def test_a_list_takes_what_was_chosen_at_one_office_and_no_form_twice() -> None:
    lan, elsewhere, others = make_sent(LAN), make_sent(BINH, office=ELSEWHERE), make_sent(HOA, employer=OTHER)
    list_id = make_list(lan, elsewhere, others)
    page = queries.list_page(list_id, HERE)
    assert [line.number for line in page.lines] == [number_of(lan)]
    assert (page.row.office_id, page.row.employer_code) == ("03101", HERE)
    assert queries.to_list(HERE, office="03101", now=NOW) == []
    with pytest.raises(NothingChosen):
        make_list(lan)
    told = Event.objects.get(kind="handover.made")
    assert (told.facts["forms"], told.facts["by_employer"]) == (1, HERE)


def test_a_list_of_more_forms_than_it_takes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST", 1)
    with pytest.raises(TooMany):
        make_list(make_sent(LAN), make_sent(BINH))
    assert of_employer.latest(HERE) == []


def test_every_difference_is_told_to_hr_and_in_the_receipt() -> None:
    minh = make_officer()
    lan, binh, hoa, an = (make_sent(who) for who in (LAN, BINH, HOA, AN))
    list_id = make_list(lan, binh, hoa, an)
    stranger = make_application(
        Someone("0000000009", "Người Lạ", id_number="031190000009", phone="+84911111119")
    )
    actions.receive_form(hoa, by=minh, now=NOW)
    later = NOW + timedelta(minutes=1)
    counter.receive(list_id, number_of(binh), by=minh, now=later, unsigned=True)
    counter.receive(list_id, number_of(hoa), by=minh, now=later)
    counter.receive(list_id, number_of(stranger), by=minh, now=later)
    late = NOW + timedelta(days=30)
    counter.receive(list_id, number_of(an), by=minh, now=late)
    counter.receive(list_id, "00999/2026/03101", by=minh, now=late)
    counter.close(list_id, by=minh, now=late)
    assert outcomes(list_id) == {
        number_of(lan): receipt.SAID["missing"],
        number_of(binh): receipt.SAID["unsigned"],
        number_of(hoa): receipt.SAID["twice"],
        number_of(an): receipt.SAID["late"],
        # Of who is no worker here HR is told nothing but that the list does not name the form.
        number_of(stranger): receipt.SAID["unlisted"],
        "00999/2026/03101": receipt.SAID["unlisted"],
    }
    number, paper = receipt.of_employer(list_id, HERE)
    assert number.startswith("BK")
    assert receipt.at_office(list_id, by=minh)[0] == number
    assert paper.startswith(b"%PDF")


def test_an_unsigned_form_is_not_taken_in_and_one_counted_by_mistake_is_taken_back() -> None:
    minh, lan = make_officer(), make_sent(LAN)
    list_id = make_list(lan)
    counter.receive(list_id, number_of(lan), by=minh, now=NOW)
    counter.receive(list_id, number_of(lan), by=minh, now=NOW, unsigned=True)
    assert Application.objects.get(id=lan).form_received_at is None
    assert counter.view(list_id, by=minh).lines[0].outcome == "unsigned"
    counter.receive(list_id, number_of(lan), by=minh, now=NOW)
    assert counter.view(list_id, by=minh).lines[0].outcome == "received"


def test_an_unsigned_second_sheet_takes_no_earlier_receipt_back() -> None:
    minh, lan = make_officer(), make_sent(LAN)
    list_id = make_list(lan)
    actions.receive_form(lan, by=minh, now=NOW)
    counter.receive(list_id, number_of(lan), by=minh, now=NOW, unsigned=True)
    assert Application.objects.get(id=lan).form_received_at is not None


def test_who_takes_the_word_back_is_named_on_no_list_any_more() -> None:
    lan = make_sent(LAN)
    list_id = make_list(lan)
    agreeing.take_back(lan, now=NOW)
    (line,) = queries.list_page(list_id, HERE).lines
    assert (line.full_name, line.bhxh_code) == ("", "")
    assert list_paper.as_pdf(list_id, HERE)[1].startswith(b"%PDF")


def test_a_list_is_cancelled_until_the_counter_begins() -> None:
    minh, lan = make_officer(), make_sent(LAN)
    first = make_list(lan)
    of_employer.cancel(first, HERE, by=HR, now=NOW)
    of_employer.cancel(first, HERE, by=HR, now=NOW)
    second = make_list(lan)
    counter.receive(second, number_of(lan), by=minh, now=NOW)
    with pytest.raises(ListBegun):
        of_employer.cancel(second, HERE, by=HR, now=NOW)
    assert [summary.row.is_cancelled for summary in of_employer.latest(HERE)] == [False, True]
    with pytest.raises(NotYours):
        receipt.of_employer(first, HERE)


def test_nothing_of_another_employer_is_there() -> None:
    minh, lan = make_officer(), make_sent(LAN)
    list_id = make_list(lan)
    counter.close(list_id, by=minh, now=NOW)
    for asked in (
        lambda: queries.list_page(list_id, OTHER),
        lambda: list_paper.as_pdf(list_id, OTHER),
        lambda: receipt.of_employer(list_id, OTHER),
        lambda: of_employer.cancel(list_id, OTHER, by=HR, now=NOW),
    ):
        with pytest.raises(NotYours):
            asked()
    with pytest.raises(NotYours):
        receipt.at_office(list_id, by=make_officer(office=ELSEWHERE))


def test_there_is_no_receipt_before_the_end_and_none_of_a_typed_list() -> None:
    minh, lan = make_officer(), make_sent(LAN)
    with pytest.raises(NotYours):
        receipt.of_employer(make_list(lan), HERE)
    typed = counter.make(number_of(lan), by=minh, now=NOW)
    counter.close(typed, by=minh, now=NOW)
    with pytest.raises(NotYours):
        receipt.at_office(typed, by=minh)
    with pytest.raises(NotYours):
        queries.list_page(typed, "")


@pytest.mark.parametrize("outcome", ["received", "twice", "late", "closed", "elsewhere", "in_hands", "own"])
def test_each_outcome_has_words_of_its_own(outcome: str) -> None:
    line = Line("1", True, outcome, NOW, "Lan", "", None)
    assert receipt.said_of(line) == receipt.SAID[outcome]


def test_the_receipt_is_signed_and_says_so_and_without_a_certificate_it_is_to_be_signed(
    settings: Any,
) -> None:
    minh, lan = make_officer(), make_sent(LAN)
    list_id = make_list(lan)
    counter.close(list_id, by=minh, now=NOW)
    signed = receipt.of_employer(list_id, HERE)[1]
    assert pdf_signing.examine(signed, signing.identity().certificates).verdict is Verdict.GOOD
    settings.SIGNING_KEY_FILE = ""
    bare = receipt.of_employer(list_id, HERE)[1]
    assert pdf_signing.examine(bare, ()).verdict is Verdict.UNSIGNED


@pytest.mark.django_db(transaction=True)
def test_of_two_who_list_the_same_form_at_once_one_does() -> None:
    lan = make_sent(LAN)
    said = at_once(*[lambda: make_list(lan)] * 2)
    assert sorted(type(each).__name__ for each in said) == ["NothingChosen", "int"]
    assert len(of_employer.latest(HERE)) == 1
