"""The texts about a request.

SMS are without diacritics, one GSM part, no link. Facts: `notifications.outbox.templates`.
"""

from __future__ import annotations

SMS: dict[str, str] = {
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
}
SMS_ENGLISH: dict[str, str] = {
    "procedure_done": (
        "BHXH: file {number} has a result. Sign in and open Public services to see it. Questions: "
        "1900 9068. BHXH never sends links."
    ),
    "procedure_refused": (
        "BHXH: file {number} was refused. Sign in and open Public services for the reason. Questions: "
        "1900 9068. BHXH never sends links."
    ),
    "procedure_more": (
        "BHXH: file {number} needs more. Sign in and open Public services to send it. Questions: "
        "1900 9068. BHXH never sends links."
    ),
}
