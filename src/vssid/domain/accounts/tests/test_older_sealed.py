"""An older value of what an account waits for is refused when it was put back by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.certain import certain
from tests.making.registrations import HONG_BANG, make_office
from vssid.domain.notifications.models.messages import Message
from vssid.domain.vault import sealing as vault
from vssid.infra import keys
from vssid.kernel.ids import Phone

from .. import actions
from ..contacts import changes
from ..counter import owner_requests
from ..models.accounts import Claim, ContactChange, CounterRequest
from ..recovery import answering, claims
from .people import ADDRESS, LAN, NEW_PHONE, NOW, make_account, work

pytestmark = pytest.mark.django_db
OTHER = Phone.parse("0590000077")
LATER = NOW + timedelta(minutes=2)


def sealed(model: Any) -> bytes:
    return bytes(model.objects.values_list("sealed", flat=True).get())


def change_to(phone: Phone, *, now: Any = NOW) -> None:
    changes.start(LAN, "phone", phone.national(), address=ADDRESS, now=now)


def test_of_a_new_phone_that_waits_for_codes():
    make_account()
    change_to(OTHER)
    older = sealed(ContactChange)
    change_to(NEW_PHONE, now=LATER)
    assert certain(changes.under_way(LAN, "phone", now=LATER)).new == NEW_PHONE.national()
    ContactChange.objects.update(sealed=older)
    with pytest.raises(keys.CannotOpen):
        changes.under_way(LAN, "phone", now=LATER)


def test_also_of_one_that_was_forgotten_in_between():
    make_account()
    change_to(OTHER)
    older = sealed(ContactChange)
    changes.forget(LAN, "phone")
    change_to(NEW_PHONE, now=LATER)
    ContactChange.objects.update(sealed=older)
    with pytest.raises(keys.CannotOpen):
        changes.under_way(LAN, "phone", now=LATER)


def test_of_a_new_phone_asked_for_at_an_office():
    make_account()
    make_office(HONG_BANG)
    request_id = owner_requests.ask_for_phone(LAN, HONG_BANG, OTHER, now=NOW)
    older = sealed(CounterRequest)
    assert owner_requests.ask_for_phone(LAN, HONG_BANG, NEW_PHONE, now=NOW) == request_id
    assert owner_requests.new_phone_of(CounterRequest.objects.get()) == NEW_PHONE
    CounterRequest.objects.update(sealed=older)
    with pytest.raises(keys.CannotOpen):
        owner_requests.new_phone_of(CounterRequest.objects.get())


def test_of_what_a_claim_says():
    make_account()
    claims.ask(Claim.RESET, "0000000007", Claim.SMS, secret="s1", address=ADDRESS, known_device=True, now=NOW)
    older = sealed(Claim)
    work(NOW)
    assert claims.view("s1", now=NOW)
    Claim.objects.update(sealed=older)
    with pytest.raises(keys.CannotOpen):
        claims.view("s1", now=NOW)


def test_of_two_phones_named_at_the_same_moment_the_last_counts():
    make_account()
    make_office(HONG_BANG)
    owner_requests.ask_for_phone(LAN, HONG_BANG, Phone.parse("0590000078"), now=NOW)
    first, second = CounterRequest.objects.get(), CounterRequest.objects.get()
    assert owner_requests.keep_phone(first, OTHER)
    assert owner_requests.keep_phone(second, NEW_PHONE)
    assert owner_requests.new_phone_of(CounterRequest.objects.get()) == NEW_PHONE


def test_what_a_version_before_sealed_for_less_still_opens():
    make_account()
    make_office(HONG_BANG)
    change_to(OTHER)
    owner_requests.ask_for_phone(LAN, HONG_BANG, OTHER, now=NOW)
    for model, purpose, row in (
        (ContactChange, changes.SEALED_FOR, "phone"),
        (CounterRequest, owner_requests.SEALED_FOR, CounterRequest.objects.get().id),
    ):
        value = vault.seal(LAN, purpose, NEW_PHONE.reveal().encode(), row=row)
        model.objects.update(sealed=value, version=0)
    assert certain(changes.under_way(LAN, "phone", now=NOW)).new == NEW_PHONE.national()
    assert owner_requests.new_phone_of(CounterRequest.objects.get()) == NEW_PHONE


def test_a_code_asked_for_while_another_is_made_is_made_by_its_own_job(monkeypatch):
    """Each answer is sealed for the number of asks it knew; the job of the ask in between makes the code."""
    make_account()
    claims.ask(Claim.RESET, "0000000007", Claim.SMS, secret="s1", address=ADDRESS, known_device=True, now=NOW)
    claim_id, find = Claim.objects.get().id, actions.find

    def meanwhile(*arguments: Any) -> Any:
        monkeypatch.setattr(actions, "find", find)
        claims.ask_again("s1", address=ADDRESS, now=LATER)
        return find(*arguments)

    monkeypatch.setattr(actions, "find", meanwhile)
    answering.answer(claim_id, now=LATER)
    assert (Claim.objects.get().asks, Claim.objects.get().answers) == (2, 0)
    work(LATER)
    assert (Claim.objects.get().asks, Claim.objects.get().answers) == (2, 2)
    assert Message.objects.filter(subject_id=claim_id).count() == 1
    assert claims.view("s1", now=LATER)
