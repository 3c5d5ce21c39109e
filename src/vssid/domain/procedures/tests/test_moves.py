"""Moves of a sent request: from which states, by whom, with which words, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.certain import certain
from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    NOW,
    make_officer,
    make_person,
    plain_photo,
)
from tests.making.requests_of_people import (
    accepted,
    make_insured,
    make_request,
)
from tests.making.sms import texts_to
from vssid.domain.identity.errors import BadImage, NoImage
from vssid.domain.participants.models.people import Identifier
from vssid.domain.procedures import actions, queries
from vssid.domain.procedures.errors import (
    AlreadyMoved,
    CannotWrite,
)
from vssid.domain.procedures.models import Attachment, Move, Request
from vssid.domain.procedures.states import MOVES, OPEN, State
from vssid.domain.vault import sealing as vault
from vssid.kernel.errors import Invalid, NotYours

from ..definition.shapes import Kind

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


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
