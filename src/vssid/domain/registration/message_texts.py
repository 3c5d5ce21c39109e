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
