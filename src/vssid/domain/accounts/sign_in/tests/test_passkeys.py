"""Passkeys: what is let in, and everything that is not."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest

from vssid.domain.accounts.errors import AccountFrozen, PasskeyInDoubt, TooManyPasskeys
from vssid.domain.accounts.models.accounts import Account, Claim, Passkey, PasskeyOwner
from vssid.domain.accounts.recovery import claims, freezing, password_reset
from vssid.domain.accounts.tests.authenticator import BACKED_UP, BACKUP_ELIGIBLE, PRESENT, VERIFIED, Device
from vssid.domain.accounts.tests.people import (
    ADDRESS,
    LAN,
    NOW,
    TUAN,
    ask,
    code_of,
    kinds_to,
    login,
    make_account,
)
from vssid.domain.verification.errors import WrongProof
from vssid.domain.verification.models import Challenge
from vssid.kernel.actor import person

from .. import new_passkeys, passkey_sign_in, passkeys, sessions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings):
    settings.BASE_URL = "http://localhost"


def add(device, person_id=LAN, browser="b", now=NOW):
    options = new_passkeys.begin(person_id, browser=browser, now=now)
    return new_passkeys.finish(person_id, device.create(options), browser=browser, name="Chrome", now=now)


def challenge(name="", browser="b", now=NOW):
    return passkey_sign_in.begin(name, browser=browser, now=now)


def enter(answer, browser="b", now=NOW, known=True):
    _, signed_in = passkey_sign_in.finish(
        answer, browser=browser, device="test", is_known=lambda _login: known, now=now
    )
    return signed_in


def owned(**about):
    """Lan's account with one passkey; returns the device."""
    make_account()
    device = Device(**about)
    add(device)
    return device


@pytest.mark.parametrize("name", ["", "0000 000 007"])
def test_a_passkey_signs_in_with_and_without_a_name(name):
    device = owned()
    signed_in = enter(device.get(challenge(name)))
    view = sessions.resolve(signed_in.token, now=NOW)
    assert view is not None
    assert view.person_id == LAN
    assert passkeys.of(LAN)[0].last_used_at == NOW


def test_the_owner_is_told_of_a_new_passkey_and_of_a_new_device():
    device = owned()
    assert kinds_to(LAN).count("passkey_added") == 1
    enter(device.get(challenge()), known=False)
    assert kinds_to(LAN).count("new_device") == 1


def test_an_answer_is_good_once_in_its_browser_and_for_some_minutes():
    device = owned()
    answer = device.get(challenge())
    with pytest.raises(WrongProof):
        enter(answer, browser="another")
    enter(answer)
    with pytest.raises(WrongProof):
        enter(answer)
    late = device.get(challenge())
    with pytest.raises(WrongProof):
        enter(late, now=NOW + timedelta(minutes=5))


def test_a_refused_answer_uses_the_challenge_up():
    device = owned()
    options = challenge()
    with pytest.raises(WrongProof):
        enter(Device(credential_id=device.credential_id, handle=device.handle).get(options))
    with pytest.raises(WrongProof):
        enter(device.get(options))


def test_the_challenge_of_adding_is_none_for_signing_in_nor_for_another_person():
    device = owned()
    make_account(TUAN)
    with pytest.raises(WrongProof):
        enter(device.get(new_passkeys.begin(LAN, browser="b", now=NOW)))
    options = new_passkeys.begin(LAN, browser="b", now=NOW)
    with pytest.raises(WrongProof):
        new_passkeys.finish(TUAN, Device().create(options), browser="b", name="", now=NOW)


@pytest.mark.parametrize(
    "about", [{"origin": "http://localhost.evil.example"}, {"site": "evil.example"}, {"flags": PRESENT}]
)
def test_another_site_or_an_owner_who_was_not_checked_gets_nowhere(about):
    device = owned()
    for name, value in about.items():
        setattr(device, name, value)
    with pytest.raises(WrongProof):
        enter(device.get(challenge()))
    with pytest.raises(WrongProof):
        add(Device(**about))


def test_a_counter_that_goes_back_on_a_device_of_its_own_is_asked_about_and_not_blocked():
    device = owned()
    enter(device.get(challenge()))
    device.count = 0
    with pytest.raises(PasskeyInDoubt):
        enter(device.get(challenge()))
    assert passkeys.of(LAN)[0].suspect_at == NOW
    assert kinds_to(LAN).count("passkey_suspect") == 1
    device.count = 50
    with pytest.raises(PasskeyInDoubt):
        enter(device.get(challenge()))
    assert passkeys.vouch(LAN, passkeys.of(LAN)[0].id, now=NOW)
    assert enter(device.get(challenge())).person_id == LAN
    device.count = 3
    with pytest.raises(PasskeyInDoubt):
        enter(device.get(challenge()))


def test_somebody_else_vouches_for_nothing_and_nothing_in_doubt_needs_it():
    device = owned()
    make_account(TUAN)
    passkey_id = passkeys.of(LAN)[0].id
    assert not passkeys.vouch(LAN, passkey_id, now=NOW)
    Passkey.objects.update(suspect_at=NOW)
    assert not passkeys.vouch(TUAN, passkey_id, now=NOW)
    with pytest.raises(PasskeyInDoubt):
        enter(device.get(challenge()))


@pytest.mark.parametrize("counts", [[1, 1, 1], [7, 3, 0, 12], [0, 0, 5, 5], [2**31, 1]])
def test_a_passkey_kept_on_several_devices_is_not_judged_by_its_counter(counts):
    device = owned(flags=PRESENT | VERIFIED | BACKUP_ELIGIBLE | BACKED_UP, counts=False)
    for count in counts:
        device.count = count
        assert enter(device.get(challenge())).person_id == LAN
    assert passkeys.of(LAN)[0].suspect_at is None


def test_a_synced_passkey_that_was_declared_a_copy_before_signs_in_again():
    device = owned(flags=PRESENT | VERIFIED | BACKUP_ELIGIBLE, counts=False)
    Passkey.objects.update(suspect_at=NOW, sign_count=9)
    assert enter(device.get(challenge(login(LAN)))).person_id == LAN
    assert passkeys.of(LAN)[0].suspect_at is None


def test_a_forged_counter_does_not_stop_a_passkey():
    device = owned()
    enter(device.get(challenge()))
    with pytest.raises(WrongProof):
        enter(Device(credential_id=device.credential_id, handle=device.handle, counts=False).get(challenge()))
    assert passkeys.of(LAN)[0].suspect_at is None


def test_a_passkey_that_does_not_count_signs_in_again_and_again():
    device = owned(counts=False)
    enter(device.get(challenge()))
    assert enter(device.get(challenge())).person_id == LAN


def test_a_passkey_with_the_handle_of_somebody_else_gets_nowhere():
    device = owned()
    make_account(TUAN)
    other = Device()
    add(other, TUAN)
    device.handle = other.handle
    with pytest.raises(WrongProof):
        enter(device.get(challenge()))


@pytest.mark.parametrize("answer", [{}, {"rawId": "%%%", "response": {}}, {"rawId": "AAAA", "response": []}])
def test_nonsense_is_refused(answer):
    make_account()
    challenge()
    with pytest.raises(WrongProof):
        enter(answer)


def test_nonsense_as_a_new_passkey_is_refused():
    make_account()
    new_passkeys.begin(LAN, browser="b", now=NOW)
    with pytest.raises(WrongProof):
        new_passkeys.finish(LAN, {"id": 1, "response": 2}, browser="b", name="", now=NOW)


def test_one_passkey_belongs_to_one_person():
    device = owned()
    make_account(TUAN)
    with pytest.raises(WrongProof):
        add(device, TUAN)
    assert Passkey.objects.count() == PasskeyOwner.objects.count() == 1


def test_there_is_an_end_to_how_many_one_has(settings):
    settings.PASSKEYS_MOST = 1
    owned()
    with pytest.raises(TooManyPasskeys):
        add(Device())


def test_it_is_renamed_and_removed_by_its_owner_only():
    device = owned()
    make_account(TUAN)
    passkey_id = passkeys.of(LAN)[0].id
    passkeys.rename(TUAN, passkey_id, "của tôi")
    assert not passkeys.remove(TUAN, passkey_id, now=NOW)
    passkeys.rename(LAN, passkey_id, "  Máy   nhà ")
    passkeys.rename(LAN, passkey_id, " ")
    assert passkeys.of(LAN)[0].name == "Máy nhà"
    assert passkeys.remove(LAN, passkey_id, now=NOW)
    assert not passkeys.remove(LAN, passkey_id, now=NOW)
    assert kinds_to(LAN).count("passkey_removed") == 1
    with pytest.raises(WrongProof):
        enter(device.get(challenge()))
    assert not passkeys.remove(LAN, uuid.uuid4(), now=NOW)


def test_a_frozen_account_lets_no_passkey_in():
    device = owned()
    freezing.freeze(LAN, by=person(LAN), how="test", now=NOW)
    with pytest.raises(AccountFrozen):
        enter(device.get(challenge()))


def test_a_password_reset_by_code_removes_every_passkey():
    device = owned()
    claims.enter("s1", Claim.RESET, code_of(ask()), address=ADDRESS, now=NOW)
    password_reset.finish("s1", "bon tu khac han", device="", now=NOW)
    with pytest.raises(WrongProof):
        enter(device.get(challenge()))


def test_an_account_on_an_activation_password_lets_no_passkey_in():
    device = owned()
    Account.objects.filter(person_id=LAN).update(activation_expires_at=NOW + timedelta(days=1))
    with pytest.raises(WrongProof):
        enter(device.get(challenge()))


def test_a_name_without_an_account_is_answered_like_one_with():
    owned()
    known = json.loads(challenge(login()))
    asked = [json.loads(challenge("0999999999")) for _ in range(2)]
    assert asked[0]["allowCredentials"] == asked[1]["allowCredentials"]
    assert known.keys() == asked[0].keys()
    assert known["allowCredentials"][0].keys() == asked[0]["allowCredentials"][0].keys()
    assert (
        "allowCredentials" not in json.loads(challenge()) or not json.loads(challenge())["allowCredentials"]
    )


def test_however_many_challenges_strangers_ask_for_the_owner_gets_one():
    device = owned()
    for number in range(130):
        challenge(browser=f"stranger {number % 3}")
    assert Challenge.objects.count() == 3
    assert enter(device.get(challenge())).person_id == LAN


@pytest.mark.parametrize(("url", "on"), [("https://bhxh.example", True), ("http://127.0.0.1:8000", False)])
def test_a_bare_ip_address_knows_no_passkeys(settings, url, on):
    settings.BASE_URL = url
    assert passkeys.is_on() is on


def test_a_passkey_is_offered_until_it_is_put_off_and_never_again():
    make_account()
    assert passkeys.is_to_be_offered(LAN)
    passkeys.answer_offer(LAN, now=NOW)
    passkeys.answer_offer(LAN, now=NOW + timedelta(days=900))
    assert not passkeys.is_to_be_offered(LAN)
    assert Account.objects.get(person_id=LAN).passkey_answered_at == NOW


def test_who_has_or_had_a_passkey_is_not_offered_one():
    owned()
    assert not passkeys.is_to_be_offered(LAN)
    passkeys.remove(LAN, passkeys.of(LAN)[0].id, now=NOW)
    assert not passkeys.is_to_be_offered(LAN)


def test_a_passkey_from_before_the_offer_counts_too():
    owned()
    Account.objects.update(passkey_answered_at=None)
    assert not passkeys.is_to_be_offered(LAN)


def test_at_a_bare_ip_address_none_is_offered(settings):
    make_account()
    settings.BASE_URL = "http://127.0.0.1:8000"
    assert not passkeys.is_to_be_offered(LAN)
