"""Ten codes on paper: each opens once, and a new set ends the one before."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from tests.making.registrations import NOW, make_officer_account
from tests.making.staff import codes_of, session_of
from vssid.domain.accounts.models.factors import RecoveryCode
from vssid.domain.audit.models import Event

from .. import recovery_codes
from ..errors import NothingShown, ProofNeeded, UsedFactor, WrongFactor

pytestmark = pytest.mark.django_db


def made(person_id: int) -> list[str]:
    token = session_of(person_id, now=NOW)
    return codes_of(person_id, UUID(hex=token.split(".")[1]), now=NOW)


def test_they_are_ten_each_with_a_beginning_of_its_own() -> None:
    codes = recovery_codes.new_codes()
    assert [code[0] for code in codes] == list(recovery_codes.BEGINNINGS)
    assert len({*codes, *recovery_codes.new_codes()}) == 20


def test_a_code_opens_once_and_not_twice() -> None:
    minh = make_officer_account()
    codes = made(minh)
    assert recovery_codes.use(minh, codes[4].lower().replace("-", " "), now=NOW) == 9
    with pytest.raises(UsedFactor):
        recovery_codes.use(minh, codes[4], now=NOW)
    assert recovery_codes.left(minh) == 9
    assert Event.objects.get(kind="account.recovery_code_used").facts == {"left": 9}


def test_only_hashes_are_kept() -> None:
    minh = make_officer_account()
    codes = made(minh)
    kept = " ".join(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert kept.count("argon2$argon2id$") == 10
    assert not any(code in kept for code in codes)


def test_a_code_costs_one_hash_and_not_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    minh = make_officer_account()
    codes = made(minh)
    asked: list[str] = []
    verify = Argon2PasswordHasher.verify

    def counted(hasher: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        asked.append(encoded)
        return verify(hasher, password, encoded)

    monkeypatch.setattr(Argon2PasswordHasher, "verify", counted)
    recovery_codes.use(minh, codes[9], now=NOW)
    assert len(asked) == 1


def test_a_new_set_ends_the_one_before() -> None:
    minh = make_officer_account()
    before, after = made(minh), made(minh)
    with pytest.raises(WrongFactor):
        recovery_codes.use(minh, before[0], now=NOW)
    assert recovery_codes.use(minh, after[0], now=NOW) == 9


@pytest.mark.parametrize("typed", ["", "123456", "AAAAA-AAAAA", "7KQ2M"])
def test_what_is_no_code_of_the_member_opens_nothing(typed: str) -> None:
    minh, ngoc = make_officer_account(), make_officer_account("ngoc")
    made(minh)
    codes = made(ngoc)
    for code in (typed, codes[0]):
        with pytest.raises(WrongFactor):
            recovery_codes.use(minh, code, now=NOW)


def test_codes_are_made_only_after_a_fresh_proof() -> None:
    minh = make_officer_account()
    token = session_of(minh, now=NOW - timedelta(minutes=6))
    with pytest.raises(ProofNeeded):
        codes_of(minh, UUID(hex=token.split(".")[1]), now=NOW)
    assert not RecoveryCode.objects.exists()


def session_id_of(person_id: int) -> UUID:
    return UUID(hex=session_of(person_id, now=NOW).split(".")[1])


def test_codes_that_nobody_said_they_keep_open_nothing() -> None:
    minh = make_officer_account()
    codes = recovery_codes.show(minh, session_id=session_id_of(minh), now=NOW)
    with pytest.raises(WrongFactor):
        recovery_codes.use(minh, codes[0], now=NOW)
    assert (recovery_codes.left(minh), recovery_codes.awaits(minh, now=NOW)) == (0, NOW)
    assert not Event.objects.filter(kind="account.recovery_codes_made").exists()


def test_who_leaves_the_page_keeps_the_codes_of_before() -> None:
    minh = make_officer_account()
    before = made(minh)
    recovery_codes.show(minh, session_id=session_id_of(minh), now=NOW)
    assert recovery_codes.use(minh, before[2], now=NOW) == 9


def test_only_the_session_that_saw_the_newest_codes_may_say_that_they_are_kept() -> None:
    minh = make_officer_account()
    first, second = session_id_of(minh), session_id_of(minh)
    recovery_codes.show(minh, session_id=first, now=NOW)
    newest = recovery_codes.show(minh, session_id=second, now=NOW)
    with pytest.raises(NothingShown):
        recovery_codes.keep(minh, session_id=first, now=NOW)
    recovery_codes.keep(minh, session_id=second, now=NOW)
    assert recovery_codes.use(minh, newest[0], now=NOW) == 9
    with pytest.raises(NothingShown):
        recovery_codes.keep(minh, session_id=second, now=NOW)


def test_codes_nobody_kept_within_a_day_are_gone() -> None:
    minh, later = make_officer_account(), NOW + recovery_codes.SHEET_LIFE + timedelta(seconds=1)
    session_id = session_id_of(minh)
    recovery_codes.show(minh, session_id=session_id, now=NOW)
    with pytest.raises(NothingShown):
        recovery_codes.keep(minh, session_id=session_id, now=later)
    assert recovery_codes.awaits(minh, now=later) is None
    assert recovery_codes.sweep(later) == 1
