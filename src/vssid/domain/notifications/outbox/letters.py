"""Codes by e-mail, in Vietnamese as people write it. Kinds and facts as in `templates`."""

from __future__ import annotations

_ASK = "Không đưa mã cho bất kỳ ai, kể cả người xưng là cán bộ BHXH."
_CODE = "{code}\nMã dùng được trong {minutes} phút."
_END = "\n\nBHXH không bao giờ gửi đường dẫn trong thư hay tin nhắn. Tổng đài: 1900 9068.\n"

TEXTS: dict[str, tuple[str, str]] = {
    "reset_code": (
        "Mã đặt lại mật khẩu",
        f"Mã để đặt lại mật khẩu: {_CODE} Nếu bạn không yêu cầu, hãy bỏ qua. {_ASK}",
    ),
    "contact_old_code": (
        "Mã đổi số điện thoại hoặc e-mail",
        f"Mã để đổi số điện thoại hoặc e-mail của tài khoản: {_CODE} {_ASK}",
    ),
    "contact_new_code": (
        "Mã xác nhận e-mail",
        f"Mã để xác nhận e-mail này cho tài khoản BHXH: {_CODE} {_ASK}",
    ),
}


def render(kind: str, *, code: str, minutes: int) -> tuple[str, str]:
    """Subject and text. A kind that no letter is written for is a KeyError."""
    subject, text = TEXTS[kind]
    return f"BHXH: {subject}", text.format(code=code, minutes=minutes) + _END
