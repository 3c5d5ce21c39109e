"""The texts about an application.

SMS are without diacritics, one GSM part, no link. Facts: `notifications.outbox.templates`.
"""

from __future__ import annotations

SMS: dict[str, str] = {
    "application_received": (
        "BHXH: da nhan ho so {number}. Mang to khai da ky va ban chinh giay to den {office} "
        "cham nhat ngay {due}. BHXH khong gui duong dan."
    ),
    "reminder": (
        "BHXH: ho so {number} con {days_left} ngay, cham nhat ngay {due}. "
        "Mang to khai da ky va ban chinh giay to den {office}. BHXH khong gui duong dan."
    ),
    "application_unsigned": (
        "BHXH: to khai cua ho so {number} chua ky nen duoc tra lai. Hay ky va nop lai cham nhat ngay {due}. "
        "BHXH khong gui duong dan."
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
}
SMS_ENGLISH: dict[str, str] = {
    "application_received": (
        "BHXH: file {number} received. Bring the signed form and original papers to {office} by {due}. "
        "BHXH never sends links."
    ),
    "reminder": (
        "BHXH: file {number}: {days_left} days left, until {due}. "
        "Bring the signed form and original papers to {office}. BHXH never sends links."
    ),
    "application_unsigned": (
        "BHXH: the form of file {number} was not signed and was given back. Sign it and hand it in by {due}. "
        "BHXH never sends links."
    ),
    "application_expired": (
        "BHXH: file {number} has run out, as the original papers were not seen. You may send a new one. "
        "BHXH never sends links."
    ),
    "application_refused": (
        "BHXH: file {number} was not approved. Look it up by its number and your phone for the "
        "reason and how to correct it. BHXH never sends links."
    ),
    "application_withdrawn": (
        "BHXH: file {number} was withdrawn as asked. If this was not you, call 1900 9068. "
        "BHXH never sends links."
    ),
}
