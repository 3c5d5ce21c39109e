"""An account of a person whose code was merged never becomes a dead end."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.making.registrations import HONG_BANG, make_office
from vssid.domain.accounts.errors import AccountFrozen, WrongCredentials
from vssid.domain.audit.models import Event
from vssid.domain.participants import queries as participants
from vssid.domain.participants.jobs import RECENT, follow_all_merges
from vssid.domain.participants.merges import merge_hooks
from vssid.domain.participants.tests.files import BINH, LAN, begin_with, load, load_cast
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import codes
from vssid.domain.verification.errors import WrongProof
from vssid.domain.verification.models import PhoneCode
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode, Phone

from .. import actions, merges, queries
from ..contacts import changes, newest, notify, older_values
from ..counter import owner_requests
from ..counter.states import State
from ..merge_hooks import MERGE_HOOKS
from ..models.accounts import (
    Account,
    Claim,
    ContactChange,
    CounterRequest,
    LoginName,
    Passkey,
    PasskeyOwner,
    Session,
)
from ..sign_in import new_passkeys, passkey_sign_in, sessions
from . import people
from .authenticator import Device
from .people import EMAIL, ask

NOW = datetime(2025, 8, 1, 3, tzinfo=UTC)
OWN, OTHERS = "hoa sen trang 99", "hoa phuong do 77"
KEPT, OLD = LAN["bhxh_code"], "3199000003"
PHONE = Phone.parse("0912345678")
OLD_LAN = BINH | {"bhxh_code": OLD, "full_name": "Trần Thị Lân", "id_number": "031188000003"}


def of(code: str) -> int:
    person = participants.by_bhxh_code(BhxhCode(code))
    assert person is not None
    return person.person_id


def open_account(code: str) -> tuple[int, str]:
    person = participants.by_bhxh_code(BhxhCode(code))
    assert person is not None
    owner = actions.Owner(person.person_id, BhxhCode(code), person.full_name, PHONE, person.id_number)
    with transaction.atomic():
        return person.person_id, actions.open_for(owner, by=SYSTEM, subject=900, now=NOW)


def with_password(code: str, password: str) -> int:
    person_id, _ = open_account(code)
    actions.set_password(person_id, password, device="phone", now=NOW)
    return person_id


def sign_in(name: str, password: str) -> actions.SignedIn:
    return actions.sign_in(
        name, password, kind="citizen", address="203.0.113.5", device="test", known_device=True, now=NOW
    )


def merge(folder: Path, kept: str = KEPT, merged: str = OLD) -> None:
    row = {"kept_code": kept, "merged_code": merged, "decided_on": "2025-07-30"}
    assert load(folder, "merges", row, now=NOW).refused == 0


@pytest.fixture
def cast(db, tmp_path):
    load_cast()
    begin_with("people", OLD_LAN)
    return tmp_path


def test_the_account_goes_to_a_kept_person_who_has_none(cast):
    old = with_password(OLD, OWN)
    token = sign_in(OLD, OWN).token
    merge(cast)
    assert merge_hooks.follow(NOW, now=NOW) == 1
    kept = of(KEPT)
    assert [account.person_id for account in Account.objects.all()] == [kept]
    assert sessions.resolve(token, now=NOW) is None
    for name in (OLD, KEPT, "031188000003"):
        assert sign_in(name, OWN).person_id == kept
    account = Account.objects.get(person_id=kept)
    assert (account.login, account.display_name) == (KEPT, "Trần Thị Lan")
    assert account.phone is not None
    vault.erase(old)  # nothing of it hangs on the merged person's key
    assert vault.unseal(kept, "account-phone", account.phone).decode() == PHONE.reveal()


def test_the_account_is_closed_where_the_kept_person_has_one(cast):
    kept, old = with_password(KEPT, OTHERS), with_password(OLD, OWN)
    merge(cast)
    merges.follow(old, now=NOW)
    assert [account.person_id for account in Account.objects.all()] == [kept]
    assert sign_in(OLD, OTHERS).person_id == kept
    with pytest.raises(WrongCredentials):
        sign_in(OLD, OWN)
    assert not Session.objects.filter(person_id=old).exists()
    assert Session.objects.filter(person_id=kept).exists()


@pytest.mark.parametrize(("both", "kind"), [(False, "account.moved"), (True, "account.closed")])
def test_it_is_audited_with_both_persons(cast, both, kind):
    if both:
        open_account(KEPT)
    old, _ = open_account(OLD)
    merge(cast)
    merges.follow(old, now=NOW)
    event = Event.objects.get(kind=kind)
    assert (event.subject_id, event.facts["merged_into"]) == (old, of(KEPT))


def guarded(person_id: int, **columns: object) -> None:
    """Give the account what guards it beside its password."""
    sealed = vault.seal(person_id, notify.EMAIL, EMAIL.reveal().encode())
    Account.objects.filter(person_id=person_id).update(email=sealed, **columns)


def test_email_freezing_and_closing_go_with_the_account(cast):
    old, due = with_password(OLD, OWN), NOW + timedelta(days=14)
    guarded(old, frozen_at=NOW, close_at=due)
    merge(cast)
    merges.follow(old, now=NOW)
    vault.erase(old)
    account = Account.objects.get(person_id=of(KEPT))
    assert notify.email_of(account) == EMAIL
    assert (account.frozen_at, account.close_at) == (NOW, due)
    with pytest.raises(AccountFrozen):
        sign_in(KEPT, OWN)


def test_the_kept_persons_own_account_stays_as_it_was(cast):
    kept, old = with_password(KEPT, OTHERS), with_password(OLD, OWN)
    guarded(old, frozen_at=NOW, close_at=NOW)
    merge(cast)
    merges.follow(old, now=NOW)
    account = Account.objects.get(person_id=kept)
    assert (account.email, account.frozen_at, account.close_at) == (None, None, None)


@pytest.mark.parametrize("both", [False, True])
def test_passkeys_end_with_the_number_that_devices_know_them_by(cast, settings, both):
    settings.BASE_URL = "http://localhost"
    old, device = with_password(OLD, OWN), Device()
    options = new_passkeys.begin(old, browser="b", now=NOW)
    new_passkeys.finish(old, device.create(options), browser="b", name="", now=NOW)
    if both:
        with_password(KEPT, OTHERS)
    merge(cast)
    merges.follow(old, now=NOW)
    assert not Passkey.objects.exists()
    assert not PasskeyOwner.objects.exists()
    asked = passkey_sign_in.begin("", browser="b", now=NOW)
    with pytest.raises(WrongProof):
        passkey_sign_in.finish(
            device.get(asked), browser="b", device="", is_known=lambda _login: True, now=NOW
        )
    options = new_passkeys.begin(of(KEPT), browser="b", now=NOW)
    assert new_passkeys.finish(of(KEPT), Device().create(options), browser="b", name="", now=NOW)


def test_claims_and_changes_and_requests_of_the_merged_person_end(cast):
    make_office()
    old = with_password(OLD, OWN)
    claim = ask("s1", name=OLD, now=NOW)
    assert claim.person_id == old
    changes.start(old, "phone", "0987654321", address="203.0.113.5", now=NOW)
    owner_requests.ask_for_phone(old, HONG_BANG, Phone.parse("0987654321"), now=NOW)
    merge(cast)
    merges.follow(old, now=NOW)
    assert not Claim.objects.filter(person_id=old).exists()
    assert not ContactChange.objects.filter(person_id=old).exists()
    row = CounterRequest.objects.get(person_id=old)
    assert (row.state, row.sealed, row.closed_at) == (State.EXPIRED, None, NOW)


def test_twice_is_once_and_who_was_not_merged_is_left_alone(cast):
    old, kept = with_password(OLD, OWN), with_password(KEPT, OTHERS)
    assert not merges.follow(old, now=NOW)
    merge(cast)
    assert merges.follow(old, now=NOW)
    assert not merges.follow(old, now=NOW)
    assert merge_hooks.follow(None, now=NOW) == 0
    assert not merges.follow(kept, now=NOW)
    assert sign_in(KEPT, OTHERS).person_id == kept


def test_a_chain_of_merges_leads_to_the_last_person(cast):
    with_password(OLD, OWN)
    merge(cast)
    merge(cast, kept=BINH["bhxh_code"], merged=KEPT)
    assert merge_hooks.follow(None, now=NOW) == 1
    assert sign_in(OLD, OWN).person_id == of(BINH["bhxh_code"])
    assert sign_in(BINH["bhxh_code"], OWN).person_id == of(BINH["bhxh_code"])


def test_an_account_that_moved_moves_again(cast):
    with_password(OLD, OWN)
    merge(cast)
    merge_hooks.follow(None, now=NOW)
    merge(cast, kept=BINH["bhxh_code"], merged=KEPT)
    merge_hooks.follow(None, now=NOW)
    for name in (OLD, KEPT, BINH["bhxh_code"]):
        assert sign_in(name, OWN).person_id == of(BINH["bhxh_code"])


def test_an_activation_password_goes_on_and_can_be_sent_anew(cast):
    old, activation = open_account(OLD)
    merge(cast)
    merge_hooks.follow(None, now=NOW)
    assert sign_in(OLD, activation).must_set_password
    fresh, phone = actions.renew_activation(old, by=SYSTEM, subject=900, now=NOW)
    assert phone == PHONE
    assert sign_in(KEPT, fresh).person_id == of(KEPT)


def test_codes_sent_for_the_merged_person_are_dead(cast):
    old, _ = open_account(OLD)
    codes.issue("password", old, PHONE, address="203.0.113.5", now=NOW)
    merge(cast)
    merges.follow(old, now=NOW)
    assert not PhoneCode.objects.filter(subject_id=old).exists()


def test_a_password_chosen_while_the_account_moves_is_refused(cast):
    old, _ = open_account(OLD)
    merge(cast)
    merge_hooks.follow(None, now=NOW)
    with pytest.raises(WrongCredentials):
        actions.set_password(old, OWN, device="phone", now=NOW)


def test_the_job_of_each_minute_looks_at_merges_of_late_and_the_nightly_one_at_all(cast):
    with_password(OLD, OWN)
    merge(cast)
    later = NOW + RECENT + timedelta(hours=1)
    assert merge_hooks.follow(later - RECENT, now=later) == 0
    follow_all_merges(timestamp=0)
    assert queries.account_of(of(KEPT)) is not None


def test_one_account_that_cannot_be_followed_does_not_stop_the_others(cast):
    load(cast, "people", OLD_LAN | {"bhxh_code": "3199000004", "id_number": "031188000004"})
    lost = with_password(OLD, OWN)
    with_password("3199000004", OTHERS)
    merge(cast, kept=BINH["bhxh_code"])
    merge(cast, merged="3199000004")
    vault.erase(lost)  # its phone can no longer be read
    assert merge_hooks.follow(None, now=NOW) == 1
    assert sign_in("3199000004", OTHERS).person_id == of(KEPT)
    assert Account.objects.filter(person_id=lost).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_moves_the_account(tmp_path):
    load_cast()
    load(tmp_path, "people", OLD_LAN)
    old = with_password(OLD, OWN)
    merge(tmp_path)
    told: list[bool] = []

    def follow() -> None:
        told.append(merges.follow(old, now=NOW))
        connection.close()

    workers = [threading.Thread(target=follow) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert sorted(told) == [False, True]
    assert set(LoginName.objects.values_list("person_id", flat=True)) == {of(KEPT)}


def test_the_log_tells_what_the_kept_person_got_and_that_the_merged_one_has_nothing(cast):
    old, _ = open_account(OLD)
    row = Account.objects.get(person_id=old)
    merge(cast)
    merges.follow(old, now=NOW)
    assert newest.standing(of(KEPT), newest.PHONE) is newest.Standing.NEWEST
    row.save(force_insert=True)
    assert older_values.look(telling=True).older == [(old, "phone")]


def test_an_older_phone_that_somebody_put_back_does_not_come_along(cast):
    old, _ = open_account(OLD)
    before = bytes(Account.objects.get(person_id=old).phone or b"")
    with transaction.atomic():
        changes.apply(old, "phone", Phone.parse("0987654321"), by=SYSTEM, now=NOW)
    Account.objects.filter(person_id=old).update(phone=before)
    merge(cast)
    merges.follow(old, now=NOW)
    assert Account.objects.get(person_id=of(KEPT)).phone is None
    assert older_values.lately() == 1


def test_a_trusted_person_comes_along_and_is_told(cast):
    old, _ = open_account(OLD)
    people.trust(old)
    merge(cast)
    for follower in MERGE_HOOKS:
        if follower.name in ("account", "trusted"):
            follower.follow(old, of(KEPT), NOW)
    report = older_values.look(telling=False)
    assert (report.accounts, report.older, report.untold) == (1, [], 0)
