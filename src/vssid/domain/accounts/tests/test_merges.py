"""An account of a person whose code was merged never becomes a dead end."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from vssid.domain.accounts import actions, codes, jobs, queries, sessions
from vssid.domain.accounts.errors import WrongCredentials
from vssid.domain.accounts.models import Account, LoginName, PhoneCode, Session
from vssid.domain.audit.models import Event
from vssid.domain.participants import queries as participants
from vssid.domain.participants.tests.files import BINH, LAN, load, load_cast
from vssid.domain.vault import actions as vault
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode, Phone

NOW = datetime(2025, 8, 1, 3, tzinfo=UTC)
OWN, OTHERS = "hoa sen trang 99", "hoa phuong do 77"
KEPT, OLD = LAN["bhxh_code"], "3199000003"
PHONE = Phone.parse("0912345678")
OLD_LAN = BINH | {"bhxh_code": OLD, "full_name": "Trần Thị Lân", "id_number": "031188000003"}


def of(code: str) -> int:
    found = participants.by_bhxh_code(BhxhCode(code))
    assert found is not None
    return found.person_id


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
    load_cast(tmp_path)
    load(tmp_path, "people", OLD_LAN)
    return tmp_path


def test_the_account_goes_to_a_kept_person_who_has_none(cast):
    old = with_password(OLD, OWN)
    token = sign_in(OLD, OWN).token
    merge(cast)
    assert jobs.follow(NOW, now=NOW) == 1
    kept = of(KEPT)
    assert [one.person_id for one in Account.objects.all()] == [kept]
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
    actions.follow_merge(old, now=NOW)
    assert [one.person_id for one in Account.objects.all()] == [kept]
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
    actions.follow_merge(old, now=NOW)
    event = Event.objects.get(kind=kind)
    assert (event.subject_id, event.facts) == (old, {"merged_into": of(KEPT)})


def test_twice_is_once_and_who_was_not_merged_is_left_alone(cast):
    old, kept = with_password(OLD, OWN), with_password(KEPT, OTHERS)
    assert not actions.follow_merge(old, now=NOW)
    merge(cast)
    assert actions.follow_merge(old, now=NOW)
    assert not actions.follow_merge(old, now=NOW)
    assert jobs.follow(None, now=NOW) == 0
    assert not actions.follow_merge(kept, now=NOW)
    assert sign_in(KEPT, OTHERS).person_id == kept


def test_a_chain_of_merges_leads_to_the_last_person(cast):
    with_password(OLD, OWN)
    merge(cast)
    merge(cast, kept=BINH["bhxh_code"], merged=KEPT)
    assert jobs.follow(None, now=NOW) == 1
    assert sign_in(OLD, OWN).person_id == of(BINH["bhxh_code"])
    assert sign_in(BINH["bhxh_code"], OWN).person_id == of(BINH["bhxh_code"])


def test_an_account_that_moved_moves_again(cast):
    with_password(OLD, OWN)
    merge(cast)
    jobs.follow(None, now=NOW)
    merge(cast, kept=BINH["bhxh_code"], merged=KEPT)
    jobs.follow(None, now=NOW)
    for name in (OLD, KEPT, BINH["bhxh_code"]):
        assert sign_in(name, OWN).person_id == of(BINH["bhxh_code"])


def test_an_activation_password_goes_on_and_can_be_sent_anew(cast):
    old, activation = open_account(OLD)
    merge(cast)
    jobs.follow(None, now=NOW)
    assert sign_in(OLD, activation).must_set_password
    fresh, phone = actions.renew_activation(old, by=SYSTEM, subject=900, now=NOW)
    assert phone == PHONE
    assert sign_in(KEPT, fresh).person_id == of(KEPT)


def test_codes_sent_for_the_merged_person_are_dead(cast):
    old, _ = open_account(OLD)
    codes.issue("password", old, PHONE, address="203.0.113.5", now=NOW)
    merge(cast)
    actions.follow_merge(old, now=NOW)
    assert not PhoneCode.objects.filter(subject_id=old).exists()


def test_a_password_chosen_while_the_account_moves_is_refused(cast):
    old, _ = open_account(OLD)
    merge(cast)
    jobs.follow(None, now=NOW)
    with pytest.raises(WrongCredentials):
        actions.set_password(old, OWN, device="phone", now=NOW)


def test_the_job_of_each_minute_looks_at_merges_of_late_and_the_nightly_one_at_all(cast):
    with_password(OLD, OWN)
    merge(cast)
    later = NOW + jobs.RECENT + timedelta(hours=1)
    assert jobs.follow(later - jobs.RECENT, now=later) == 0
    jobs.sweep(timestamp=0)
    assert queries.account_of(of(KEPT)) is not None


def test_one_account_that_cannot_be_followed_does_not_stop_the_others(cast):
    load(cast, "people", OLD_LAN | {"bhxh_code": "3199000004", "id_number": "031188000004"})
    lost = with_password(OLD, OWN)
    with_password("3199000004", OTHERS)
    merge(cast, kept=BINH["bhxh_code"])
    merge(cast, merged="3199000004")
    vault.erase(lost)  # its phone can no longer be read
    assert jobs.follow(None, now=NOW) == 1
    assert sign_in("3199000004", OTHERS).person_id == of(KEPT)
    assert Account.objects.filter(person_id=lost).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_moves_the_account(tmp_path):
    load_cast(tmp_path)
    load(tmp_path, "people", OLD_LAN)
    old = with_password(OLD, OWN)
    merge(tmp_path)
    told: list[bool] = []

    def follow() -> None:
        told.append(actions.follow_merge(old, now=NOW))
        connection.close()

    workers = [threading.Thread(target=follow) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert sorted(told) == [False, True]
    assert set(LoginName.objects.values_list("person_id", flat=True)) == {of(KEPT)}
