"""The texts we send: Vietnamese without diacritics, one GSM part, no link.

Facts by kind (longest value a text is tested with): `account` 12 digits, `password` 12 characters, `code` 6
digits, `hours` and `minutes` 3 digits, `number` 18 characters, `due` a date, `days_left` 2 digits, `office`
any length (shortened to fit; without it "co quan BHXH da chon").
"""

from __future__ import annotations

from datetime import date
from typing import Any

from vssid.kernel.redacted import Redacted
from vssid.kernel.sms_text import units

from . import account_texts, family_texts
from .text_rules import bare, check

# Every text ends with what a swindler's text never says.
TEXTS: dict[str, str] = {
    "phone_code": (
        "BHXH: ma xac nhan {code}, het han sau {minutes} phut. "
        "Khong dua ma cho bat ky ai, ke ca nguoi tu xung can bo BHXH. BHXH khong gui duong dan."
    ),
    "account_activation": (
        "BHXH: tai khoan {account}, mat khau kich hoat {password}, dung 1 lan, han {hours} gio. "
        "Khong dua cho bat ky ai. BHXH khong gui duong dan."
    ),
    "application_received": (
        "BHXH: da nhan ho so {number}. Mang to khai da ky va ban chinh giay to den {office} "
        "cham nhat ngay {due}. BHXH khong gui duong dan."
    ),
    "reminder": (
        "BHXH: ho so {number} con {days_left} ngay, cham nhat ngay {due}. "
        "Mang to khai da ky va ban chinh giay to den {office}. BHXH khong gui duong dan."
    ),
    "application_expired": (
        "BHXH: ho so {number} da het han vi chua doi chieu ban chinh giay to. "
        "Quy vi co the nop ho so moi. BHXH khong gui duong dan."
    ),
    "application_refused": (
        "BHXH: ho so {number} khong duoc duyet. Tra cuu bang so ho so va so dien thoai "
        "de xem ly do va cach sua. BHXH khong gui duong dan."
    ),
    "application_withdrawn": (
        "BHXH: ho so {number} da rut theo yeu cau. "
        "Neu quy vi khong rut, goi 1900 9068. BHXH khong gui duong dan."
    ),
    # Notices: they say that something happened; what, is read in the app.
    "password_changed": (
        "BHXH: mat khau tai khoan cua quy vi vua duoc doi. "
        "Neu khong phai quy vi, goi ngay 1900 9068. BHXH khong gui duong dan."
    ),
    "new_device": (
        "BHXH: tai khoan cua quy vi vua dang nhap tren thiet bi moi. "
        "Neu khong phai quy vi, khoa tai khoan va goi 1900 9068. BHXH khong gui duong dan."
    ),
    "arrears": (
        "BHXH: co thang chua ghi nhan don vi dong bao hiem cho quy vi. "
        "Mo ung dung, muc Thong bao, de xem chi tiet. BHXH khong gui duong dan."
    ),
    "procedure_done": (
        "BHXH: ho so {number} da co ket qua. Dang nhap, vao muc Dich vu cong de xem. "
        "Hoi them 1900 9068. BHXH khong gui duong dan."
    ),
    "procedure_refused": (
        "BHXH: ho so {number} bi tu choi. Dang nhap, vao muc Dich vu cong de xem ly do. "
        "Hoi them 1900 9068. BHXH khong gui duong dan."
    ),
    "procedure_more": (
        "BHXH: ho so {number} can bo sung. Dang nhap, vao muc Dich vu cong de gui them. "
        "Hoi them 1900 9068. BHXH khong gui duong dan."
    ),
    "ticket_received": (
        "BHXH: da nhan phan anh so {number}. Giu so nay de xem tra loi o muc Tro giup. "
        "BHXH khong gui duong dan."
    ),
    "ticket_answered": (
        "BHXH: phan anh so {number} da co tra loi. Mo Tro giup, muc Phan anh, kien nghi cua toi. "
        "BHXH khong gui duong dan."
    ),
}
TEXTS |= account_texts.TEXTS | family_texts.TEXTS
PARTS: dict[str, int] = dict.fromkeys(TEXTS, 1)
_DEFAULTS: dict[str, Any] = {"minutes": 5, "hours": 72, "office": "co quan BHXH da chon"}
_PART = 160


def render(kind: str, **facts: Any) -> str:
    """The text of a kind. A missing fact is a KeyError; facts the text does not use are ignored.

    A date is written 31/12/2026; the office name loses its marks and, if need be, its end.
    """
    template = TEXTS[kind]
    values = {name: _written(value) for name, value in {**_DEFAULTS, **facts}.items()}
    room = _PART * PARTS[kind] - units(template.format_map(values | {"office": ""}))
    values["office"] = bare(values["office"])[: max(0, room)].strip()
    text = template.format_map(values)
    check(text, max_parts=PARTS[kind])
    return text


def _written(value: Any) -> str:
    """A fact as messages write it: a date as 31/12/2026, a hidden value in plain."""
    if isinstance(value, Redacted):
        return value.reveal()
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
