"""Forms of a pile are taken in by their barcodes; each scan says what becomes of the sheet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.making.registrations import BINH, ELSEWHERE, HONG_BANG, LAN, NOW, make_application, make_officer
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.registration import actions
from vssid.domain.registration.desk import receiving
from vssid.domain.registration.desk.receiving import Outcome
from vssid.domain.registration.models import Application

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def lan() -> Application:
    return Application.objects.get(id=make_application())


def scan(text, *, by=None, now=LATER, again=False):
    return receiving.receive(text, by=by or make_officer(), now=now, again=again)


def outcome(text, **how):
    return scan(text, **how).outcome


def test_a_form_is_taken_in_and_the_second_scan_changes_nothing(lan):
    receipt = scan(lan.number)
    assert (receipt.outcome, receipt.name, receipt.at) == (Outcome.RECEIVED, LAN.full_name, LATER)
    assert outcome(lan.number, now=LATER + timedelta(minutes=1)) is Outcome.TWICE
    lan.refresh_from_db()
    assert lan.form_received_at == LATER


def test_a_scan_whose_answer_was_lost_is_no_second_one(lan):
    scan(lan.number)
    soon = LATER + timedelta(minutes=1)
    assert outcome(lan.number, again=True, now=soon) is Outcome.RECEIVED
    assert outcome(lan.number, again=True, now=soon, by=make_officer("Ngọc")) is Outcome.TWICE
    assert outcome(lan.number, again=True, now=LATER + timedelta(hours=1)) is Outcome.TWICE


@pytest.mark.parametrize("odd", ["", "  ", "x", "99999/2026/03101", "1234567890" * 8, "\x00", "31/12/2026"])
def test_what_is_no_file_of_the_system_is_told(lan, odd):
    assert scan(odd).outcome is Outcome.UNKNOWN


def test_a_number_that_lost_its_first_digits_takes_in_no_other_form(lan):
    assert lan.number == f"00001/2026/{HONG_BANG}"
    assert outcome(f"1/2026/{HONG_BANG}") is Outcome.UNKNOWN


def test_a_number_with_dashes_is_the_same(lan):
    assert outcome(lan.number.replace("/", "-")) is Outcome.RECEIVED


def test_a_form_of_another_office_names_it_and_nobody(lan):
    receipt = scan(lan.number, by=make_officer("Hạnh", ELSEWHERE))
    assert (receipt.outcome, receipt.office, receipt.name) == (Outcome.ELSEWHERE, HONG_BANG, "")
    lan.refresh_from_db()
    assert lan.form_received_at is None


@pytest.mark.parametrize("expired", [False, True])
def test_after_the_last_day_a_form_is_late_whether_it_was_closed_yet_or_not(lan, expired):
    after = lan.due_at + timedelta(minutes=1)
    if expired:
        actions.expire(lan.id, now=after)
    assert outcome(lan.number, now=after) is Outcome.LATE


def test_a_form_of_a_file_that_was_withdrawn_is_put_aside(lan):
    actions.withdraw(lan.id, now=NOW)
    assert outcome(lan.number) is Outcome.CLOSED


def test_who_may_not_take_in_forms_takes_in_none(lan):
    with pytest.raises(NotAllowed):
        scan(lan.number, by=make_officer("Quang", role="data_officer"))


def test_the_pile_of_the_day_is_listed_the_newest_first(lan):
    binh = Application.objects.get(id=make_application(BINH))
    for minute, row in enumerate((lan, binh)):
        scan(row.number, now=LATER + timedelta(minutes=minute))
    by = make_officer()
    assert [receipt.number for receipt in receiving.of_today(by=by, now=LATER)] == [binh.number, lan.number]
    assert receiving.of_today(by=by, now=LATER + timedelta(days=1)) == []
    assert receiving.of_today(by=make_officer("Hạnh", ELSEWHERE), now=LATER) == []
