"""The e-mails about an account, in Vietnamese as people write it. Kinds and facts as in the SMS texts."""

from __future__ import annotations

_ASK = "Không đưa mã cho bất kỳ ai, kể cả người xưng là cán bộ BHXH."
_CODE = "{code}\nMã dùng được trong {minutes} phút."
_NOT_YOU = "Nếu không phải bạn làm, hãy gọi tổng đài 1900 9068."
_END = "\n\nBHXH không bao giờ gửi đường dẫn trong thư hay tin nhắn.\n"

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
    "password_reset": (
        "Mật khẩu đã đặt lại",
        f"Mật khẩu đã đặt lại lúc {{at}}; các máy khác đã đăng xuất. {_NOT_YOU}",
    ),
    "password_reissued": (
        "Đã cấp mật khẩu kích hoạt mới",
        f"Cán bộ đã cấp mật khẩu kích hoạt mới lúc {{at}} sau khi xem giấy tờ gốc. {_NOT_YOU}",
    ),
    "new_device": ("Đăng nhập trên máy mới", f"Tài khoản vừa đăng nhập trên máy mới lúc {{at}}. {_NOT_YOU}"),
    "passkey_added": (
        "Đã thêm khóa truy cập",
        f"Tài khoản vừa thêm một khóa truy cập lúc {{at}}. {_NOT_YOU}",
    ),
    "passkey_suspect": (
        "Đã ngừng một khóa truy cập",
        f"Một khóa truy cập có dấu hiệu bị sao chép và đã ngừng dùng lúc {{at}}. {_NOT_YOU}",
    ),
    "contact_asked": (
        "Có yêu cầu đổi số điện thoại",
        f"Lúc {{at}} có yêu cầu đổi số điện thoại của tài khoản tại cơ quan BHXH. {_NOT_YOU}",
    ),
    "phone_changed": (
        "Đã đổi số điện thoại",
        f"Số điện thoại của tài khoản đã đổi sang số {{masked}} lúc {{at}}. {_NOT_YOU}",
    ),
    "email_changed": ("Đã đổi e-mail", f"E-mail của tài khoản đã đổi lúc {{at}}. {_NOT_YOU}"),
    "account_frozen": (
        "Tài khoản đã khóa",
        "Tài khoản đã khóa lúc {at}, mọi máy đã đăng xuất. Mở lại tại cơ quan BHXH hoặc trong mục Mở khóa.",
    ),
    "account_thawed": ("Tài khoản đã mở khóa", f"Tài khoản đã mở khóa lúc {{at}}. {_NOT_YOU}"),
    "closing_asked": (
        "Tài khoản sẽ đóng",
        "Tài khoản sẽ đóng ngày {close} theo yêu cầu. Đổi ý: đăng nhập và chọn “Giữ tài khoản”.",
    ),
    "closing_undone": ("Đã hủy yêu cầu đóng tài khoản", "Yêu cầu đóng tài khoản đã hủy lúc {at}."),
    "account_closed": (
        "Tài khoản đã đóng",
        "Tài khoản đã đóng. Dữ liệu BHXH, BHYT của bạn vẫn còn, thẻ vẫn dùng được.",
    ),
    "request_refused": (
        "Yêu cầu chưa được chấp nhận",
        "Yêu cầu về tài khoản tại cơ quan BHXH chưa được chấp nhận. Gọi 1900 9068 để biết lý do.",
    ),
}


def render(kind: str, **facts: str) -> tuple[str, str]:
    """Subject and text of a kind. A missing fact is a KeyError."""
    subject, text = TEXTS[kind]
    return f"BHXH: {subject}", text.format_map(facts) + _END
