"""A factor is taken away by who has just proved one, and the last one stays."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.making.registrations import NOW, make_officer_account
from tests.making.staff import secret_of, session_of
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.audit.models import Event

from .. import changing, shown_codes
from ..errors import LastFactor, ProofNeeded

pytestmark = pytest.mark.django_db


def session(person_id: int, *, ago: timedelta = timedelta()) -> UUID:
    return UUID(hex=session_of(person_id, now=NOW - ago).split(".")[1])


def app_of(person_id: int) -> UUID:
    return AuthenticatorApp.objects.filter(person_id=person_id).values_list("id", flat=True)[0]


def test_the_last_factor_stays() -> None:
    minh = make_officer_account()
    with pytest.raises(LastFactor):
        changing.remove(minh, app_of(minh), session_id=session(minh), now=NOW)
    assert AuthenticatorApp.objects.count() == 1


def test_one_of_two_goes_and_is_an_event() -> None:
    minh = make_officer_account()
    gone = app_of(minh)
    shown_codes.give(minh, secret_of(minh + 1), now=NOW)
    assert changing.remove(minh, gone, session_id=session(minh), now=NOW)
    assert not changing.remove(minh, gone, session_id=session(minh), now=NOW)
    assert app_of(minh) != gone
    assert Event.objects.get(kind="account.factor_removed").facts == {"factor": "app"}


def test_it_takes_a_fresh_proof() -> None:
    minh = make_officer_account()
    shown_codes.give(minh, secret_of(minh + 1), now=NOW)
    old = session(minh, ago=timedelta(minutes=5, seconds=1))
    with pytest.raises(ProofNeeded):
        changing.remove(minh, app_of(minh), session_id=old, now=NOW)


def test_another_members_is_not_there() -> None:
    minh, ngoc = make_officer_account(), make_officer_account("ngoc")
    shown_codes.give(minh, secret_of(minh + 1), now=NOW)
    assert not changing.remove(ngoc, app_of(minh), session_id=session(ngoc), now=NOW)
    assert not changing.remove(minh, uuid4(), session_id=session(minh), now=NOW)
    assert AuthenticatorApp.objects.count() == 3
