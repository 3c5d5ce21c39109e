from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from vssid.domain.notifications.errors import BadText
from vssid.kernel.ids import BhxhCode
from vssid.kernel.sms_text import is_gsm, parts

from ..languages import Language
from ..outbox import letters, templates
from ..outbox.text_rules import bare, check

# Somebody may have written a text anew.
pytestmark = pytest.mark.django_db
WORST: dict[str, Any] = {
    "account": "031090000001",
    "password": "7KQ2M-X9DRTW",
    "code": "000000",
    "hours": 168,
    "minutes": 120,
    "number": "00001/2026/031-0001"[:18],
    "due": date(2026, 12, 31),
    "days_left": 10,
    "at": "14:03, 22/11/2026",
    "until": "14:03, 22/11/2026",
    "masked": "xxx 678",
    "close": date(2026, 12, 31),
    "employer": "Công ty Trách nhiệm hữu hạn Một thành viên Sao Mai – Chi nhánh Q.Hồng Bàng",
    "invite": "7K2M-04QX-9TRE",
    "time": "08:00",
    "office": "Bảo hiểm xã hội cơ sở Q.Hồng Bàng – Thành phố Hải Phòng, số 2 Đinh Tiên Hoàng",
}


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", templates.TEXTS)
def test_every_text_fits_its_parts_with_the_longest_values(kind, language):
    text = templates.render(kind, language=language, **WORST)

    assert parts(text) == templates.PARTS[kind]
    assert is_gsm(text)
    assert text.isascii()


@pytest.mark.parametrize(
    ("language", "promise"),
    [(Language.VI, "BHXH khong gui duong dan."), (Language.EN, "BHXH never sends links.")],
)
@pytest.mark.parametrize("kind", templates.TEXTS)
def test_every_text_names_its_sender_and_warns(kind, language, promise):
    text = templates.render(kind, language=language, **WORST)

    assert text.startswith("BHXH: ")
    assert text.endswith(promise)


@pytest.mark.parametrize("texts", [templates, letters])
def test_a_text_in_one_language_alone_is_refused_at_start(texts):
    with pytest.raises(ValueError, match="one language alone"):
        texts.register({"alone": "BHXH"}, {})
    assert "alone" not in texts.TEXTS


def test_a_missing_fact_is_an_error_not_a_gap():
    with pytest.raises(KeyError):
        templates.render("phone_code")


def test_a_hidden_value_is_written_out_in_the_text_that_its_owner_gets():
    text = templates.render(
        "account_activation", account=BhxhCode.parse("0310900001"), password="7KQ2M-X9DRT"
    )

    assert "0310900001" in text


def test_dates_are_written_the_vietnamese_way():
    assert "31/12/2026" in templates.render("reminder", **WORST)


@pytest.mark.parametrize(
    "text",
    [
        "Vao https://baohiem.example/a",
        "Vao www.baohiem",
        "Vao vssid.vn de xem",
        "Vao VSSID.GOV.VN",
        "Vao bit.ly/x1",
        "Vao 10.0.0.1 de xem",
    ],
)
def test_a_text_with_a_link_is_refused(text):
    with pytest.raises(BadText) as refused:
        check(text)
    assert refused.value.facts["problem"] == "link"


@pytest.mark.parametrize("text", ["Han 5 phut. Khong dua ai.", "Q. Hong Bang", "Ho so 00001/2026/031", "v.v"])
def test_an_ordinary_text_is_no_link(text):
    check(text)


def test_a_text_of_more_parts_than_planned_is_refused():
    with pytest.raises(BadText) as refused:
        check("a" * 161)
    assert refused.value.facts == {"problem": "long", "parts": 2, "planned": 1}


def test_an_empty_text_is_refused():
    with pytest.raises(BadText):
        check("  ")


def test_marks_are_dropped_and_the_case_kept():
    assert bare("Đồng chí Nguyễn Thị Ánh, Q.Hồng Bàng") == "Dong chi Nguyen Thi Anh, Q. Hong Bang"


def test_an_office_with_a_long_dash_in_its_name_does_not_make_the_text_longer():
    office = "BHXH cơ sở – Hải Phòng ①"
    text = templates.render("application_received", **WORST | {"office": office})
    assert "BHXH co so - Hai Phong cham" in text.replace("  ", " ")
    assert parts(text) == 1
