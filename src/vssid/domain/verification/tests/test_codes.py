import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.making.sms import last_code
from vssid.kernel.ids import Phone

from .. import codes, limits
from ..errors import CodeExpired, Limited, WrongCode
from ..models import PhoneCode

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
    for _ in range(limits.RULES["code_near"].limit):
        issue()
    with pytest.raises(Limited):
        issue()
    codes.issue("test", 42, Phone.parse("0987654321"), address="203.0.113.5", now=NOW)


def ask_all_day(address):
    """Ask for codes every five minutes for two days; returns how many were sent."""
    sent = 0
    for step in range(2 * 24 * 12):
        with suppress(Limited):
            codes.issue("test", SUBJECT, PHONE, address=address, now=NOW + timedelta(minutes=5 * step))
            sent += 1
    return sent


def test_nobody_uses_up_the_codes_of_a_phone_from_one_network():
    sent = ask_all_day("198.51.100.7")
    assert sent <= 4 * limits.RULES["code_near_day"].limit < limits.RULES["code_phone"].limit
    issue(now=NOW + timedelta(days=2))


def test_a_phone_gets_only_so_many_codes_from_everywhere():
    for network in range(limits.RULES["code_phone"].limit):
        codes.issue("test", SUBJECT, PHONE, address=f"10.{network}.0.1", now=NOW)
    with pytest.raises(Limited):
        codes.issue("test", SUBJECT, PHONE, address="10.250.0.1", now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_codes_asked_for_at_once_leave_one():
    barrier = threading.Barrier(4)

    def ask():
        barrier.wait(10)
        try:
            issue()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        for asked in [pool.submit(ask) for _ in range(4)]:
            asked.result(30)
    assert PhoneCode.objects.count() == 1
