"""A pile with its list: ticked off, and every difference is told."""

from __future__ import annotations

import itertools

import pytest

from tests.making.registrations import BINH, ELSEWHERE, LAN, NOW, make_application, make_office, make_officer
from tests.together import at_once
from vssid.domain.audit.models import Event
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.registration.desk.receiving import Outcome
from vssid.domain.registration.models import Application, HandoverLine
from vssid.kernel.errors import Invalid, NotYours

from .. import list_numbers, lists
from ..lists import BadNumbers, ListClosed


def number_of(application_id: int) -> str:
    return str(Application.objects.get(id=application_id).number)


def test_every_wrong_digit_and_every_two_swapped_are_seen() -> None:
    number = list_numbers.whole("00012/2026/03101")
    assert list_numbers.read(number) == number
    assert list_numbers.read(f" {number.lower()} ") == number
    places = [at for at, sign in enumerate(number) if sign.isdigit()]
    for at in places:
        for digit in "0123456789":
            other = number[:at] + digit + number[at + 1 :]
            assert (list_numbers.read(other) == number) == (other == number), other
    for one, two in itertools.pairwise(places):
        swapped = [*number]
        swapped[one], swapped[two] = swapped[two], swapped[one]
        if "".join(swapped) != number:
            assert list_numbers.read("".join(swapped)) is None


@pytest.mark.parametrize("text", ["", "BK", "00001/2026/03101", "BK00001/2026/03101", "BK1/2/3-4"])
def test_what_is_no_number_of_a_list_is_none(text: str) -> None:
    assert list_numbers.read(text) is None


@pytest.mark.django_db
class TestLists:
    def test_forms_are_ticked_off_and_the_differences_told(self) -> None:
        minh = make_officer()
        make_office(ELSEWHERE)
        lan, binh = make_application(LAN), make_application(BINH, office_code=ELSEWHERE)
        lan_number, binh_number = number_of(lan), number_of(binh)
        list_id = lists.make(f"{lan_number},\n00099/2026/03101 {lan_number}", by=minh, now=NOW)
        before = lists.view(list_id, by=minh)
        assert (before.listed, len(before.missing)) == (2, 2)
        scans = (lan_number, lan_number, binh_number)
        took = [lists.receive(list_id, number, by=minh, now=NOW) for number in scans]
        assert [(receipt.outcome, is_listed) for receipt, is_listed in took] == [
            (Outcome.RECEIVED, True),
            (Outcome.TWICE, True),
            (Outcome.ELSEWHERE, False),
        ]
        after = lists.view(list_id, by=minh)
        assert [line.number for line in after.missing] == ["00099/2026/03101"]
        assert [(line.number, line.outcome) for line in after.extra] == [(binh_number, "elsewhere")]
        assert after.lines[0].outcome == "received"
        assert Application.objects.get(id=lan).state == "received"

    def test_a_listed_form_that_the_system_does_not_know_is_not_missing_from_the_pile(self) -> None:
        minh = make_officer()
        list_id = lists.make("00099/2026/03101", by=minh, now=NOW)
        receipt, is_listed = lists.receive(list_id, "00099/2026/03101", by=minh, now=NOW)
        assert (receipt.outcome, is_listed) == (Outcome.UNKNOWN, True)
        assert lists.view(list_id, by=minh).missing == []

    def test_a_misread_scan_is_no_line_of_the_list(self) -> None:
        minh = make_officer()
        list_id = lists.make("00099/2026/03101", by=minh, now=NOW)
        receipt, is_listed = lists.receive(list_id, "x!!", by=minh, now=NOW)
        assert (receipt.outcome, is_listed) == (Outcome.UNKNOWN, False)
        assert HandoverLine.objects.count() == 1

    def test_its_number_finds_it_at_its_office_alone(self) -> None:
        minh = make_officer()
        list_id = lists.make("1/2026/03101", by=minh, now=NOW)
        number = lists.view(list_id, by=minh).number
        assert lists.by_number(number, by=minh) == list_id
        stranger = make_officer("Hạnh", office=ELSEWHERE)
        assert lists.by_number(number, by=stranger) is None
        for act in (
            lambda: lists.view(list_id, by=stranger),
            lambda: lists.receive(list_id, "1/2026/03101", by=stranger, now=NOW),
            lambda: lists.close(list_id, by=stranger, now=NOW),
        ):
            with pytest.raises(NotYours):
                act()
        assert lists.latest(by=stranger) == []
        [(row, listed, missing)] = lists.latest(by=minh)
        assert (row.id, listed, missing) == (list_id, 1, 1)

    def test_it_refuses_who_checks_no_papers(self) -> None:
        with pytest.raises(NotAllowed):
            lists.make("1/2026/03101", by=make_officer(role="director"), now=NOW)

    @pytest.mark.parametrize(
        ("typed", "code"),
        [(" , ", "required"), (" ".join(f"{n}/2026/03101" for n in range(1, 302)), "too_many")],
    )
    def test_it_refuses_no_numbers_and_too_many(self, typed: str, code: str) -> None:
        with pytest.raises(Invalid) as refused:
            lists.make(typed, by=make_officer(), now=NOW)
        assert refused.value.fields == {"numbers": code}

    def test_it_refuses_what_are_no_numbers_and_names_them(self) -> None:
        with pytest.raises(BadNumbers) as refused:
            lists.make("1/2026/03101 Lan 2/2026", by=make_officer(), now=NOW)
        assert refused.value.numbers == ("Lan", "2/2026")

    def test_an_ended_list_ticks_nothing_off_and_keeps_its_differences(self) -> None:
        minh, number = make_officer(), number_of(make_application())
        list_id = lists.make(f"{number} 00099/2026/03101", by=minh, now=NOW)
        lists.receive(list_id, number, by=minh, now=NOW)
        lists.close(list_id, by=minh, now=NOW)
        lists.close(list_id, by=minh, now=NOW)
        with pytest.raises(ListClosed):
            lists.receive(list_id, "00099/2026/03101", by=minh, now=NOW)
        assert Event.objects.get(kind="handover.closed").facts == {"missing": 1, "extra": 0}


@pytest.mark.django_db(transaction=True)
def test_two_scanners_at_one_list_write_each_sheet_once() -> None:
    minh = make_officer()
    list_id = lists.make("00098/2026/03101", by=minh, now=NOW)
    at_once(*[lambda: lists.receive(list_id, "00099/2026/03101", by=minh, now=NOW) for _scanner in range(3)])
    assert HandoverLine.objects.filter(number="00099/2026/03101").count() == 1
