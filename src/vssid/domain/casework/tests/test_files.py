"""What files at an office have in common, tried on the tables of the rooms."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.making.registrations import ELSEWHERE, HONG_BANG, NOW, make_application, make_officer
from tests.together import at_once
from vssid.domain.casework import attachments, batches, claims, desk, moves, numbers, reasons, steps
from vssid.domain.casework.attachments import Folder
from vssid.domain.casework.errors import AlreadyMoved, InOtherHands
from vssid.domain.casework.kinds import Act
from vssid.domain.procedures.models import Counter as RequestCounter
from vssid.domain.registration.models import Application, Counter
from vssid.domain.registration.moves import APPLICATION
from vssid.infra import blobs
from vssid.kernel.actor import SYSTEM, Actor, ActorKind
from vssid.kernel.errors import Invalid, NotYours

pytestmark = pytest.mark.django_db
NGOC = Actor(ActorKind.OFFICER, 900, "Ngọc", HONG_BANG, "reviewer")


def test_each_office_and_each_room_counts_for_itself():
    assert numbers.next_at(Counter, HONG_BANG, now=NOW) == "00001/2026/03101"
    assert numbers.next_at(Counter, HONG_BANG, now=NOW) == "00002/2026/03101"
    assert numbers.next_at(Counter, ELSEWHERE, now=NOW) == "00001/2026/03102"
    assert numbers.next_at(RequestCounter, HONG_BANG, now=NOW) == "00001/2026/03101"


def test_a_move_whose_row_stands_elsewhere_by_now_says_who_was_first():
    application_id, officer = make_application(), make_officer()
    stale = Application.objects.get(id=application_id)
    moved = Application.objects.get(id=application_id)
    moves.move(APPLICATION, moved, Act("refuse", officer, NOW), closed_by=officer.name)
    with pytest.raises(AlreadyMoved) as refused, transaction.atomic():
        moves.move(APPLICATION, stale, Act("withdraw", SYSTEM, NOW))
    assert (refused.value.state, refused.value.by, refused.value.at) == ("refused", officer.name, NOW)


def test_a_move_leaves_the_row_as_the_database_has_it_and_the_file_in_nobodys_hand():
    application_id, officer = make_application(), make_officer()
    claims.take(APPLICATION.name, application_id, by=officer, now=NOW)
    row = Application.objects.get(id=application_id)
    moves.move(APPLICATION, row, Act("refuse", officer, NOW), reason_text="Ảnh mờ")
    kept = Application.objects.get(id=application_id)
    assert (row.state, row.closed_at, row.reason_text) == (kept.state, kept.closed_at, kept.reason_text)
    assert claims.other(APPLICATION.name, application_id, by=NGOC, now=NOW) is None


@pytest.mark.parametrize("by", [Actor(ActorKind.OFFICER, 1, "Hạnh", ELSEWHERE, "reviewer"), SYSTEM])
def test_a_file_is_found_at_its_own_office_only(by):
    application_id = make_application()
    for find in (desk.find, desk.lock):
        with pytest.raises(NotYours):
            find(APPLICATION, application_id, by=by)


def test_what_was_done_says_more_than_who_looks_at_it_now():
    application_id, officer = make_application(), make_officer()
    claims.take(APPLICATION.name, application_id, by=officer, now=NOW)
    with pytest.raises(InOtherHands):
        desk.lock_open(APPLICATION, application_id, by=NGOC, now=NOW)
    with pytest.raises(AlreadyMoved):
        desk.lock_for(APPLICATION, application_id, Act("approve", NGOC, NOW))


def test_what_is_checked_off_twice_is_checked_off_once():
    application_id, officer = make_application(), make_officer()
    row = Application.objects.get(id=application_id)
    seen = [desk.check_off(APPLICATION, row, "original_seen", by=officer, now=NOW) for _ in range(2)]
    back = [desk.take_back(APPLICATION, row, "original_seen") for _ in range(2)]
    assert (seen, back) == ([True, False], [True, False])


@pytest.mark.parametrize(
    ("codes", "text", "wrong"),
    [
        ([], "", {"reasons": "required", "text": "required"}),
        (["no_such"], "Lời nhắn", {"reasons": "bad_choice"}),
        (["other"], "x" * 1001, {"text": "too_long"}),
    ],
)
def test_a_refusal_needs_known_reasons_and_words(codes, text, wrong):
    with pytest.raises(Invalid) as refused:
        reasons.read(codes, text, {"other"})
    assert refused.value.fields == wrong


def test_a_reason_named_twice_is_said_once():
    said = reasons.read(["b", "a", "b"], "  Lời nhắn ", {"a", "b"})
    assert said == reasons.Said(("b", "a"), "Lời nhắn")


def test_one_item_that_fails_does_not_stop_the_rest():
    done = []

    def do(key):
        if key == 2:
            raise ValueError
        done.append(key)
        return True

    assert batches.each([1, 2, 3], do, job="test") == 2
    assert done == [1, 3]


def test_a_picture_that_no_row_came_to_name_goes_at_once():
    folder, owner = Folder("procedure", "procedure-file"), make_application()
    key = attachments.put(folder, owner, b"jpeg")
    assert attachments.content(folder, owner, key) == b"jpeg"
    with pytest.raises(ValueError, match="refused"), attachments.named(key):
        raise ValueError("refused")
    assert attachments.content(folder, owner, key) is None
    assert key not in [stored_key for stored_key, _written in blobs.stored_under("procedure")]


def test_a_step_opens_when_all_before_it_are_done():
    ways = ("one", "two", "three")
    missing = steps.first_missing(ways, lambda step: step == "one")
    assert missing == "two"
    assert [step for step in ways if steps.reachable(ways, step, missing)] == ["one", "two"]
    assert not steps.reachable(ways, "four", None)


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_are_all_different():
    given = at_once(*[lambda: numbers.next_at(Counter, HONG_BANG, now=NOW)] * 3)
    assert sorted(given) == ["00001/2026/03101", "00002/2026/03101", "00003/2026/03101"]
