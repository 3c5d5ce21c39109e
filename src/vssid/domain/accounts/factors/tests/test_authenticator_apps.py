"""An app is set up in one session, and its codes open once each."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.making.registrations import NOW, make_office, make_officer_account
from tests.making.staff import secret_of, session_of
from vssid.domain.accounts import staff
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.models.factors import AuthenticatorApp
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.audit.models import Event
from vssid.kernel.actor import SYSTEM

from .. import authenticator_apps, totp
from ..errors import ClockOff, ProofNeeded, SetUpOver, TooManyFactors, UsedFactor, WrongFactor

pytestmark = pytest.mark.django_db
STEP = timedelta(seconds=30)


@pytest.fixture
def new() -> int:
    """A member who has no factor yet."""
    make_office()
    return staff.create("an", display_name="An", office_code="03101", by=SYSTEM, now=NOW).person_id


def session(person_id: int, *, proved: bool = False) -> UUID:
    token = sessions.start(person_id, device="", proved_at=NOW if proved else None, now=NOW)
    return UUID(hex=token.split(".")[1])


def set_up(person_id: int, session_id: UUID) -> bytes:
    secret = authenticator_apps.begin(person_id, session_id=session_id, now=NOW).secret
    code = totp.code_at(secret, totp.step_of(NOW))
    authenticator_apps.confirm(person_id, code, session_id=session_id, name="", now=NOW)
    return secret


def test_the_first_factor_proves_the_session_and_ends_every_other(new: int) -> None:
    here, elsewhere = session(new), session(new)
    set_up(new, here)
    assert Session.objects.get(person_id=new, id=here).proved_at == NOW
    assert not sessions.is_open(new, elsewhere)
    assert Event.objects.get(kind="account.factor_added").facts == {"factor": "app", "by_word": False}


def test_a_page_loaded_twice_shows_the_same_secret_and_another_session_another(new: int) -> None:
    here, elsewhere = session(new), session(new)
    first = authenticator_apps.begin(new, session_id=here, now=NOW)
    assert authenticator_apps.begin(new, session_id=here, now=NOW) == first
    other = authenticator_apps.begin(new, session_id=elsewhere, now=NOW)
    assert other.secret != first.secret
    code = totp.code_at(first.secret, totp.step_of(NOW))
    with pytest.raises(SetUpOver):
        authenticator_apps.confirm(new, code, session_id=here, name="", now=NOW)


def test_an_app_that_was_not_confirmed_opens_nothing(new: int) -> None:
    begun = authenticator_apps.begin(new, session_id=session(new), now=NOW)
    with pytest.raises(WrongFactor):
        authenticator_apps.use(new, totp.code_at(begun.secret, totp.step_of(NOW)), now=NOW)


def test_it_refuses_a_wrong_code_and_keeps_what_was_begun(new: int) -> None:
    here = session(new)
    begun = authenticator_apps.begin(new, session_id=here, now=NOW)
    right = totp.code_at(begun.secret, totp.step_of(NOW))
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    with pytest.raises((WrongFactor, ClockOff)):
        authenticator_apps.confirm(new, wrong, session_id=here, name="", now=NOW)
    assert authenticator_apps.begin(new, session_id=here, now=NOW) == begun


@pytest.mark.parametrize("steps", [-10, 10])
def test_setting_up_tells_of_a_clock_that_is_off_either_way(new: int, steps: int) -> None:
    here = session(new)
    secret = authenticator_apps.begin(new, session_id=here, now=NOW).secret
    code = totp.code_at(secret, totp.step_of(NOW) + steps)
    with pytest.raises(ClockOff) as refused:
        authenticator_apps.confirm(new, code, session_id=here, name="", now=NOW)
    assert refused.value.off == -steps * STEP


def test_who_has_a_factor_adds_another_only_after_proving_one() -> None:
    minh = make_officer_account()
    with pytest.raises(ProofNeeded):
        authenticator_apps.begin(minh, session_id=session(minh), now=NOW)
    proved = session(minh, proved=True)
    set_up(minh, proved)
    later = NOW + timedelta(minutes=5, seconds=1)
    with pytest.raises(ProofNeeded):
        authenticator_apps.begin(minh, session_id=proved, now=later)
    assert AuthenticatorApp.objects.filter(person_id=minh).count() == 2


def test_a_proof_does_not_count_that_another_session_gave() -> None:
    minh = make_officer_account()
    session_of(minh, now=NOW)
    with pytest.raises(ProofNeeded):
        authenticator_apps.begin(minh, session_id=uuid4(), now=NOW)


def test_a_member_has_so_many_apps_at_most() -> None:
    minh = make_officer_account()
    here = session(minh, proved=True)
    for _more in range(authenticator_apps.MOST - 1):
        set_up(minh, here)
    with pytest.raises(TooManyFactors):
        authenticator_apps.begin(minh, session_id=here, now=NOW)


def test_a_code_opens_once_and_neither_does_one_before_it() -> None:
    minh = make_officer_account()
    here = totp.step_of(NOW)
    authenticator_apps.use(minh, totp.code_at(secret_of(minh), here), now=NOW)
    for step in (here, here - 1):
        with pytest.raises(UsedFactor):
            authenticator_apps.use(minh, totp.code_at(secret_of(minh), step), now=NOW)
    authenticator_apps.use(minh, totp.code_at(secret_of(minh), here + 1), now=NOW + STEP)


def test_a_clock_that_is_behind_is_told_and_one_ahead_is_not() -> None:
    minh = make_officer_account()
    here = totp.step_of(NOW)
    with pytest.raises(ClockOff) as refused:
        authenticator_apps.use(minh, totp.code_at(secret_of(minh), here - 8), now=NOW)
    assert refused.value.off == timedelta(minutes=4)
    with pytest.raises(WrongFactor):
        authenticator_apps.use(minh, totp.code_at(secret_of(minh), here + 8), now=NOW)


def test_the_secret_is_sealed_for_its_member() -> None:
    minh = make_officer_account()
    row = AuthenticatorApp.objects.get(person_id=minh)
    assert secret_of(minh) not in bytes(row.sealed)
    assert authenticator_apps.secret_of(row) == secret_of(minh)
