"""Phone numbers of before 2017 and 2018 are read as those of today; what may be another's is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel import phone_plan
from vssid.kernel.ids import BadCode, Phone

FRONTS = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078", "0123": "083", "0124": "084",
    "0125": "085", "0127": "081", "0129": "082", "0162": "032", "0163": "033", "0164": "034", "0165": "035",
    "0166": "036", "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), FRONTS.items())
@pytest.mark.parametrize("written", ["{}1234567", "{} 123 45 67", "{}.123.4567", "+84 {}1234567", "084 {}"])
def test_a_mobile_number_of_eleven_digits_is_that_of_today(old, new, written):
    text = written.format(old) if "123" in written else f"+84{old[1:]}1234567"
    phone = Phone.parse_mobile(text)
    assert phone.reveal() == f"+84{new[1:]}1234567"


@pytest.mark.parametrize("text", ["84 120 123 4567", "0084 1201234567", "+84 (0)120 1234567", "1201234567"])
def test_however_the_country_is_written(text):
    assert Phone.parse(text).reveal() == "+84701234567"


@pytest.mark.parametrize("text", ["01101234567", "01301234567", "01611234567", "01891234567", "012012345678"])
def test_what_never_was_a_number_is_none(text):
    with pytest.raises(BadCode):
        Phone.parse(text)


@pytest.mark.parametrize(
    ("old", "today"),
    [
        ("0313842210", "02253842210"), ("(031) 3842210", "02253842210"), ("+84 31 3842210", "02253842210"),
        ("0438255555", "02438255555"), ("0203841234", "02143841234"), ("0350 3841234", "02283841234"),
        ("0280 3841234", "02083841234"), ("0511.3821234", "02363821234"), ("0613841234", "02513841234"),
    ],
)  # fmt: skip
def test_a_fixed_line_with_its_old_area_code_is_that_of_today_and_no_mobile_number(old, today):
    phone = Phone.parse(old)
    assert phone.reveal() == f"+84{today[1:]}"
    assert not phone.is_mobile
    with pytest.raises(BadCode):
        Phone.parse_mobile(old)


def test_no_old_area_code_makes_a_number_that_a_code_could_be_sent_to_unproved():
    for row in phone_plan._areas():
        for first in "234567":
            phone = Phone.parse(f"{row.old}{first}{'8' * (row.rest - 1)}")
            assert not phone.is_surely_mobile, row


@pytest.mark.parametrize("text", ["0912345678", "0381234567", "0701234567", "0888123456", "01681234567"])
def test_what_can_only_be_a_mobile_number_is_surely_one(text):
    assert Phone.parse(text).is_surely_mobile


@pytest.mark.parametrize("text", ["0383842210", "0838255555", "0363842210", "0773842210"])
def test_what_may_be_an_old_fixed_line_is_a_mobile_number_when_typed_but_not_surely(text):
    phone = Phone.parse_mobile(text)
    assert phone.national().replace(" ", "") == text
    assert not phone.is_surely_mobile


@pytest.mark.parametrize("text", ["02253842210", "02438255555", "024 3825 5555", "+12025550123"])
def test_numbers_of_today_stay(text):
    assert not Phone.parse(text).is_mobile


@given(st.sampled_from("012345678"), st.integers(0, 99999999))
def test_reading_twice_is_reading_once(first, rest):
    try:
        once = Phone.parse(f"0{first}{rest:08d}")
    except BadCode:
        return
    assert Phone.parse(once.reveal()) == once
