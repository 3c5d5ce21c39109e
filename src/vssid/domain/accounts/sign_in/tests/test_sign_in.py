from datetime import UTC, datetime, timedelta

import pytest

from tests.certain import certain
from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import ActivationExpired, AlreadyHasAccount, NotActivating, WrongCredentials
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.verification import limits
from vssid.domain.verification.errors import Limited
from vssid.kernel.actor import SYSTEM
from vssid.kernel.errors import Invalid
from vssid.kernel.ids import BhxhCode, IdNumber, Phone

from .. import passwords, sessions

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
OWN = "hoa sen trang 99"
PHONE = Phone.parse("0912345678")


def open_account(person_id=7, code="0000000001"):
    owner = actions.Owner(
        person_id, BhxhCode(code), "Nguyễn Thị Lan", PHONE, IdNumber(f"03119000000{person_id}")
    )
    return actions.open_for(owner, by=SYSTEM, subject=900, now=NOW)


def sign_in(name, password, *, now=NOW, address="203.0.113.5", known=False):
    return actions.sign_in(
        name, password, kind="citizen", address=address, device="test", known_device=known, now=now
    )


def with_own_password(person_id=7, code="0000000001"):
    open_account(person_id, code)
    actions.set_password(person_id, OWN, device="test", now=NOW)


def test_an_activation_password_signs_in_and_demands_an_own_one():
    activation = open_account()
    signed_in = sign_in("0000 000 001", activation.lower().replace("-", " "))
    assert signed_in.must_set_password
    session = sessions.resolve(signed_in.token, now=NOW)
    assert session is not None
    assert session.must_set_password


def test_the_id_number_signs_in_too():
    with_own_password()
    assert sign_in("031 190 000 007", OWN).person_id == 7


def test_setting_an_own_password_kills_the_activation_password_and_other_sessions():
    activation = open_account()
    first = sign_in("0000000001", activation)
    second = actions.set_password(7, OWN, device="test", now=NOW)
    assert sessions.resolve(first.token, now=NOW) is None
    assert sessions.resolve(second.token, now=NOW) is not None
    with pytest.raises(WrongCredentials):
        sign_in("0000000001", activation)
    assert not sign_in("0000000001", OWN).must_set_password


def test_an_activation_password_is_dead_after_its_hours():
    activation = open_account()
    with pytest.raises(ActivationExpired):
        sign_in("0000000001", activation, now=NOW + timedelta(hours=72))
    assert sign_in("0000000001", activation, now=NOW + timedelta(hours=71)).must_set_password


def test_only_an_argon2id_hash_stays():
    activation = open_account()
    stored = Account.objects.get(person_id=7).password
    assert stored.startswith("argon2$argon2id$")
    assert activation not in stored


def test_a_renewed_activation_password_kills_the_one_before():
    old = open_account()
    new, phone = actions.renew_activation(7, by=SYSTEM, subject=900, now=NOW)
    assert phone.reveal() == PHONE.reveal()
    with pytest.raises(WrongCredentials):
        sign_in("0000000001", old)
    assert sign_in("0000000001", new).must_set_password


def test_it_refuses_to_renew_once_an_own_password_is_set():
    with_own_password()
    with pytest.raises(NotActivating):
        actions.renew_activation(7, by=SYSTEM, subject=900, now=NOW)


def test_it_refuses_a_second_account_for_a_person():
    open_account()
    with pytest.raises(AlreadyHasAccount):
        open_account(code="0000000002")


def test_it_refuses_a_second_account_for_a_code():
    open_account()
    with pytest.raises(AlreadyHasAccount):
        open_account(person_id=8)


@pytest.mark.parametrize("name", ["0000000001", "9999999999", "", "x" * 500])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(name):
    with_own_password()
    with pytest.raises(WrongCredentials):
        sign_in(name, "không phải mật khẩu")


def test_a_citizen_cannot_sign_in_as_staff():
    with_own_password()
    with pytest.raises(WrongCredentials):
        actions.sign_in(
            "0000000001", OWN, kind="staff", address="203.0.113.5", device="", known_device=False, now=NOW
        )


def guess_until_limited(code="0000000001", address="203.0.113.5"):
    for _ in range(limits.RULES["sign_in_pair"].limit):
        with pytest.raises(WrongCredentials):
            sign_in(code, "đoán", address=address)
    with pytest.raises(Limited) as refused:
        sign_in(code, OWN, address=address)
    return refused.value.retry_at


def test_guessing_is_limited_even_for_the_right_password():
    with_own_password()
    retry_at = guess_until_limited()
    assert not sign_in("0000000001", OWN, now=retry_at).must_set_password


def test_guessing_at_one_account_does_not_block_another_from_the_same_address():
    with_own_password()
    with_own_password(8, "0000000002")
    guess_until_limited("0000000001")
    sign_in("0000000002", OWN)


def test_guessing_from_one_address_does_not_block_the_owner_elsewhere():
    with_own_password()
    guess_until_limited(address="203.0.113.5")
    sign_in("0000000001", OWN, address="198.51.100.7")


def test_guessing_from_the_same_address_does_not_block_a_device_the_owner_used_before():
    with_own_password()
    guess_until_limited()
    sign_in("0000000001", OWN, known=True)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("ngan", "too_short"),
        ("x" * 129, "too_long"),
        ("password1", "too_common"),
        ("12345678", "too_common"),
        ("toi0000000001", "same_as_login"),
        ("7KQ2M-X9DRT", "activation_like"),
    ],
)
def test_it_refuses_a_weak_own_password(password, code):
    open_account()
    with pytest.raises(Invalid) as refused:
        actions.set_password(7, password, device="", now=NOW)
    assert refused.value.fields == {"password": code}


def test_activation_passwords_use_no_letter_that_can_be_mistaken():
    sample = "".join(passwords.new_activation() for _ in range(200)).replace("-", "")
    assert not set(sample) & set("0O1IL")


def make_session(kind="citizen"):
    if kind == "citizen":
        with_own_password()
    else:
        open_account()
        Account.objects.update(kind="staff", activation_expires_at=None)
    return sessions.start(7, device="test", proved_at=NOW, now=NOW)


def test_a_citizen_stays_signed_in_for_thirty_days_of_rest():
    token = make_session()
    assert sessions.resolve(token, now=NOW + timedelta(days=29)) is not None


def test_a_citizen_is_signed_out_after_thirty_days_of_rest():
    token = make_session()
    assert sessions.resolve(token, now=NOW + timedelta(days=30, seconds=1)) is None


def test_staff_are_signed_out_after_fifteen_minutes_of_rest():
    token = make_session("staff")
    assert sessions.resolve(token, now=NOW + timedelta(minutes=14)) is not None
    assert sessions.resolve(token, now=NOW + timedelta(minutes=29, seconds=30)) is None


def offered(token, now):
    session = sessions.resolve(token, now=now)
    assert session is not None
    assert session.fresh_token is not None
    return session.fresh_token


def test_the_secret_rotates_and_the_old_one_dies_once_the_new_one_was_used():
    token = make_session()
    later = NOW + timedelta(hours=25)
    new = offered(token, later)
    assert certain(sessions.resolve(new, now=later)).fresh_token is None
    assert sessions.resolve(token, now=later + timedelta(seconds=30)) is not None
    assert sessions.resolve(token, now=later + timedelta(minutes=5)) is None
    assert sessions.resolve(new, now=later + timedelta(minutes=5)) is not None


def test_an_answer_that_was_lost_with_the_new_secret_signs_nobody_out():
    token = make_session()
    later = NOW + timedelta(hours=25)
    lost = offered(token, later)
    for days in range(1, 29, 9):
        assert offered(token, later + timedelta(days=days)) == lost, "whichever answer arrives, it holds"
    assert sessions.resolve(lost, now=later + timedelta(days=29)) is not None
    assert sessions.resolve(token, now=later + timedelta(days=29, minutes=5)) is None


def test_the_secret_after_the_next_is_offered_a_day_after_the_next_was_used():
    token = make_session()
    second = offered(token, NOW + timedelta(hours=25))
    assert certain(sessions.resolve(second, now=NOW + timedelta(days=3))).fresh_token is None
    assert offered(second, NOW + timedelta(days=4, minutes=5)) not in (token, second)


def test_a_secret_that_was_replaced_is_nobody_but_its_session_lives_until_it_is_ended():
    token = make_session()
    new = offered(token, NOW + timedelta(hours=25))
    session = certain(sessions.resolve(new, now=NOW + timedelta(hours=25)))
    assert sessions.resolve(token, now=NOW + timedelta(hours=26)) is None
    assert sessions.lives(token)
    sessions.end(session.person_id, session.session_id)
    assert not sessions.lives(token)
    assert not sessions.lives("no token")


@pytest.mark.parametrize("token", ["", "x", "7", "7.x.y", "7.00000000000000000000000000000000.y", "1e3.a.b"])
def test_nonsense_is_nobody(token):
    assert sessions.resolve(token, now=NOW) is None


def test_a_secret_of_one_person_does_not_open_another():
    token = make_session()
    with_own_password(8, "0000000002")
    assert sessions.resolve("8" + token[1:], now=NOW) is None


def test_a_password_replaced_while_it_is_checked_opens_nothing(monkeypatch):
    activation = open_account()
    slow = passwords.matches

    def matches(*args, **more):
        right = slow(*args, **more)
        actions.renew_activation(7, by=SYSTEM, subject=900, now=NOW)
        return right

    monkeypatch.setattr(passwords, "matches", matches)
    with pytest.raises(WrongCredentials):
        sign_in("0000000001", activation)
    assert not Session.objects.exists()


def test_a_session_that_was_ended_sets_no_password():
    session = sessions.resolve(sign_in("0000000001", open_account()).token, now=NOW)
    assert session is not None
    actions.renew_activation(7, by=SYSTEM, subject=900, now=NOW)
    with pytest.raises(WrongCredentials):
        actions.set_password(7, OWN, device="", now=NOW, session_id=session.session_id)


def test_what_a_browser_calls_itself_is_text():
    with_own_password()
    actions.sign_in(
        "0000000001", OWN, kind="citizen", address="203.0.113.5", device="Odd\0\nphone" * 40, now=NOW
    )
    assert Session.objects.filter(device__startswith="Odd phone").exists()
