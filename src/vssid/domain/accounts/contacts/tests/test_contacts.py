"""Another phone or e-mail address: codes to both."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from tests.making.sms import letters_to, texts_to
from vssid.domain.accounts.errors import ClaimOver, SameContact
from vssid.domain.accounts.tests.people import (
    ADDRESS,
    EMAIL,
    LAN,
    NEW_PHONE,
    NOW,
    TUAN,
    digits,
    kinds_to,
    make_account,
    other_than,
)
from vssid.domain.notifications.models.messages import Message
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.kernel.errors import Invalid

from .. import changes

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def start(kind="phone", value=None, now=NOW, person_id=LAN):
    changes.start(person_id, kind, value or NEW_PHONE.reveal(), address=ADDRESS, now=now)


def enter(side, code, kind="phone", now=LATER, person_id=LAN):
    return changes.enter(person_id, kind, side, code, address=ADDRESS, now=now)


def code(side):
    return digits(texts_to(LAN, f"contact_{side}_code")[-1])


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_the_phone_changes_with_both_codes_in_any_order(order):
    make_account()
    start()
    assert not enter(order[0], code(order[0]))
    assert changes.of(LAN).phone != NEW_PHONE
    assert enter(order[1], code(order[1]))
    assert changes.of(LAN).phone == NEW_PHONE
    assert changes.under_way(LAN, "phone", now=LATER) is None


def test_the_old_phone_and_the_new_one_are_told():
    make_account()
    start()
    enter("old", code("old"))
    enter("new", code("new"))
    masked = Message.objects.filter(kind="phone_changed").values_list("to_masked", flat=True)
    assert {number[-3:] for number in masked} == {"678", "321"}


def test_a_first_email_is_confirmed_by_the_phone_and_the_next_by_the_email_before(settings):
    settings.MAIL_GATEWAY = "log"
    make_account()
    start("email", EMAIL.reveal())
    enter("old", code("old"), "email")
    [letter] = letters_to(LAN, "contact_new_code")
    assert letter["to"] == EMAIL.reveal()
    assert enter("new", digits(letter["text"]), "email")
    assert changes.of(LAN).email == EMAIL
    start("email", "moi@example.vn", now=LATER)
    view = changes.under_way(LAN, "email", now=LATER)
    assert view is not None
    assert view.old == EMAIL.masked()
    assert [letter["to"] for letter in letters_to(LAN, "contact_old_code")] == [EMAIL.reveal()]


def test_without_a_mail_server_the_phone_confirms_an_email_too(settings):
    settings.MAIL_GATEWAY = "off"
    make_account(email=True)
    start("email", "moi@example.vn")
    assert code("old")
    assert not letters_to(LAN, "contact_old_code")


def test_one_code_is_not_enough_and_the_codes_do_not_stand_in_for_each_other():
    make_account()
    start()
    old, new = code("old"), code("new")
    if old != new:
        with pytest.raises(WrongCode):
            enter("new", old)
    enter("old", old)
    with pytest.raises((WrongCode, CodeExpired)):
        enter("old", old)
    assert changes.of(LAN).phone != NEW_PHONE


def test_wrong_late_and_foreign_codes_change_nothing():
    make_account()
    make_account(TUAN)
    start()
    with pytest.raises(WrongCode):
        enter("old", other_than(code("old")))
    with pytest.raises(CodeExpired):
        enter("old", code("old"), now=NOW + timedelta(minutes=6))
    with pytest.raises(ClaimOver):
        enter("old", code("old"), now=NOW + timedelta(minutes=31))
    with pytest.raises(ClaimOver):
        enter("old", code("old"), person_id=TUAN)


@pytest.mark.parametrize(("kind", "value"), [("phone", "12"), ("phone", "0225 382 2222"), ("email", "lan@")])
def test_what_is_no_phone_or_email_is_refused(kind, value):
    make_account()
    with pytest.raises(Invalid):
        start(kind, value)


def test_the_number_of_today_is_no_change():
    make_account()
    with pytest.raises(SameContact):
        start(value="0912 345 678")


def test_another_change_forgets_the_one_before():
    make_account()
    start()
    first = code("new")
    enter("old", code("old"))
    start(value="0977777777", now=LATER)
    view = changes.under_way(LAN, "phone", now=LATER)
    assert view is not None
    assert not view.old_proved
    with pytest.raises((WrongCode, CodeExpired)):
        enter("new", first if first != code("new") else other_than(first))


def test_codes_are_not_sent_without_end():
    make_account()
    for number in range(5):
        start(value=f"098765432{number}")
    with pytest.raises(Limited):
        start(value="0987654326")


def test_taking_the_email_away_is_told_and_twice_is_fine():
    make_account(email=True)
    assert changes.drop_email(LAN, now=NOW)
    assert not changes.drop_email(LAN, now=NOW)
    assert kinds_to(LAN).count("email_changed") == 1


@pytest.mark.django_db(transaction=True)
def test_both_codes_entered_at_once_make_one_change():
    make_account()
    start()
    codes = {"old": code("old"), "new": code("new")}
    barrier = threading.Barrier(2)

    def enter_code(side):
        barrier.wait(10)
        try:
            return enter(side, codes[side])
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = [each.result(30) for each in [pool.submit(enter_code, side) for side in codes]]
    assert sorted(done) == [False, True]
    assert changes.of(LAN).phone == NEW_PHONE
