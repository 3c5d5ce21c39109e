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
