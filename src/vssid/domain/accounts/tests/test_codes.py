from datetime import UTC, datetime, timedelta

import pytest

from tests.sms import last_code
from vssid.domain.accounts import codes, limits
from vssid.domain.accounts.errors import CodeExpired, Limited, WrongCode
from vssid.domain.accounts.models import PhoneCode
from vssid.kernel.ids import Phone

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PHONE = Phone.parse("0912345678")
SUBJECT = 41


def issue(now=NOW, phone=PHONE):
    codes.issue("test", SUBJECT, phone, address="203.0.113.5", now=now)
    return last_code(SUBJECT)


def check(code, now=NOW, phone=PHONE):
    codes.check("test", SUBJECT, phone, code, address="203.0.113.5", now=now)


def other_than(code):
    return "000000" if code != "000000" else "111111"


def test_the_code_proves_the_phone_once():
    code = issue()
    check(code)
    with pytest.raises(CodeExpired):
        check(code)


def test_the_code_is_dead_after_five_minutes():
    code = issue()
    check_at = NOW + timedelta(minutes=5)
    with pytest.raises(CodeExpired):
        check(code, now=check_at)
    check(code, now=check_at - timedelta(seconds=1))


def test_five_wrong_tries_kill_the_code():
    code = issue()
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongCode) as refused:
            check(other_than(code))
        assert refused.value.tries_left == left
    with pytest.raises(CodeExpired):
        check(other_than(code))
    with pytest.raises(CodeExpired):
        check(code)


def test_only_the_newest_code_counts():
    old = issue()
    new = issue(NOW + timedelta(seconds=30))
    if old != new:
        with pytest.raises(WrongCode):
            check(old, NOW + timedelta(seconds=31))
    check(new, NOW + timedelta(seconds=32))


def test_a_code_sent_to_one_number_does_not_prove_another():
    code = issue()
    with pytest.raises(CodeExpired):
        check(code, phone=Phone.parse("0987654321"))


def test_the_code_is_stored_as_a_keyed_hash():
    code = issue()
    row = PhoneCode.objects.get()
    assert code.encode() not in bytes(row.code_hash)
    assert len(bytes(row.code_hash)) == 32


def test_a_phone_gets_only_so_many_codes():
    for _ in range(limits.RULES["code_phone"].limit):
        issue()
    with pytest.raises(Limited):
        issue()
    codes.issue("test", 42, Phone.parse("0987654321"), address="203.0.113.5", now=NOW)
