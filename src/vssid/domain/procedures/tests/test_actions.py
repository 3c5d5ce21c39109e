"""A request from sending to its result."""

from datetime import date, timedelta

import pytest

from tests.certain import certain
from tests.making.registrations import (
    BINH,
    LAN,
    NOW,
    make_person,
    plain_photo,
)
from tests.making.requests_of_people import (
    NEW_PLACE,
    accepted,
    make_request,
)
from tests.making.sms import texts_to
from vssid.domain.accounts import queries as accounts
from vssid.domain.accounts.actions import sign_in
from vssid.domain.accounts.login_names import by_number
from vssid.domain.accounts.models.accounts import Account, LoginName
from vssid.domain.audit.queries import events_of
from vssid.domain.notifications.inbox import queries as inbox
from vssid.domain.participants import queries as participants
from vssid.domain.procedures import actions, drafts, jobs, queries
from vssid.domain.procedures.models import Move
from vssid.domain.procedures.states import State
from vssid.web.citizen.tests.cast import PASSWORD, make_citizen

from ..definition.shapes import Kind

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def test_a_sent_request_has_a_number_an_office_and_a_due_day():
    person_id, request_id = make_request()
    status = queries.own(person_id, request_id, now=NOW).status
    assert (status.number, status.state) == ("DV00001/2026/03101", State.SUBMITTED)
    assert (status.due_on, status.days_left) == (date(2026, 11, 30), 12)
    assert [event.kind for event in events_of(person_id)] == ["procedure.submit"]


def test_a_reissue_ends_with_a_notice_and_leaves_the_register_alone():
    person_id, request_id, officer = accepted()
    actions.approve(person_id, request_id, text="Lấy thẻ từ thứ Hai.", by=officer, now=LATER)
    whole = queries.own(person_id, request_id, now=LATER)
    assert whole.status.state is State.DONE
    assert certain(whole.last("approve")).text == "Lấy thẻ từ thứ Hai."
    (told,) = texts_to(person_id, "procedure_done")
    assert "DV00001/2026/03101" in told
    assert [notice.kind for notice in inbox.page(person_id).notices] == ["procedure_done"]
    assert participants.versions(person_id) == []


def test_an_approved_change_of_data_is_in_the_register_at_once():
    person_id, request_id, officer = accepted(
        Kind.DATA_CHANGE,
        what=["phone", "address", "sex"],
        province_code="31",
        commune_code="11311",
        street="Số 9",
        sex="1",
    )
    actions.approve(person_id, request_id, by=officer, now=LATER)
    person = certain(participants.person(person_id))
    assert (certain(person.phone).reveal(), person.street, person.sex) == ("+84987654321", "Số 9", 1)


def test_a_facility_is_written_on_its_day_and_not_before():
    person_id, request_id, officer = accepted(Kind.FACILITY_CHANGE)
    actions.approve(person_id, request_id, by=officer, now=LATER)
    assert certain(participants.coverage(person_id, LATER.date())).valid_to is None
    assert jobs.write_results(LATER) == 0
    new_year = LATER.replace(year=2027, month=1, day=1)
    assert (jobs.write_results(new_year), jobs.write_results(new_year)) == (1, 0)
    assert certain(participants.coverage(person_id, new_year.date())).facility_code == NEW_PLACE


def test_a_facility_whose_day_is_past_counts_from_the_decision():
    person_id, request_id, officer = accepted(Kind.FACILITY_CHANGE, from_day="2026-11-18")
    actions.approve(person_id, request_id, by=officer, now=LATER)
    cover = certain(participants.coverage(person_id, LATER.date()))
    assert (cover.facility_code, cover.valid_from) == (NEW_PLACE, date(2026, 11, 19))


def test_the_account_shows_the_new_name_and_the_new_id_number_signs_in_as_well():
    person_id, request_id, officer = accepted(
        Kind.DATA_CHANGE,
        what=["full_name", "id_number"],
        full_name="Nguyễn Thị Lân",
        id_number="031190000077",
        id_issued_on="2021-05-20",
    )
    make_citizen(LAN.bhxh_code, person_id=person_id)
    phone = accounts.phone_of(person_id)
    actions.approve(person_id, request_id, by=officer, now=LATER)
    assert accounts.account_of(person_id) is not None
    assert Account.objects.get(person_id=person_id).display_name == "Nguyễn Thị Lân"
    for name in (LAN.bhxh_code, "031190000077"):
        assert sign_in(name, PASSWORD, kind="citizen", address="203.0.113.5", device="", now=LATER).token
    assert accounts.phone_of(person_id) == phone


def test_an_id_number_that_signs_in_to_another_account_goes_on_doing_so():
    other = make_person(BINH)
    make_citizen(BINH.bhxh_code, person_id=other)
    LoginName.objects.create(name=by_number("031190000077"), person_id=other)
    person_id, request_id, officer = accepted(
        Kind.DATA_CHANGE, what=["id_number"], id_number="031190000077", id_issued_on="2021-05-20"
    )
    make_citizen(LAN.bhxh_code, person_id=person_id)
    actions.approve(person_id, request_id, by=officer, now=LATER)
    assert LoginName.objects.get(name=by_number("031190000077")).person_id == other


def test_what_was_missing_is_asked_answered_and_the_term_begins_anew():
    person_id, request_id, officer = accepted(Kind.DATA_CHANGE)
    actions.ask_more(
        person_id, request_id, reasons=["details_unclear"], text="Số nào?", by=officer, now=LATER
    )
    asked = queries.own(person_id, request_id, now=LATER)
    assert (asked.status.state, asked.status.due_on) == (State.MORE_NEEDED, None)
    (notice,) = inbox.page(person_id).notices
    assert (notice.kind, notice.link) == ("procedure_more", f"/dich-vu-cong/ho-so/{request_id}")
    later = LATER + timedelta(days=7)
    actions.answer(person_id, request_id, text="Số mới", photo=plain_photo(), now=later)
    answered = queries.own(person_id, request_id, now=later)
    assert (answered.status.state, answered.status.due_on) == (State.IN_REVIEW, date(2026, 12, 3))
    assert list(answered.files) == ["bo-sung-1"]
    assert [move.move for move in answered.moves] == ["submit", "accept", "ask_more", "answer"]


def test_after_the_end_another_of_the_kind_can_be_begun():
    person_id, request_id = make_request()
    actions.withdraw(person_id, request_id, now=LATER)
    actions.withdraw(person_id, request_id, now=LATER)
    assert drafts.start(person_id, Kind.CARD_REISSUE, now=LATER) != request_id
    assert Move.objects.filter(move="withdraw").count() == 1
