"""A password is the same however a keyboard, a paste or an input method made it."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from django.contrib.auth.hashers import make_password

from vssid.domain.accounts import actions
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.tests.people import NOW, make_account
from vssid.kernel.errors import Invalid
from vssid.web.ui.forms.new_password import NewPasswordForm

from .. import passwords

OWN = "Gạo xề mưa ĐẾN"
ADDRESS = "203.0.113.5"
TYPED = {
    "composed": unicodedata.normalize("NFC", OWN),
    "decomposed": unicodedata.normalize("NFD", OWN),
    # Windows-1258 keyboards write the vowel with its mark, and the tone behind it.
    "windows": "Ga\u0323o xê\u0300 mưa ĐÊ\u0301N",
    "space at the end": OWN + " ",
    "spaces around": f" \t{OWN}\u3000",
    "wide spaces": OWN.replace(" ", "\u00a0"),
    "line end of a paste": OWN + "\r\n",
    "unseen": f"\ufeff{OWN[:3]}\u200b\u00ad{OWN[3:]}\u2060",
}


@pytest.mark.parametrize("how", TYPED)
@pytest.mark.parametrize("how_set", TYPED)
def test_a_password_set_in_one_form_is_right_in_every_other(how, how_set):
    assert passwords.same(TYPED[how], TYPED[how_set])
    assert passwords.own_form(TYPED[how]) == OWN


@pytest.mark.parametrize("other", [OWN.lower(), OWN.replace("ạ", "a"), OWN.replace(" ", ""), OWN + "."])
def test_another_password_stays_another(other):
    assert not passwords.same(OWN, other)


def sign_in(password: str) -> None:
    actions.sign_in("0000000007", password, kind="citizen", address=ADDRESS, device="", now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("how", TYPED)
def test_it_signs_in(how):
    make_account()
    actions.set_password(7, TYPED[how], device="", now=NOW)
    for typed in (OWN, TYPED[how]):
        sign_in(typed)


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["decomposed", "windows", "space at the end", "wide spaces", "unseen"])
def test_a_hash_of_before_is_tried_as_it_was_typed_and_hashed_anew(how):
    make_account()
    actions.set_password(7, "khac hoan toan", device="", now=NOW)
    before = make_password(TYPED[how], hasher="argon2")
    Account.objects.filter(person_id=7).update(password=before)
    sign_in(TYPED[how])
    assert Account.objects.get(person_id=7).password != before
    sign_in(OWN)
    again = Account.objects.get(person_id=7).password
    sign_in(TYPED[how])
    assert Account.objects.get(person_id=7).password == again


def test_letters_are_counted_and_not_their_marks():
    seven = unicodedata.normalize("NFD", "ốộấậềễự")
    assert len(seven) > 8
    for typed in (seven, "ơ\u0306e\u0323\u0302kmtrv", " " * 8, "abcdefg\u200b", "abcdefg  "):
        with pytest.raises(Invalid) as refused:
            passwords.check_own(typed, login="0000000001")
        assert refused.value.fields == {"password": "too_short"}
    passwords.check_own(unicodedata.normalize("NFD", "ốộấậềễựk"), login="0000000001")


def test_no_letter_of_a_one_time_password_is_changed_by_an_input_method():
    assert not set(passwords.ALPHABET) & set("AEIOUYDWSFRXJZ0O1IL")
    for _ in range(300):
        made = passwords.new_activation()
        assert set(made.replace("-", "")) <= set(passwords.ALPHABET)
        assert all(letter != next_letter for letter, next_letter in itertools.pairwise(made.replace("-", "")))
        assert passwords.as_activation(made) == made


@pytest.mark.parametrize(
    "typed",
    [
        "7KQ2M-V9GHT", "7kq2mv9ght", "7KQ2M V9GHT", "７ＫＱ２Ｍ－Ｖ９ＧＨＴ", "７ｋｑ２ｍｖ９ｇｈｔ",
        "7KQ2M–V9GHT",        "\u200b7KQ2M\u00adV9GHT\ufeff", "7KQ2M-V9GHT ", "\u202a7KQ2M-V9GHT\u202c",
        "\u0303kqâm-v\u0323ght",  # the Vietnamese keyboard of Windows: 7 and 9 are tones, 2 is â
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_a_one_time_password_is_read_however_it_was_typed(typed):
    stored = passwords.hashed("7KQ2M-V9GHT")
    assert passwords.matches(typed, stored)


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("7DD2M-X9DRT", "7Đ2M-X9DRT"),
        ("7KW2M-X9BRT", "7KƯ2M-X9BRT"),
        ("7KD9M-X2BRT", "7KĐM-X2BRT"),
        ("7KWSM-X2BRT", "7kứm-x2brt"),
    ],
)
@pytest.mark.django_db
def test_one_that_was_sent_before_is_read_through_an_input_method(sent, typed):
    assert passwords.matches(typed, passwords.hashed(sent))


@pytest.mark.django_db
def test_a_one_time_password_signs_in_in_another_form():
    activation = make_account(own=False)
    sign_in(activation.lower().replace("-", "\u00a0") + "\u200b")


def test_typed_again_is_compared_in_the_same_form():
    twice = NewPasswordForm({"new": OWN, "again": unicodedata.normalize("NFD", OWN) + " "})
    assert twice.is_valid()
    assert not NewPasswordForm({"new": OWN, "again": OWN + "."}).is_valid()
