"""Two at once: real transactions in real threads."""

from __future__ import annotations

from datetime import date

import pytest

from tests.making.families import AN, make_draft, make_father, make_link, make_member, make_ready
from tests.making.registrations import HONG_BANG, LAN, NOW, Someone, make_officer
from tests.together import at_once
from vssid.domain.accounts.guardianship.guardians import TooManyGuardians
from vssid.domain.accounts.models.relations import Guardian
from vssid.domain.audit.models import Event
from vssid.domain.audit.verify import verify_chain
from vssid.domain.families import actions, deciding
from vssid.domain.families.errors import NotApprovable, RequestClosed
from vssid.domain.families.models import ChildRequest

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_officers_approving_at_once_one_is_told_who_was_first():
    key = make_ready()
    officers = [make_officer("Minh"), make_officer("Ngọc")]
    outcomes = at_once(*[lambda by=by: deciding.approve(*key, by=by, now=NOW) for by in officers])
    assert outcomes.count(None) == 1
    (late,) = [outcome for outcome in outcomes if outcome is not None]
    assert isinstance(late, RequestClosed)
    assert late.by in {"Minh", "Ngọc"}
    assert Guardian.objects.count() == 1
    assert verify_chain().sound


def test_one_approves_while_another_refuses():
    key = make_ready()
    outcomes = at_once(
        lambda: deciding.approve(*key, by=make_officer("Minh"), now=NOW),
        lambda: deciding.refuse(*key, reasons=["other"], text="x", by=make_officer("Ngọc"), now=NOW),
    )
    assert sum(isinstance(outcome, RequestClosed) for outcome in outcomes) == 1
    approved = ChildRequest.objects.get().state == "approved"
    assert Guardian.objects.count() == int(approved)


def test_a_double_tap_sends_one_request():
    guardian = make_member(LAN)
    make_member(AN)
    request_id = make_draft(guardian)
    act = lambda: actions.submit(guardian, request_id, office_code=HONG_BANG, now=NOW)  # noqa: E731
    assert at_once(act, act) == [None, None]
    assert Event.objects.filter(kind="family.submitted").count() == 1


def test_the_last_place_goes_to_one_of_two_who_come_at_once():
    make_link()
    keys = [
        make_ready(make_father()),
        make_ready(make_member(Someone("0000000009", "Phạm Thị Ba", date(1980, 1, 1)))),
    ]
    by = make_officer()
    outcomes = at_once(*[lambda key=key: deciding.approve(*key, by=by, now=NOW) for key in keys])
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, TooManyGuardians | NotApprovable) for outcome in outcomes) == 1
    assert Guardian.objects.filter(ended_at=None).count() == 2
