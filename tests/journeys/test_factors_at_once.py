"""Two requests at the same moment with one code: one of them signs in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.registrations import HONG_BANG, make_officer_account
from tests.making.staff import OWN_PASSWORD, SECOND_STEP, SIGN_IN, code_now, codes_of, session_of
from tests.together import at_once
from vssid.domain.accounts.factors import vouching
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.models.factors import FactorRequest
from vssid.domain.accounts.sign_in import sessions
from vssid.kernel.actor import Actor, ActorKind

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def prover(code: str, field: str = "ma_xac_thuc") -> Callable[[], int]:
    """A browser of its own that stands before the second step."""
    browser = Client()
    browser.post(SIGN_IN, {"username": "minh", "password": OWN_PASSWORD})
    return lambda: browser.post(SECOND_STEP, {field: code}).status_code


def test_one_recovery_code_in_two_browsers_signs_in_once() -> None:
    person_id = make_officer_account()
    now = timezone.now()
    claimed = sessions.claim(session_of(person_id, now=now))
    assert claimed is not None
    code = codes_of(person_id, claimed[1], now=now)[0]
    Session.objects.all().delete()
    assert sorted(at_once(prover(code, "ma_du_phong"), prover(code, "ma_du_phong"))) == [302, 422]
    assert Session.objects.count() == 1


def test_of_two_administrators_who_answer_at_once_one_is_told_that_it_was_answered() -> None:
    person_id, now = make_officer_account(), timezone.now()
    vouching.ask(person_id, browser="b", device="", now=now)
    asked = FactorRequest.objects.get()

    def answering(username: str, *, granted: bool) -> Callable[[], None]:
        number = make_officer_account(username, role="administrator")
        by = Actor(ActorKind.OFFICER, number, username, HONG_BANG, "administrator")
        return lambda: vouching.answer(person_id, asked.id, granted=granted, by=by, now=now)

    told = at_once(answering("thao", granted=True), answering("yen", granted=False))
    assert sorted(type(outcome).__name__ for outcome in told) == ["NoneType", "WordOver"]
    assert FactorRequest.objects.get().granted is (told[0] is None)


def test_one_code_in_two_browsers_signs_in_once() -> None:
    make_officer_account()
    code = code_now()
    assert sorted(at_once(prover(code), prover(code))) == [302, 422]
    assert Session.objects.count() == 1
