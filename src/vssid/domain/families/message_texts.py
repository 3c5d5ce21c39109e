"""The texts about a request for a child.

SMS are without diacritics, one GSM part, no link. Facts: `notifications.outbox.templates`.
"""

from __future__ import annotations

SMS: dict[str, str] = {
    "family_approved": (
        "BHXH: ho so {number} da duyet. Mo muc Gia dinh de xem the cua con. "
        "Neu quy vi khong gui ho so, goi 1900 9068. BHXH khong gui duong dan."
    ),
    "family_refused": (
        "BHXH: ho so {number} khong duoc duyet. Mo muc Gia dinh de xem ly do va cach sua. "
        "BHXH khong gui duong dan."
    ),
}
SMS_ENGLISH: dict[str, str] = {
    "family_approved": (
        "BHXH: file {number} is approved. Open Family for your child's card. "
        "If you sent no file, call 1900 9068. BHXH never sends links."
    ),
    "family_refused": (
        "BHXH: file {number} was not approved. Open Family for the reason and how to correct it. "
        "BHXH never sends links."
    ),
}
