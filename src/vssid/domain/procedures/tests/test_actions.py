"""A request from sending to its result, and everything that is refused on the way."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from tests.certain import certain
from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    LAN,
    NOW,
    make_office,
    make_officer,
    make_person,
    plain_photo,
)
from tests.making.requests_of_people import (
    NEW_PLACE,
    accepted,
    make_insured,
    make_request,
    make_request_draft,
)
from tests.making.sms import texts_to
from vssid.domain.accounts import queries as accounts
from vssid.domain.accounts.actions import sign_in
from vssid.domain.accounts.login_names import by_number
from vssid.domain.accounts.models.accounts import Account, LoginName
from vssid.domain.audit.queries import events_of
from vssid.domain.identity.errors import BadImage, NoImage
from vssid.domain.notifications.inbox import queries as inbox
from vssid.domain.participants import queries as participants
from vssid.domain.participants.models.people import Coverage, Identifier, Person
from vssid.domain.procedures import actions, drafts, jobs, queries
from vssid.domain.procedures.errors import (
    AlreadyMoved,
    AlreadyOpen,
    CannotWrite,
    Changed,
    Incomplete,
    NotEligible,
)
from vssid.domain.procedures.models import Attachment, Move, Request
from vssid.domain.procedures.states import MOVES, OPEN, State
from vssid.domain.vault import sealing as vault
from vssid.kernel.errors import Invalid, NotYours
from vssid.web.citizen.tests.cast import PASSWORD, make_citizen

from ..definition.catalogue import CARD_REISSUE
from ..definition.shapes import Kind

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


# --- happy ---------------------------------------------------------------------------------


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


# --- refused -------------------------------------------------------------------------------


def test_who_is_not_in_the_register_cannot_begin():
    with pytest.raises(NotEligible) as refused:
        drafts.start(vault.new_subject_id(), Kind.DATA_CHANGE, now=NOW)
    assert refused.value.reason == "not_in_register"


@pytest.mark.parametrize("kind", [Kind.CARD_REISSUE, Kind.FACILITY_CHANGE])
def test_without_a_card_that_counts_there_is_nothing_to_reissue_or_change(kind):
    person_id = make_insured()
    Coverage.objects.filter(person_id=person_id).update(valid_to=date(2026, 11, 17))
    with pytest.raises(NotEligible) as refused:
        drafts.start(person_id, kind, now=NOW)
    assert refused.value.reason == "no_coverage"


def test_without_any_office_nothing_can_be_sent():
    with pytest.raises(NotEligible) as refused:
        drafts.start(make_person(LAN), Kind.DATA_CHANGE, now=NOW)
    assert refused.value.reason == "no_office"


def test_a_person_without_an_own_office_is_sent_to_the_one_of_the_address():
    person_id = make_insured()
    Person.objects.filter(person_id=person_id).update(office_id=None)
    _, request_id = make_request(Kind.DATA_CHANGE, person_id)
    assert queries.own(person_id, request_id, now=NOW).office.code == "03101"


def test_a_second_open_request_of_a_kind_is_refused_and_names_the_first():
    person_id, request_id = make_request()
    with pytest.raises(AlreadyOpen) as refused:
        drafts.start(person_id, Kind.CARD_REISSUE, now=LATER)
    assert refused.value.request == request_id
    drafts.start(person_id, Kind.DATA_CHANGE, now=LATER)


def test_beginning_twice_goes_on_with_the_same_draft():
    person_id = make_insured()
    assert drafts.start(person_id, Kind.DATA_CHANGE, now=NOW) == drafts.start(
        person_id, Kind.DATA_CHANGE, now=LATER
    )


def test_an_incomplete_draft_is_refused_with_the_step_to_go_back_to():
    person_id = make_insured()
    request_id = drafts.start(person_id, Kind.CARD_REISSUE, now=NOW)
    with pytest.raises(Incomplete) as refused:
        actions.submit(person_id, request_id, version=0, now=NOW)
    assert refused.value.step == "ly-do"


def test_a_draft_changed_after_its_review_is_not_sent():
    person_id = make_insured()
    draft = make_request_draft(person_id, Kind.CARD_REISSUE)
    drafts.accept(person_id, draft.request_id, CARD_REISSUE.steps[0], {"reason": "changed"}, now=NOW)
    with pytest.raises(Changed):
        actions.submit(person_id, draft.request_id, version=draft.version, now=NOW)


def test_sending_twice_sends_once():
    person_id = make_insured()
    draft = make_request_draft(person_id, Kind.CARD_REISSUE)
    sent = [actions.submit(person_id, draft.request_id, version=draft.version, now=NOW) for _ in range(2)]
    assert sent == [draft.request_id] * 2
    assert Move.objects.count() == 1


def test_a_sent_request_takes_no_more_answers_or_pictures():
    person_id, request_id = make_request()
    step = CARD_REISSUE.steps[0]
    with pytest.raises(NotYours):
        drafts.accept(person_id, request_id, step, {"reason": "lost"}, now=NOW)
    with pytest.raises(NotYours):
        drafts.store_photo(person_id, request_id, "card", plain_photo(), now=NOW)
    assert not drafts.discard(person_id, request_id, now=NOW)


@pytest.mark.parametrize("data", [b"%PDF-1.7\n%...", b"GIF89a", b""])
def test_only_a_picture_is_taken(data):
    person_id = make_insured()
    request_id = drafts.start(person_id, Kind.CARD_REISSUE, now=NOW)
    with pytest.raises(BadImage):
        drafts.store_photo(person_id, request_id, "card", data, now=NOW)
    with pytest.raises(NotYours):
        drafts.store_photo(person_id, request_id, "unasked", plain_photo(), now=NOW)


def act(move, person_id, request_id, by):
    said: dict[str, Any] = {"reasons": ["other"], "text": "x"}
    return {
        "accept": lambda: actions.accept(person_id, request_id, by=by, now=LATER),
        "ask_more": lambda: actions.ask_more(person_id, request_id, **said, by=by, now=LATER),
        "approve": lambda: actions.approve(person_id, request_id, by=by, now=LATER),
        "refuse": lambda: actions.refuse(person_id, request_id, **said, by=by, now=LATER),
        "answer": lambda: actions.answer(person_id, request_id, text="x", now=LATER),
        "withdraw": lambda: actions.withdraw(person_id, request_id, now=LATER),
    }[move]


@pytest.mark.parametrize("move", sorted(MOVES.keys() - {"submit"}))
@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT}))
def test_a_move_happens_from_its_states_and_from_no_other(move, state):
    officer = make_officer()
    person_id, request_id = make_request()
    closed = {"closed_at": NOW} if state not in OPEN else {}
    Request.objects.filter(person_id=person_id, id=request_id).update(state=state, **closed)
    sources, to = MOVES[move]
    if state in sources or (move, state) == ("withdraw", State.WITHDRAWN):
        act(move, person_id, request_id, officer)()
        assert Request.objects.get().state == to
    else:
        with pytest.raises(AlreadyMoved), transaction.atomic():
            act(move, person_id, request_id, officer)()
        assert Request.objects.get().state == state


@pytest.mark.parametrize("move", ["accept", "ask_more", "approve", "refuse"])
def test_an_officer_of_another_office_finds_nothing_to_move(move):
    person_id, request_id, _ = accepted()
    for other in (make_officer("Hạnh", ELSEWHERE), make_officer("Không", "03199")):
        with pytest.raises(NotYours):
            act(move, person_id, request_id, other)()
    assert Request.objects.get().state == State.IN_REVIEW


@pytest.mark.parametrize("move", ["answer", "withdraw"])
def test_another_person_finds_nothing_to_move(move):
    _, request_id = make_request()
    other = make_insured(BINH)
    with pytest.raises(NotYours):
        act(move, other, request_id, None)()
    with pytest.raises(NotYours):
        queries.own(other, request_id, now=NOW)
    with pytest.raises(NoImage):
        queries.own_file(other, request_id, "card")


@pytest.mark.parametrize(
    ("reasons", "text", "wrong"),
    [
        ([], "x", {"reasons": "required"}),
        (["nothing"], "x", {"reasons": "bad_choice"}),
        (["other"], " ", {"text": "required"}),
        (["other"], "x" * 1001, {"text": "too_long"}),
    ],
)
def test_asking_and_refusing_need_a_reason_and_words(reasons, text, wrong):
    person_id, request_id, officer = accepted()
    for move in (actions.ask_more, actions.refuse):
        with pytest.raises(Invalid) as refused:
            move(person_id, request_id, reasons=reasons, text=text, by=officer, now=LATER)
        assert refused.value.fields == wrong


def test_an_answer_must_say_or_show_something():
    person_id, request_id, officer = accepted()
    actions.ask_more(person_id, request_id, reasons=["other"], text="?", by=officer, now=LATER)
    for text, wrong in (("  ", "required"), ("x" * 1001, "too_long")):
        with pytest.raises(Invalid) as refused:
            actions.answer(person_id, request_id, text=text, now=LATER)
        assert refused.value.fields == {"text": wrong}
    with pytest.raises(BadImage):
        actions.answer(person_id, request_id, text="x", photo=b"%PDF-1.4", now=LATER)
    assert Request.objects.get().state == State.MORE_NEEDED


def test_a_picture_of_an_answer_that_came_too_late_is_not_kept():
    person_id, request_id, _officer = accepted()
    with pytest.raises(AlreadyMoved):
        actions.answer(person_id, request_id, text="", photo=plain_photo(), now=LATER)
    assert Attachment.objects.count() == 0


def test_a_result_the_register_does_not_take_leaves_the_request_in_review():
    Identifier.objects.create(
        kind="cccd", key=vault.fingerprint("cccd", "031190000077").hex(), person_id=make_person(BINH)
    )
    person_id, request_id, officer = accepted(
        Kind.DATA_CHANGE, what=["id_number"], id_number="031190000077", id_issued_on="2021-05-20"
    )
    with pytest.raises(CannotWrite) as refused:
        actions.approve(person_id, request_id, by=officer, now=LATER)
    assert refused.value.reason == "id_taken"
    assert Request.objects.get(person_id=person_id).state == State.IN_REVIEW
    assert texts_to(person_id) == []


def test_the_database_itself_refuses_a_second_open_request():
    person_id, _ = make_request()
    facts = {"kind": Kind.CARD_REISSUE, "created_at": NOW, "updated_at": NOW}
    with pytest.raises(IntegrityError, match="procedures_one_open"), transaction.atomic():
        Request.objects.create(person_id=person_id, **facts)


def test_answers_and_words_lie_sealed():
    person_id, request_id, officer = accepted(
        Kind.DATA_CHANGE, what=["full_name"], full_name="Chim Hoàng Yến"
    )
    actions.refuse(person_id, request_id, reasons=["other"], text="Chim Hoàng Yến", by=officer, now=LATER)
    sealed = [
        bytes(certain(Request.objects.get().answers)),
        *(bytes(move.text or b"") for move in Move.objects.all()),
    ]
    assert all("Hoàng Yến".encode() not in each for each in sealed)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT facts::text FROM audit_event UNION ALL SELECT args::text FROM procrastinate_jobs"
        )
        assert not any("Yến" in row[0] for row in cursor.fetchall())


# --- together ------------------------------------------------------------------------------


def at_once(*calls):
    """Run each call in a thread of its own; what each raised, or None."""
    results: list[Exception | None] = [None] * len(calls)
    gate = threading.Barrier(len(calls))

    def run(number, call):
        try:
            gate.wait(10)
            call()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_one_decides_and_the_other_is_told():
    person_id, request_id, minh = accepted()
    ngoc = make_officer("Ngọc")
    errors = at_once(
        lambda: actions.approve(person_id, request_id, by=minh, now=LATER),
        lambda: actions.refuse(person_id, request_id, reasons=["other"], text="x", by=ngoc, now=LATER),
    )
    (second,) = [error for error in errors if error]
    assert isinstance(second, AlreadyMoved)
    row = Request.objects.get()
    assert (second.state, second.by) == (row.state, row.moved_by)
    assert Move.objects.filter(Q(move="approve") | Q(move="refuse")).count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_taps_make_one_draft_and_one_request():
    person_id = make_insured()
    assert at_once(*[lambda: drafts.start(person_id, Kind.CARD_REISSUE, now=NOW)] * 4) == [None] * 4
    draft = make_request_draft(person_id, Kind.CARD_REISSUE)
    send = [lambda: actions.submit(person_id, draft.request_id, version=draft.version, now=NOW)] * 4
    assert at_once(*send) == [None] * 4
    assert (Request.objects.count(), Move.objects.count()) == (1, 1)


# --- time ----------------------------------------------------------------------------------


def test_the_figures_of_an_office_count_terms():
    make_request()
    make_request(Kind.DATA_CHANGE, make_insured(BINH))
    on_the_day, after = NOW + timedelta(days=8), NOW + timedelta(days=9)
    counts = queries.counts_at("03101", now=on_the_day)
    assert (counts.open, counts.waiting, counts.due_today, counts.overdue) == (2, 2, 1, 0)
    assert queries.counts_at("03101", now=after).overdue == 1
    assert [row.kind for row in queries.waiting_at("03101")] == ["data_change", "card_reissue"]
    assert queries.overdue_at("03101", now=after).count() == 1
    make_office(ELSEWHERE)
    assert queries.counts_at(ELSEWHERE, now=after).open == 0


def test_pictures_go_after_their_time_and_drafts_left_alone_too(settings):
    person_id, request_id, officer = accepted(Kind.CARD_REISSUE, reason="damaged")
    actions.approve(person_id, request_id, by=officer, now=LATER)
    make_request_draft(person_id, Kind.DATA_CHANGE, now=LATER)
    soon, late = LATER + timedelta(days=29), LATER + timedelta(days=31)
    assert (jobs.erase_files(soon), jobs.discard_drafts(soon)) == (0, 0)
    assert (jobs.erase_files(late), jobs.discard_drafts(late)) == (1, 1)
    assert Attachment.objects.count() == 0
    assert not queries.own(person_id, request_id, now=late).files_kept


def test_one_result_that_cannot_be_written_does_not_stop_the_others():
    officer = make_officer()
    for who in (LAN, BINH):
        person_id, request_id = make_request(Kind.FACILITY_CHANGE, make_insured(who), by=officer)
        actions.approve(person_id, request_id, by=officer, now=LATER)
    Coverage.objects.filter(person_id=person_id).delete()
    assert jobs.write_results(LATER.replace(year=2027, month=1, day=2)) == 1
    assert Request.objects.filter(written_at=None).count() == 1


def test_a_day_that_passed_while_the_draft_lay_there_is_asked_again():
    person_id = make_insured()
    draft = make_request_draft(person_id, Kind.FACILITY_CHANGE, from_day="2026-11-17")
    with pytest.raises(Incomplete) as refused:
        actions.submit(person_id, draft.request_id, version=draft.version, now=NOW)
    assert refused.value.step == "tu-ngay"
