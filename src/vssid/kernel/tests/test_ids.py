from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.kernel.ids import BadCode, BhxhCode, IdKind, IdNumber, Phone, grouped


@pytest.mark.parametrize("typed", ["0000000001", "0000 000 001", "00.0000.0001", "０００００００００１"])
def test_a_bhxh_code_is_read_as_people_type_it(typed):
    assert BhxhCode.parse(typed).reveal() == "0000000001"


def test_a_personal_number_serves_as_bhxh_code():
    assert BhxhCode.parse("031190000001").reveal() == "031190000001"


@pytest.mark.parametrize("typed", ["", "123", "12345678901", "abcdefghij", "0000000001x", "٠٠٠٠٠٠٠٠٠١x"])
def test_it_refuses_what_is_no_bhxh_code(typed):
    with pytest.raises(BadCode):
        BhxhCode.parse(typed)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (IdKind.CCCD, "031 190 000 001", "031190000001"),
        (IdKind.CMND, "031.000.001", "031000001"),
        (IdKind.PASSPORT, "b 1234567", "B1234567"),
        (IdKind.PASSPORT, "M123A4567", "M123A4567"),
        (IdKind.PASSPORT, "E12345678", "E12345678"),
        (IdKind.PASSPORT, "tr 1234567", "TR1234567"),
        (IdKind.PASSPORT, "531234567", "531234567"),
        (IdKind.PASSPORT, "7", "7"),
    ],
)
def test_an_id_number_is_read_by_its_kind(kind, typed, value):
    assert IdNumber.parse(typed, kind).reveal() == value


@pytest.mark.parametrize("kind", list(IdKind))
def test_it_refuses_a_number_of_another_kind(kind):
    for wrong in ("1234567890", "", "12-Ấ"):
        with pytest.raises(BadCode):
            IdNumber.parse(wrong, kind)


@pytest.mark.parametrize(
    "typed", ["0912345678", "0912 345 678", "+84 912 345 678", "84912345678", "0912.345.678"]
)
def test_a_phone_is_read_as_people_type_it(typed):
    assert Phone.parse(typed).reveal() == "+84912345678"


@pytest.mark.parametrize("typed", ["", "113", "0225 3842 123", "+1 212 555 0100", "hello"])
def test_it_refuses_a_phone_that_gets_no_sms(typed):
    with pytest.raises(BadCode):
        Phone.parse_mobile(typed)


def test_codes_do_not_print():
    phone = Phone("+84912345678")
    shown = [str(phone), repr(phone), f"{phone}", f"{phone:>20}", "%s" % phone, str([phone])]  # noqa: UP031
    assert not any("912" in text for text in shown)
    assert (phone.masked().split(), phone.national()) == (["••••", "•••", "678"], "0912 345 678")


def test_codes_are_grouped_for_reading():
    assert grouped("0000000001") == "0000 000 001"
    assert grouped("031190000001") == "0311 9000 0001"


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text):
    for read in (BhxhCode.parse, IdNumber.parse, Phone.parse):
        with suppress(BadCode):
            assert read(text).reveal()
