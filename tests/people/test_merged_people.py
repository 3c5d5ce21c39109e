"""Two codes were one person: what hung on the one is found under the other, and by nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from tests.making.families import AN, GIA, make_link, make_member
from tests.making.families import make_request as ask_for_child
from tests.making.registrations import BINH, LAN, NOW, Someone, make_person, plain_photo
from tests.making.requests_of_people import accepted, make_insured, make_request, make_request_draft
from vssid.domain.accounts.guardianship import guardians, trusted
from vssid.domain.accounts.models.relations import Guardian, TrustedPerson
from vssid.domain.families.models import ChildRequest
from vssid.domain.notifications.inbox import choices, notices
from vssid.domain.notifications.inbox import queries as inbox
from vssid.domain.notifications.inbox.kinds import Channel, Topic
from vssid.domain.notifications.models.messages import Notice
from vssid.domain.participants.merges import merge_hooks
from vssid.domain.participants.models.people import Merge
from vssid.domain.procedures import actions, drafts, files, queries
from vssid.domain.procedures.definition.shapes import Kind
from vssid.domain.procedures.models import Attachment, Request
from vssid.domain.procedures.states import State
from vssid.domain.statements import actions as statements
from vssid.domain.statements.models import Statement
from vssid.domain.statements.tests.test_statements import check, code_of, issue, make_worker
from vssid.infra import blobs
from vssid.kernel.actor import person
from vssid.kernel.errors import NotYours
from vssid.kernel.ids import Phone

pytestmark = pytest.mark.django_db
AGAIN = Someone("0000000008", "Nguyễn Thị Lan", LAN.birth_date, 2, "031190000008", phone="+84912345670")
OTHER_PHONE = Phone("+84987654321")


def merge(merged: int, kept: int, *, now: Any = NOW) -> None:
    """The register has decided; the merged person is no more there."""
    Merge.objects.create(
        merged_id=merged,
        person_id=kept,
        merged_code=f"9{merged:09d}",
        kept_code=f"8{kept:09d}",
        current_code=f"8{kept:09d}",
        decided_on=now.date(),
        run_id=0,
        line=1,
        as_of=now,
    )


def test_notices_and_choices_follow_and_are_no_longer_the_old_numbers():
    old, kept = make_person(LAN), make_person(AGAIN)
    notice_id = notices.notify(old, "email_changed", now=NOW, facts={"at": NOW.isoformat()})
    assert notice_id
    choices.choose(old, {Topic.ARREARS: [Channel.SMS]}, now=NOW)
    merge(old, kept)
    assert merge_hooks.follow(None, now=NOW) == 1
    assert inbox.notice(kept, notice_id).facts["at"] == NOW.isoformat()
    assert choices.channels_for(kept, Topic.ARREARS) == frozenset({Channel.SMS})
    with pytest.raises(NotYours):
        inbox.notice(old, notice_id)
    assert merge_hooks.follow(None, now=NOW) == 0


def test_a_choice_that_the_kept_person_made_stays():
    old, kept = make_person(LAN), make_person(AGAIN)
    choices.choose(old, {Topic.ARREARS: [Channel.SMS]}, now=NOW)
    choices.choose(kept, {Topic.ARREARS: [Channel.EMAIL]}, now=NOW)
    merge(old, kept)
    merge_hooks.follow(None, now=NOW)
    assert choices.channels_for(kept, Topic.ARREARS) == frozenset({Channel.EMAIL})


def test_a_request_goes_on_with_its_texts_and_pictures():
    old, request_id, officer = accepted(Kind.DATA_CHANGE, what=["full_name"], full_name="Nguyễn Thị Lân")
    actions.ask_more(old, request_id, reasons=["other"], text="Ảnh nào?", by=officer, now=NOW)
    actions.answer(old, request_id, text="Ảnh này", photo=plain_photo(), now=NOW)
    before = {name: files.content(old, request_id, name) for name in files.of(old, request_id)}
    keys = list(Attachment.objects.values_list("blob_key", flat=True))
    kept = make_person(AGAIN)
    merge(old, kept)
    assert merge_hooks.follow(None, now=NOW)
    whole = queries.own(kept, request_id, now=NOW)
    assert whole.status.state is State.IN_REVIEW
    assert [move.text for move in whole.moves if move.text] == ["Ảnh nào?", "Ảnh này"]
    assert before
    assert {name: files.content(kept, request_id, name) for name in files.of(kept, request_id)} == before
    assert not set(keys) & set(Attachment.objects.values_list("blob_key", flat=True))
    with pytest.raises(NotYours):
        queries.own(old, request_id, now=NOW)
    assert merge_hooks.follow(None, now=NOW) == 0


@pytest.mark.django_db(transaction=True)
def test_the_old_pictures_are_gone_once_the_new_ones_are_kept():
    old, _request_id, _officer = accepted(
        Kind.DATA_CHANGE, what=["full_name"], full_name="Nguyễn Thị Lân", now=NOW
    )
    keys = list(Attachment.objects.values_list("blob_key", flat=True))
    merge(old, make_person(AGAIN))
    merge_hooks.follow(None, now=NOW)
    assert keys
    for key in keys:
        with pytest.raises(blobs.NotStored):
            blobs.get(key)


def test_of_two_requests_of_a_kind_the_kept_persons_goes_on():
    old, first = make_request()
    draft = make_request_draft(old, Kind.FACILITY_CHANGE)
    kept = make_insured(AGAIN)
    _kept, second = make_request(person_id=kept)
    drafts.start(kept, Kind.FACILITY_CHANGE, now=NOW)
    merge(old, kept)
    merge_hooks.follow(None, now=NOW)
    states = dict(Request.objects.filter(person_id=kept).values_list("id", "state"))
    assert (states[first], states[second]) == (State.WITHDRAWN, State.SUBMITTED)
    assert draft.request_id not in states


def test_a_statement_is_still_found_by_its_code_and_its_file_is_the_same():
    old = make_worker()
    issued = issue(old)
    kept = make_person(AGAIN)
    merge(old, kept)
    assert merge_hooks.follow(None, now=NOW)
    assert Statement.objects.get().person_id == kept
    assert check(code_of(issued.pdf)) is not None
    assert statements.take_again(kept, issued.id, by=person(kept), now=NOW).pdf == issued.pdf
    with pytest.raises(NotYours):
        statements.take_again(old, issued.id, by=person(old), now=NOW)
    assert merge_hooks.follow(None, now=NOW) == 0


def test_a_guardian_who_was_merged_keeps_the_child_and_the_office_can_still_end_it():
    old, link_id = make_link()
    kept = make_member(BINH)
    merge(old, kept)
    assert merge_hooks.follow(None, now=NOW)
    assert guardians.child(kept, link_id, now=NOW).name == AN.full_name
    assert ChildRequest.objects.get().person_id == kept
    with pytest.raises(NotYours):
        guardians.child(old, link_id, now=NOW)
    assert merge_hooks.follow(None, now=NOW) == 0


def test_of_two_links_of_one_guardian_to_a_child_one_is_left():
    old, first = make_link()
    kept, second = make_link(make_member(BINH))
    merge(old, kept)
    merge_hooks.follow(None, now=NOW)
    assert [link.link_id for link in guardians.children_of(kept, now=NOW)] == [second]
    assert Guardian.objects.get(id=first).ended_reason == "merged"


def test_of_two_requests_for_what_was_one_child_one_is_left():
    guardian, first = ask_for_child()
    _guardian, second = ask_for_child(guardian, GIA)
    merged, kept = (ChildRequest.objects.get(id=request_id).child_id for request_id in (first, second))
    assert merged
    assert kept
    merge(merged, kept)
    merge_hooks.follow(None, now=NOW)
    states = dict(ChildRequest.objects.values_list("id", "state"))
    assert states == {first: "withdrawn", second: "submitted"}
    assert merge_hooks.follow(None, now=NOW) == 0


@pytest.mark.parametrize("has_own", [False, True])
def test_the_trusted_person_follows_unless_there_is_one_already(has_own):
    old, kept = make_person(LAN), make_person(AGAIN)
    trusted.ask(old, "Bình", OTHER_PHONE, address="203.0.113.9", now=NOW)
    if has_own:
        trusted.ask(kept, "Tuấn", Phone("+84977654321"), address="203.0.113.9", now=NOW)
    merge(old, kept)
    merge_hooks.follow(None, now=NOW)
    trusted_person = trusted.of(kept)
    assert trusted_person is not None
    assert trusted_person.name == ("Tuấn" if has_own else "Bình")
    assert not TrustedPerson.objects.filter(person_id=old).exists()


def test_one_that_fails_leaves_the_others_alone_and_is_tried_again(monkeypatch):
    old, kept = make_person(LAN), make_person(AGAIN)
    notices.notify(old, "email_changed", now=NOW, facts={"at": NOW.isoformat()})
    trusted.ask(old, "Bình", OTHER_PHONE, address="203.0.113.9", now=NOW)
    merge(old, kept)
    with monkeypatch.context() as broken:
        broken.setattr(trusted, "of", lambda _person_id: 1 / 0)
        assert merge_hooks.follow(None, now=NOW) == 1
    assert Notice.objects.get().person_id == kept
    assert TrustedPerson.objects.get().person_id == old
    assert merge_hooks.follow(None, now=NOW) == 1
    assert TrustedPerson.objects.get().person_id == kept


def test_these_are_found_to_follow():
    names = {hook.name for hook in merge_hooks.all_hooks()}
    assert names == {
        *("account", "child", "guardian", "trusted", "notices", "requests", "statements"),
        *("requests_of_guardian", "requests_for_child", "messages", "staff"),
        *("invitations", "given", "registration_days"),
    }
