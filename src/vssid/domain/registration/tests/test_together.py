"""Two at once: real transactions in real threads."""

from datetime import timedelta

import pytest

from tests.making.registrations import (
    LAN,
    NOW,
    Someone,
    make_application,
    make_draft,
    make_officer,
    make_person,
    make_ready,
    view,
)
from tests.together import at_once
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.queries import events_of
from vssid.domain.audit.verify import verify_chain
from vssid.domain.notifications.models.messages import Message
from vssid.domain.registration import actions, jobs
from vssid.domain.registration.errors import AlreadyDecided, AlreadyOpen
from vssid.domain.registration.models import Application, Counter
from vssid.domain.registration.states import State

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(hours=1)


def test_of_two_officers_approving_at_once_one_is_told_who_was_first():
    application_id = make_ready()
    officers = [make_officer("Minh"), make_officer("Bình")]
    outcomes = at_once(*[lambda by=by: actions.approve(application_id, by=by, now=LATER) for by in officers])
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, AlreadyDecided)]
    winner = officers[1 - outcomes.index(refused)]
    assert refused.by == winner.name
    assert Account.objects.filter(kind="citizen").count() == 1
    assert Message.objects.filter(kind="account_activation").count() == 1
    assert [event.kind for event in events_of(application_id)].count("application.approved") == 1
    assert verify_chain().sound


def test_of_approval_and_refusal_at_once_one_happens():
    application_id, officer = make_ready(), make_officer()
    outcomes = at_once(
        lambda: actions.approve(application_id, by=officer, now=LATER),
        lambda: actions.refuse(application_id, reasons=["other"], text="x", by=officer, now=LATER),
    )
    assert len([outcome for outcome in outcomes if isinstance(outcome, AlreadyDecided)]) == 1
    approved = Application.objects.get(id=application_id).state == State.APPROVED
    assert Account.objects.filter(kind="citizen").exists() is approved


def test_a_double_tap_makes_one_application():
    make_person()
    draft = view(make_draft())
    outcomes = at_once(*[lambda: actions.submit(draft, now=NOW)] * 4)
    assert outcomes == [draft.subject_id] * 4
    assert Application.objects.count() == 1
    assert Message.objects.filter(kind="application_received").count() == 1
    assert Counter.objects.get().last == 1


def test_two_drafts_of_one_person_sent_at_once_make_one_application():
    make_person()
    both = [view(make_draft()), view(make_draft())]
    outcomes = at_once(*[lambda draft=draft: actions.submit(draft, now=NOW) for draft in both])
    assert len([outcome for outcome in outcomes if isinstance(outcome, AlreadyOpen)]) == 1
    assert Application.objects.count() == 1


def test_numbers_given_at_once_are_all_different():
    people = [Someone(f"000000001{n}", f"Người Mẫu {n}", phone=f"+8491234567{n}") for n in range(4)]
    ready = []
    for who in people:
        make_person(who)
        ready.append(view(make_draft(who)))
    at_once(*[lambda draft=draft: actions.submit(draft, now=NOW) for draft in ready])
    numbers = Application.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [f"0000{n}/2026/03101" for n in range(1, 5)]


def test_two_workers_expiring_at_once_tell_the_person_once():
    application_id = make_application(LAN)
    due_at = Application.objects.get(id=application_id).due_at
    assert sum(at_once(*[lambda: jobs.expire_due(due_at)] * 3)) == 1
    assert Message.objects.filter(kind="application_expired").count() == 1
