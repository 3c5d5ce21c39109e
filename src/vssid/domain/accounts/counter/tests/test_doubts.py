"""What speaks against a request at the counter, and that carrying it out all the same takes a reason."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.making.registrations import HONG_BANG, make_office, make_officer
from vssid.domain.accounts.models.accounts import Account, CounterRequest
from vssid.domain.accounts.recovery import freezing
from vssid.domain.accounts.tests.people import LAN, NOW, PHONE, login, make_account
from vssid.domain.audit.models import Event
from vssid.domain.casework.errors import Unconfirmed
from vssid.domain.casework.why import Unexplained
from vssid.domain.notifications.models.inbox import DeadAddress
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import Actor, person

from .. import officer_decisions, readiness
from ..states import State

pytestmark = pytest.mark.django_db
UNKNOWN = "register.unknown"  # these accounts are of nobody in the register


@pytest.fixture
def minh() -> Actor:
    make_office(HONG_BANG)
    make_account()
    return replace(make_officer("Minh", HONG_BANG), id=501)


def opened(kind: str, by: Actor, now: Any = NOW) -> uuid.UUID:
    ids = officer_decisions.open_at_desk(login(), kind, by=by, now=now)
    assert ids is not None
    return ids[1]


def doubts_of(request_id: uuid.UUID, by: Actor, now: Any = NOW) -> tuple[str, ...]:
    row, account = CounterRequest.objects.get(id=request_id), Account.objects.get(person_id=LAN)
    return readiness.read(row, account, by=by, now=now).doubts


def closed(kind: str, state: str, by: Actor) -> None:
    request_id = opened(kind, by)
    proved = {"original_seen_at": NOW, "new_proved_at": NOW}
    CounterRequest.objects.filter(id=request_id).update(state=state, closed_at=NOW, **proved)


def test_who_is_not_in_the_register_is_doubted_but_for_freezing(minh: Actor) -> None:
    assert doubts_of(opened("password", minh), minh) == (UNKNOWN,)
    assert doubts_of(opened("freeze", minh), minh) == ()


@pytest.mark.parametrize(
    ("earlier", "state", "expected"),
    [
        ("phone", State.DONE, (UNKNOWN, "lately.phone")),
        ("password", State.DONE, (UNKNOWN,)),
        ("password", State.REFUSED, (UNKNOWN, "lately.refused")),
        ("phone", State.REFUSED, (UNKNOWN,)),
    ],
)
def test_what_was_done_or_refused_lately_is_doubted_for_thirty_days(
    minh: Actor, earlier: str, state: State, expected: tuple[str, ...]
) -> None:
    closed(earlier, state, minh)
    request_id = opened("password", minh)
    assert doubts_of(request_id, minh) == expected
    assert doubts_of(request_id, minh, NOW + timedelta(days=31)) == (UNKNOWN,)


def test_thawing_what_was_frozen_after_an_officer_changed_the_phone_is_doubted(minh: Actor) -> None:
    freezing.freeze(LAN, by=person(LAN), how="test", now=NOW)
    request_id = opened("thaw", minh)
    assert doubts_of(request_id, minh) == (UNKNOWN,)
    Account.objects.update(phone_set_at=NOW - timedelta(hours=1), phone_set_by=7)
    assert doubts_of(request_id, minh) == (UNKNOWN, "frozen.objected")


def test_a_password_to_a_phone_where_nothing_arrives_is_doubted(minh: Actor) -> None:
    fingerprint = vault.fingerprint("dead-sms", PHONE.reveal())
    DeadAddress.objects.create(channel="sms", fingerprint=fingerprint, reason="unknown", since=NOW)
    assert doubts_of(opened("password", minh), minh) == (UNKNOWN, "phone.unreachable")


def test_carrying_out_all_the_same_takes_a_reason_which_is_kept_and_told(minh: Actor) -> None:
    request_id = opened("password", minh)
    officer_decisions.see_original(LAN, request_id, by=minh, now=NOW)
    mark = officer_decisions.look_at(LAN, request_id, by=minh, now=NOW).ready.mark
    given = {"register": "paper_file"}
    for refusal, seen, reasons in ((Unconfirmed, "", given), (Unexplained, mark, {})):
        with pytest.raises(refusal):
            officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW, seen=seen, given=reasons)
    assert CounterRequest.objects.get().state == State.OPEN
    officer_decisions.carry_out(LAN, request_id, by=minh, now=NOW, seen=mark, given=given)
    assert CounterRequest.objects.get().despite == given
    facts = Event.objects.get(kind="account.request_done").facts
    assert facts == {"kind": "password", "despite": [UNKNOWN], "why": given}
