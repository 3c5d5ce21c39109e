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
        "BHXH: da nhan ho so {number}. Mang to khai da ky va giay to goc den {office} "
        "truoc het ngay {due}. BHXH khong gui duong dan."
    ),
    "reminder": (
        "BHXH: ho so {number} con {days_left} ngay, den het {due}. "
        "Mang to khai da ky va giay to goc den {office}. BHXH khong gui duong dan."
    ),
    "application_expired": (
        "BHXH: ho so {number} da het han vi chua doi chieu giay to goc. "
        "Quy vi co the nop ho so moi. BHXH khong gui duong dan."
    ),
    "application_refused": (
        "BHXH: ho so {number} chua duoc duyet. Tra cuu bang so ho so va so dien thoai "
        "de xem ly do va cach sua. BHXH khong gui duong dan."
    ),
    "application_withdrawn": (
        "BHXH: ho so {number} da rut theo yeu cau. "
        "Neu quy vi khong rut, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "family_approved": (
        "BHXH: ho so {number} da duyet. Mo muc Gia dinh de xem the cua con. "
        "Neu quy vi khong gui ho so, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "family_refused": (
        "BHXH: ho so {number} chua duoc duyet. Mo muc Gia dinh de xem ly do va cach sua. "
        "BHXH khong gui duong dan."
    ),
    "family_second": (
        "BHXH: them mot nguoi giam ho vua duoc duyet xem the cua con quy vi. "
        "Neu khong dung, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "family_ended": (
        "BHXH: quy vi khong con xem ho so cua con nua. "
        "Neu quy vi khong yeu cau, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "family_of_age": (
        "BHXH: con quy vi da du 18 tuoi nen quy vi khong con xem ho so cua con. "
        "Con co the tu dang ky tai khoan. BHXH khong gui duong dan."
    ),
    "family_own": (
        "BHXH: ban da du 18 tuoi, nguoi giam ho khong con xem ho so cua ban. "
        "Ban co the tu dang ky tai khoan. BHXH khong gui duong dan."
    ),
    "trusted_ask": (
        "BHXH: mot nguoi quen muon so nay nhan giup ma cua ho. Neu dong y, doc ma {code} cho ho, "
        "han {minutes} phut. BHXH khong gui duong dan."
    ),
    "trusted_code": (
        "BHXH: ma xac nhan {code} cua nguoi quen nho ban nhan giup, han {minutes} phut. "
        "Chi dua cho chinh nguoi do. BHXH khong gui duong dan."
    ),
    "trusted_activation": (
        "BHXH: nhan giup nguoi quen: tai khoan {account}, mat khau {password}, han {hours} gio. "
        "Chi dua cho nguoi do. BHXH khong gui duong dan."
    ),
    "trusted_used": (
        "BHXH: ma cua ban vua duoc gui ca den dien thoai nguoi tin cay. "
        "Neu ban khong yeu cau, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "trusted_named": (
        "BHXH: ban vua them nguoi tin cay nhan giup ma. "
        "Neu ban khong lam, goi 1900 9068. BHXH khong gui duong dan."
    ),
}
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
    if isinstance(value, Redacted):
        return value.reveal()
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
