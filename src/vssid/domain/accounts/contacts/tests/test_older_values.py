"""An older phone, address or trusted phone put back where it stood is found, and nothing is sent there."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from tests.making.sms import texts_to
from vssid.cli import boot, database
from vssid.cli.checks import checking
from vssid.cli.keys import vaulting
from vssid.domain.audit import actions as audit
from vssid.domain.audit import values
from vssid.domain.audit.models import Event
from vssid.domain.vault import binding, rewrapping
from vssid.domain.vault import sealing as vault
from vssid.infra import keys
from vssid.kernel.actor import SYSTEM, person

from ... import actions
from ...errors import OlderValue
from ...guardianship import trusted
from ...models.accounts import Account
from ...models.relations import TrustedPerson
from ...recovery import closing
from ...tests.people import (
    ADDRESS,
    EMAIL,
    LAN,
    NEW_PHONE,
    NOW,
    PHONE,
    TUAN,
    ask,
    kinds_to,
    make_account,
    trust,
)
from .. import changes, newest, notify, older_values
from ..newest import Standing

pytestmark = pytest.mark.django_db


def columns(person_id: int = LAN) -> dict[str, Any]:
    """The row of an account as somebody with SQL keeps it for later."""
    return dict(Account.objects.filter(person_id=person_id).values().get())


def put_back(row: dict[str, Any]) -> None:
    Account.objects.filter(person_id=row["person_id"]).update(**row)


def move_to(phone=NEW_PHONE, person_id: int = LAN) -> None:
    with transaction.atomic():
        changes.apply(person_id, "phone", phone, by=person(person_id), now=NOW)


def put_older_back() -> None:
    make_account()
    before = columns()
    move_to()
    put_back(before)


def older() -> list[tuple[int, str]]:
    return older_values.look(telling=False).older


@pytest.fixture
def command(monkeypatch):
    monkeypatch.setattr(boot, "django", lambda: None)
    monkeypatch.setattr(database, "ready", lambda: None)


def test_the_check_names_the_account_whose_whole_row_was_put_back(command, capsys):
    make_account(TUAN)
    make_account()
    before = columns()
    move_to()
    assert checking.run("sealed") == 0
    put_back(before)
    assert checking.run("sealed") == 1
    said = capsys.readouterr().out
    assert f"tài khoản {LAN}, số điện thoại" in said
    assert f"tài khoản {TUAN}" not in said


def test_the_forgotten_password_sends_nothing_to_an_older_phone():
    put_older_back()
    claim = ask()
    assert texts_to(claim.id, "reset_code") == []
    assert Event.objects.filter(subject_id=LAN, kind="account.older_value").count() == 1
    assert older_values.lately() == 1


def test_nothing_is_changed_by_codes_to_an_older_phone_and_the_refusal_stays_in_the_log():
    put_older_back()
    with pytest.raises(OlderValue):
        changes.start(LAN, "email", EMAIL.reveal(), address=ADDRESS, now=NOW)
    assert "contact_old_code" not in kinds_to(LAN)
    assert Event.objects.filter(subject_id=LAN, kind="account.older_value").exists()


def test_no_activation_password_goes_to_an_older_phone():
    put_older_back()
    with pytest.raises(OlderValue):
        actions.confirm_phone(LAN, now=NOW)


def test_a_change_that_the_owner_made_back_to_an_older_phone_is_fine():
    make_account()
    first = columns()
    move_to()
    move_to(PHONE)
    assert older() == []
    assert texts_to(ask().id, "reset_code")
    # The same number as an older version of it is older all the same.
    put_back(first)
    assert older() == [(LAN, "phone")]


def test_a_new_phone_at_the_counter_makes_it_good_again():
    put_older_back()
    changes.apply(LAN, "phone", PHONE, by=SYSTEM, now=NOW, at_desk=True)
    assert newest.standing(LAN, newest.PHONE) is Standing.NEWEST


def test_an_address_that_was_taken_away_is_found_when_it_comes_back():
    make_account()
    changes.apply(LAN, "email", EMAIL, by=person(LAN), now=NOW)
    before = columns()
    changes.drop_email(LAN, now=NOW)
    assert older() == []
    put_back(before)
    assert older() == [(LAN, "email")]


def test_an_account_that_was_closed_is_found_when_its_row_comes_back():
    make_account()
    row = Account.objects.get(person_id=LAN)
    Account.objects.update(close_at=NOW)
    assert closing.close(LAN, now=NOW)
    row.save(force_insert=True)
    assert older() == [(LAN, "phone")]


def test_nothing_goes_to_a_trusted_phone_that_was_removed_and_put_back():
    make_account()
    trust()
    assert trusted.send_code(LAN, "123456", now=NOW)
    trusted.remove(LAN, now=NOW)
    TrustedPerson.objects.update(removed_at=None)
    assert not trusted.send_code(LAN, "654321", now=NOW + timedelta(days=2))
    assert older() == [(LAN, "trusted")]


def test_a_trusted_person_named_anew_takes_the_place_of_the_one_before():
    make_account()
    trust(agreed=False)
    before = TrustedPerson.objects.values().get()
    trust(phone=PHONE.parse("0901234567"))
    assert older() == []
    TrustedPerson.objects.update(sealed=before["sealed"])
    assert older() == [(LAN, "trusted")]


def test_the_version_of_a_value_cannot_be_changed():
    sealed = vault.seal(LAN, "x", b"y", row="r", version=3)
    assert vault.version_of(sealed) == 3
    assert vault.unseal(LAN, "x", sealed, row="r") == b"y"
    with pytest.raises(keys.CannotOpen):
        vault.unseal(LAN, "x", sealed.replace((3).to_bytes(8), (4).to_bytes(8)), row="r")
    with pytest.raises(keys.CannotOpen):
        vault.unseal(LAN, "x", sealed, row="s")


def test_the_log_does_not_tell_a_phone_to_who_has_no_key(settings):
    make_account()
    event = Event.objects.get(subject_id=LAN, kind="account.value_told")
    assert PHONE.reveal() not in str(event.facts)
    told = values.said(event, newest.PHONE)
    assert told is not None
    version, mark = told
    other = keys.parse_keys([keys.new_key_text(mark.partition(":")[0])])
    said = newest._said(LAN, newest.PHONE, "", version, PHONE.reveal().encode())
    assert mark[-64:] != keys.mac(other, b"value\0" + said)[-32:].hex()


def forge(**changed) -> None:
    """The newest event again, further on in the lane, as somebody writes it who has no key."""
    event = Event.objects.filter(subject_id=LAN).latest("seq")
    for name, value in changed.items():
        setattr(event, name, value)
    event.seq += 1
    event.save(force_insert=True)


@pytest.mark.parametrize("changed", [{}, {"kind": "account.phone_changed", "facts": {}}])
def test_an_event_that_we_did_not_write_makes_no_value_newest(changed):
    put_older_back()
    forge(**changed)
    assert newest.standing(LAN, newest.PHONE) is Standing.OLDER


def test_an_event_without_a_mark_says_nothing():
    make_account()
    forge(kind="account.phone_changed", facts={}, mac=None)
    assert newest.standing(LAN, newest.PHONE) is Standing.NEWEST


def test_it_does_not_hide_an_older_value_either():
    put_older_back()
    forge(kind="account.phone_changed", facts={}, mac=None)
    assert newest.standing(LAN, newest.PHONE) is Standing.OLDER


def write_as_before(settings, phone=PHONE) -> None:
    """What a version that told the log nothing leaves."""
    sealed = vault.seal(LAN, newest.SEALED_FOR[newest.PHONE], phone.reveal().encode())
    Account.objects.filter(person_id=LAN).update(phone=sealed)


def account_of_before(settings) -> None:
    settings.SEALS = "old"
    row = Account(
        person_id=LAN,
        kind=Account.CITIZEN,
        login="x",
        display_name="Lan",
        password="argon2$argon2id$x",
        created_at=NOW,
    )
    actions.insert(row, {"x"})
    write_as_before(settings)
    settings.SEALS = "both"


def test_what_a_version_before_wrote_is_said_to_be_untold_until_the_command_tells_it(
    settings, command, capsys
):
    account_of_before(settings)
    assert newest.standing(LAN, newest.PHONE) is Standing.UNTOLD
    assert checking.run("sealed") == 0
    assert "Còn 1 giá trị mà nhật ký chưa ghi dấu" in capsys.readouterr().out
    assert vaulting.run("tell", subjects=[], since=None) == 0
    assert vaulting.run("tell", subjects=[], since=None) == 0
    assert Event.objects.filter(kind="account.value_told").count() == 1
    before = columns()
    move_to()
    assert older() == []
    put_back(before)
    assert older() == [(LAN, "phone")]


def test_the_command_never_calls_an_older_value_right():
    put_older_back()
    assert older_values.look(telling=True).told == 0
    assert older() == [(LAN, "phone")]


def test_a_change_by_a_version_before_beside_this_one_is_untold_and_not_refused(settings):
    make_account()
    settings.SEALS = "old"
    write_as_before(settings, NEW_PHONE)
    audit.record("account.phone_changed", subject=LAN, by=person(LAN), now=NOW)
    assert newest.standing(LAN, newest.PHONE) is Standing.UNTOLD
    assert texts_to(ask().id, "reset_code")


def test_the_nights_go_through_all_accounts_within_a_week_and_tell_the_house():
    put_older_back()
    for day in range(older_values.PARTS):
        older_values.night(NOW + timedelta(days=day), seconds=60)
    assert older_values.lately() == 1


def test_it_is_stopped_anywhere_and_goes_on(monkeypatch, settings):
    monkeypatch.setattr(older_values, "AT_ONCE", 1)
    make_account(TUAN)
    account_of_before(settings)

    def killed(_done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        older_values.look(telling=True, tell=killed)
    assert older_values.look(telling=True).untold == 0


def test_a_new_master_key_and_binding_change_nothing(settings):
    account_of_before(settings)
    settings.SEALS = "old"
    trust()
    settings.SEALS = "both"
    older_values.look(telling=True)
    unbound = binding.left()
    assert binding.bind() == unbound
    rewrapping.rewrap()
    report = older_values.look(telling=False)
    assert (report.older, report.untold) == ([], 0)
    assert binding.left() == 0


def test_looking_costs_one_statement_along_an_index(django_assert_num_queries):
    make_account()
    account = Account.objects.get(person_id=LAN)
    vault.unseal(LAN, newest.SEALED_FOR[newest.PHONE], account.phone or b"")
    with django_assert_num_queries(2) as asked:  # the other one is the key
        newest.confirm(account, newest.PHONE, now=NOW)
    with connection.cursor() as cursor:
        # What the planner takes for a few rows depends on when the table was last analysed.
        for other_way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{other_way} = off")
        cursor.execute("EXPLAIN " + asked.captured_queries[0]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Index Scan Backward using audit_event" in plan
    assert "Sort" not in plan


def kill_myself(*_args: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("where", [(audit, "record"), (notify, "tell")])
def test_a_process_killed_in_the_middle_of_a_change_leaves_value_and_event_as_they_were(where, monkeypatch):
    make_account()
    child = os.fork()
    if child == 0:
        parents, connection.connection = connection.connection, None
        monkeypatch.setattr(*where, kill_myself)
        try:
            move_to()
        finally:
            os._exit(int(parents is not None))
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert newest.standing(LAN, newest.PHONE) is Standing.NEWEST
    assert changes.of(LAN).phone == PHONE
    move_to()
    assert newest.standing(LAN, newest.PHONE) is Standing.NEWEST
