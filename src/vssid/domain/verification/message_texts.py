"""The texts that carry a code.

SMS are without diacritics, one GSM part, no link. Facts: `notifications.outbox.templates`.
"""

from __future__ import annotations

SMS: dict[str, str] = {
    "phone_code": (
        "BHXH: ma xac nhan {code}, het han sau {minutes} phut. "
        "Khong dua ma cho bat ky ai, ke ca nguoi tu xung can bo BHXH. BHXH khong gui duong dan."
    ),
}
SMS_ENGLISH: dict[str, str] = {
    "phone_code": (
        "BHXH: confirmation code {code}, good for {minutes} minutes. "
        "Give it to nobody, not even to an officer. BHXH never sends links."
    ),
}
