"""A fingerprint key is changed under a house in use: what is looked up is found at every step, and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.making.families import make_draft as make_child_draft
from tests.making.families import make_request as make_child_request
from tests.making.keys_changed import NEW, OLD, change_all, of_a_test
from tests.making.registrations import (
    ADDRESS,
    BINH,
    LAN,
    Someone,
    make_application,
    make_draft,
    make_person,
    view,
)
from vssid.cli import boot, database
from vssid.cli.keys import refingerprinting, vaulting
from vssid.config import env
from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import AlreadyHasAccount
from vssid.domain.accounts.models.accounts import Account, LoginName
from vssid.domain.accounts.models.relations import TrustedPerson
from vssid.domain.accounts.sign_in import passkey_handles
from vssid.domain.accounts.sign_in.tests import test_passkeys
from vssid.domain.accounts.tests import people
from vssid.domain.accounts.tests.authenticator import Device
from vssid.domain.families.errors import RequestOpen
from vssid.domain.notifications.models.inbox import DeadAddress, Subscription
from vssid.domain.notifications.outbox import dead_addresses as dead
from vssid.domain.notifications.tests.fakes import subscribe
from vssid.domain.registration import actions as registration
from vssid.domain.registration.desk import search
from vssid.domain.registration.draft import drafts, holders
from vssid.domain.registration.models import Application
from vssid.domain.registration.queries import look_up
from vssid.domain.statements.tests import test_statements as statements
from vssid.domain.support import writing
from vssid.domain.support.models import Ticket
from vssid.domain.support.tests import desk
from vssid.domain.vault import jobs
from vssid.domain.vault import sealing as vault
from vssid.domain.vault.models import FingerprintKey
from vssid.domain.vault.prints import changing, known, parts
from vssid.domain.verification import codes, limits
from vssid.domain.verification.errors import Limited, WrongProof
from vssid.domain.verification.models import Throttle
from vssid.infra import keys, push
from vssid.infra.database import clock
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode, IdNumber, Phone

pytestmark = pytest.mark.django_db
NOW = people.NOW
LATER = NOW + timedelta(days=4)
PHONE = Phone(LAN.phone)
STEPS = ((OLD, NEW), (NEW, OLD), (NEW,))


@pytest.fixture
def give(settings, monkeypatch):
    settings.BASE_URL = "http://localhost"
    monkeypatch.setattr(push, "is_allowed", lambda _endpoint: True)
    with of_a_test(settings) as give:
        give(OLD, now=NOW)
        yield give


@pytest.fixture
def command(monkeypatch):
    """`./vssid vault …` in this process; tests lift the limits that it would refuse."""
    monkeypatch.setattr(boot, "django", lambda: None)
    monkeypatch.setattr(database, "ready", lambda: None)

    def run(what: str, **options: Any) -> int:
        return vaulting.run(what, subjects=[], since=None, **options)

    return run


def sign_in(name: str) -> None:
    """Lan signs in, or WrongCredentials."""
    actions.sign_in(
        name, people.OWN, kind=Account.CITIZEN, address=ADDRESS, device="test", known_device=True, now=LATER
    )


def an_application() -> Callable[[], bool]:
    row = Application.objects.get(id=make_application())
    return lambda: look_up(row.number, PHONE, address=ADDRESS, now=LATER) is not None


def an_application_by_id_number() -> Callable[[], bool]:
    row = Application.objects.get(id=make_application())
    asked = search.read_scan(LAN.id_number)
    return lambda: list(search.find(row.office_id, asked, now=LATER, at_most=2)) == [row]


def an_application_by_a_code_of_twelve_digits() -> Callable[[], bool]:
    who = replace(BINH, bhxh_code="031085000009")
    row = Application.objects.get(id=make_application(who, known=False))
    asked = search.read_scan(who.bhxh_code)
    return lambda: list(search.find(row.office_id, asked, now=LATER, at_most=2)) == [row]


def a_draft() -> Callable[[], bool]:
    subject_id = view(make_draft()).subject_id

    def is_found() -> bool:
        draft = drafts._resumable(PHONE, BhxhCode(LAN.bhxh_code))
        return draft is not None and draft.subject_id == subject_id

    return is_found


def a_browser_that_proved_the_phone() -> Callable[[], bool]:
    token = make_draft()
    return lambda: view(token).proved


def a_browser_of_a_sent_form() -> Callable[[], bool]:
    token = make_draft()
    registration.submit(view(token), now=NOW)

    def is_held() -> bool:
        hold = holders.resolve(token)
        return hold is not None and hold.has_proved(PHONE)

    return is_held


def a_message_of_a_stranger() -> Callable[[], bool]:
    ticket = Ticket.objects.get(id=desk.make_strangers())
    return lambda: writing._strangers(ticket.number or "", Phone.parse(desk.PHONE)) == ticket


def a_statement() -> Callable[[], bool]:
    person_id = statements.make_worker()
    code = statements.code_of(statements.issue(person_id).pdf)
    return lambda: statements.check(code, LAN.bhxh_code[-4:]) is not None


def a_child_that_was_asked_for() -> Callable[[], bool]:
    guardian, _ = make_child_request()

    def is_refused() -> bool:
        with pytest.raises(RequestOpen):
            make_child_draft(guardian)
        return True

    return is_refused


def make_login(who: Someone) -> int:
    """An account of a person of the register that signs in by ID number too."""
    person_id = make_person(who)
    owner = actions.Owner(person_id, BhxhCode(who.bhxh_code), who.full_name, PHONE, IdNumber(who.id_number))
    actions.open_for(owner, by=SYSTEM, subject=900, now=NOW)
    return person_id


def a_login_by_id_number() -> Callable[[], bool]:
    person_id = make_login(LAN)

    def is_found() -> bool:
        account = actions.find(LAN.id_number, Account.CITIZEN)
        return account is not None and account.person_id == person_id

    return is_found


def a_trusted_person() -> Callable[[], bool]:
    people.make_account()
    people.trust()
    LoginName.objects.filter(name__startswith="id:").delete()

    def is_found() -> bool:
        prints = vault.fingerprints("phone", people.NEW_PHONE.reveal())
        return TrustedPerson.objects.filter(phone_fingerprint__in=prints).exists()

    return is_found


def a_browser_that_takes_messages() -> Callable[[], bool]:
    subscribe(7)
    row = Subscription.objects.get()

    def is_one() -> bool:
        subscribe(7, session_id=row.session_id)
        return Subscription.objects.count() == 1

    return is_one


KEPT = (
    an_application,
    an_application_by_id_number,
    an_application_by_a_code_of_twelve_digits,
    a_draft,
    a_browser_that_proved_the_phone,
    a_browser_of_a_sent_form,
    a_message_of_a_stranger,
    a_statement,
    a_child_that_was_asked_for,
    a_login_by_id_number,
    a_trusted_person,
    a_browser_that_takes_messages,
)


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.__name__)
def test_it_is_found_at_every_step(kept, give):
    is_found = kept()
    for listed in STEPS:
        give(*listed, now=NOW)
        assert is_found()
        changing.change(now=LATER)
        assert is_found()
    changing.change(now=LATER)
    assert changing.is_settled()


def test_every_table_with_fingerprints_has_its_part():
    """Who adds a column says here what becomes of it when the key is changed."""
    told = {part.name for part in parts.parts()}
    assert told == {
        "participants_identifier",
        "participants_person",
        "accounts_login_name",
        "accounts_account",
        "accounts_trusted_person",
        "accounts_phone_code",
        "accounts_throttle",
        "accounts_text_count",
        "identity_mark",
        "registration_application",
        "registration_application code",
        "registration_draft",
        "registration_holder",
        "support_ticket",
        "statements_code",
        "families_request",
        "notifications_subscription",
        "notifications_dead_address",
        "notifications_message",
    }


def test_a_key_that_the_register_does_not_bear_may_not_be_the_first(give):
    with pytest.raises(known.NotPrepared):
        give(NEW, OLD, now=NOW)


def test_a_key_that_is_still_borne_may_not_be_taken_out(give):
    give(OLD, NEW, now=NOW)
    changing.change(now=NOW)
    for listed in ((NEW, OLD), (OLD, NEW)):  # also when the change is thought over
        give(*listed, now=NOW)
        make_application(BINH) if listed[0] == NEW else None
        for alone in listed[:1], listed[1:]:
            with pytest.raises(known.KeyMissing):
                give(*alone, now=NOW)


def test_a_new_key_that_was_never_the_first_may_be_taken_out_again(give):
    give(OLD, NEW, now=NOW)
    make_login(LAN)
    changing.change(now=NOW)
    assert LoginName.objects.filter(name__startswith="id:").count() == 2
    give(OLD, now=NOW)
    changing.change(now=NOW)
    assert LoginName.objects.filter(name__startswith="id:").count() == 1
    give(OLD, NEW, now=NOW)
    assert known.unprepared() == ["f2"]


def test_a_second_key_without_a_mark_is_refused(give):
    with pytest.raises(known.NotMarked):
        give(OLD, keys.new_key_text("f3"), now=NOW)


def test_the_start_is_refused_in_a_sentence(give):
    give(NEW)
    with pytest.raises(SystemExit, match="thiếu khóa f1"):
        refingerprinting.note()
    give(NEW, OLD)
    with pytest.raises(SystemExit, match="f2 là khóa mới"):
        refingerprinting.note()
    give(OLD, keys.new_key_text("f3"))
    with pytest.raises(SystemExit, match="--name f3"):
        refingerprinting.note()


def test_one_number_opens_one_account_at_every_step(give):
    make_login(LAN)
    other = make_person(BINH)
    for listed in STEPS:
        give(*listed, now=NOW)
        owner = actions.Owner(other, BhxhCode(BINH.bhxh_code), "B", PHONE, IdNumber(LAN.id_number))
        for _ in range(2):
            with pytest.raises(AlreadyHasAccount):
                actions.open_for(owner, by=SYSTEM, subject=900, now=NOW)
            changing.change(now=LATER)


def test_a_number_of_which_the_register_knows_nothing_is_learned_when_its_owner_signs_in(give):
    people.make_account()
    number = "031190000007"
    give(OLD, NEW, now=NOW)
    changing.change(now=LATER)
    give(NEW, OLD, now=LATER)
    changing.change(now=LATER)
    assert [remainder.name for remainder in changing.standing(now=LATER).left] == ["accounts_login_name"]
    sign_in(number)
    changing.change(now=LATER)
    assert known.freed() == ["f1"]
    give(NEW, now=LATER)
    sign_in(number)


def test_or_it_is_forgotten_by_an_operator_and_the_code_still_signs_in(give, capsys, command):
    people.make_account()
    give(OLD, NEW, now=NOW)
    changing.change(now=LATER)
    give(NEW, OLD, now=LATER)
    command("refingerprint")
    assert "--forget-names" in capsys.readouterr().out
    assert command("refingerprint", forget_names=True) == 0
    assert "có thể bỏ" in capsys.readouterr().out
    sign_in(people.login())


def test_the_command_says_what_comes_next_until_the_change_is_done(give, capsys, command):
    make_login(LAN)
    limits.hit("sign_in_pair", "x", now=clock.of_database())
    said = []
    for listed in STEPS[:2]:
        give(*listed)
        assert command("refingerprint") == 0
        said.append(capsys.readouterr().out)
    assert "đặt khóa đó lên đầu" in said[0]
    assert "Hãy giữ khóa f1 đến" in said[1]
    Throttle.objects.all().delete()
    give(NEW, OLD)
    assert command("refingerprint") == 0
    assert "có thể bỏ khỏi VSSID_FINGERPRINT_KEYS" in capsys.readouterr().out
    give(NEW)
    assert command("refingerprint") == 0
    assert "việc đổi khóa đã xong" in capsys.readouterr().out
    jobs.refingerprint(0)
    assert FingerprintKey.objects.count() == 1


def test_what_expires_is_told_with_its_moment_and_the_key_is_free_after_it(give):
    people.make_account()
    codes.make("p", 7, PHONE, now=NOW)
    limits.hit("sign_in_pair", "x", now=NOW)
    give(OLD, NEW, now=NOW)
    changing.change(now=NOW)
    LoginName.objects.filter(name__startswith="id:").delete()
    give(NEW, OLD, now=NOW)
    changing.change(now=NOW)
    left = {remainder.name: remainder.until for remainder in changing.standing(now=NOW).left}
    assert left["accounts_throttle"] == NOW + timedelta(days=2)
    assert known.freed() == []
    changing.change(now=NOW + timedelta(days=2))
    assert known.freed() == ["f1"]


def test_a_limit_holds_across_the_change(give):
    limit = limits.RULES["trusted_ask"].limit
    for _ in range(limit - 1):
        limits.hit("trusted_ask", "7", now=NOW)
    for listed in ((OLD, NEW), (NEW, OLD), (OLD, NEW), (NEW, OLD)):  # processes of both orders at work
        give(*listed)
    limits.hit("trusted_ask", "7", now=NOW)
    with pytest.raises(Limited):
        limits.hit("trusted_ask", "7", now=NOW)
    give(OLD, NEW)
    with pytest.raises(Limited):
        limits.check("trusted_ask", "7", now=NOW)
    assert Throttle.objects.count() == 1


def test_a_code_that_was_sent_before_a_restart_is_good_after_it(give):
    code = codes.make("p", 7, PHONE, now=NOW)
    give(NEW, OLD)
    codes.check("p", 7, PHONE, code, address=ADDRESS, now=NOW)


def test_a_mark_of_a_dead_address_is_taken_away(give):
    DeadAddress.objects.create(
        channel="sms", fingerprint=vault.fingerprint("dead-sms", LAN.phone), reason="x", since=NOW
    )
    give(OLD, NEW, now=NOW)
    changing.change(now=NOW)
    assert dead.of(PHONE) is not None
    give(NEW, OLD, now=NOW)
    changing.change(now=NOW)
    assert dead.of(PHONE) is None


def test_who_was_erased_is_found_no_more_and_keeps_no_key(give):
    row = Application.objects.get(id=make_application())
    vault.erase(row.id)
    change_all(give, now=NOW, later=LATER)
    row.refresh_from_db()
    assert bytes(row.lookup_fingerprint) == b""
    assert row.phone_fingerprint is not None
    assert bytes(row.phone_fingerprint) == b""


def test_a_device_keeps_the_handle_it_was_given_whatever_the_key(give):
    device = test_passkeys.owned()
    LoginName.objects.filter(name__startswith="id:").delete()
    change_all(give, now=NOW, later=LATER)
    assert test_passkeys.enter(device.get(test_passkeys.challenge())).person_id == test_passkeys.LAN


def test_a_handle_from_before_handles_were_kept_goes_on_signing_in(give):
    people.make_account()
    handle = passkey_handles.made_before(test_passkeys.LAN)
    Account.objects.update(passkey_handle=handle)
    device = Device()
    test_passkeys.add(device)
    Account.objects.update(passkey_handle=None)
    LoginName.objects.filter(name__startswith="id:").delete()
    change_all(give, now=NOW, later=LATER)
    assert test_passkeys.enter(device.get(test_passkeys.challenge())).person_id == test_passkeys.LAN
    Account.objects.update(passkey_handle=b"another")
    with pytest.raises(WrongProof):
        test_passkeys.enter(device.get(test_passkeys.challenge()))


def test_two_fingerprints_of_a_marked_key_differ_from_their_first_bytes_on(give):
    give(NEW)
    first, second = vault.fingerprint("phone", "1"), vault.fingerprint("phone", "2")
    assert first[:6] != second[:6]
    assert first[-8:] == second[-8:]


def test_a_new_key_is_printed_in_the_form_that_the_setting_takes(capsys, monkeypatch):
    assert refingerprinting.new_key("f2") == 0
    text = capsys.readouterr().out.strip()
    monkeypatch.setenv("VSSID_FINGERPRINT_KEYS", text)
    assert env.keys("VSSID_FINGERPRINT_KEYS", marked=True) == [text]
    with pytest.raises(env.BadSetting):
        env.keys("VSSID_FINGERPRINT_KEYS")
    assert refingerprinting.new_key("a:b") == 2
