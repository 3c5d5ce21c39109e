"""The texts about a message to an office.

SMS are without diacritics, one GSM part, no link. Facts: `notifications.outbox.templates`.
"""

from __future__ import annotations

SMS: dict[str, str] = {
    "ticket_received": (
        "BHXH: da nhan phan anh so {number}. Giu so nay de xem tra loi o muc Tro giup. "
        "BHXH khong gui duong dan."
    ),
    "ticket_answered": (
        "BHXH: phan anh so {number} da co tra loi. Mo Tro giup, muc Phan anh, kien nghi cua toi. "
        "BHXH khong gui duong dan."
    ),
}
SMS_ENGLISH: dict[str, str] = {
    "ticket_received": (
        "BHXH: message {number} received. Keep this number to read the answer under Help. "
        "BHXH never sends links."
    ),
    "ticket_answered": (
        "BHXH: message {number} has an answer. Open Help, section My messages. BHXH never sends links."
    ),
}
