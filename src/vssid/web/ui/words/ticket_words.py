"""Messages to an office in words, the same for the person and the officer."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

TOPICS: dict[str, Words] = {
    "account": _("Tài khoản, đăng nhập"),
    "card": _("Thẻ bảo hiểm y tế"),
    "participation": _("Quá trình tham gia thiếu hoặc sai"),
    "benefit": _("Hưởng chế độ"),
    "personal": _("Sửa thông tin cá nhân"),
    "complaint": _("Phản ánh, kiến nghị"),
    "other": _("Việc khác"),
}
# state: (words, kind of pill)
STATES: dict[str, tuple[Words, str]] = {
    "sent": (_("Đã gửi"), "plain"),
    "read": (_("Cơ quan đang xem"), "plain"),
    "answered": (_("Đã trả lời"), "good"),
    "closed": (_("Đã đóng"), "plain"),
}
PROBLEMS: dict[tuple[str, str], Words] = {
    ("topic", "required"): _("Hãy chọn việc cần hỏi."),
    ("office_code", "required"): _("Hãy chọn cơ quan BHXH."),
    ("text", "required"): _("Hãy viết nội dung."),
    ("text", "too_long"): _("Nội dung dài tối đa 4.000 ký tự."),
    ("full_name", "required"): _("Hãy nhập họ và tên."),
    ("full_name", "too_long"): _("Họ và tên dài tối đa 100 ký tự."),
    ("phone", "bad_phone"): _("Hãy nhập số di động Việt Nam nhận được tin nhắn, ví dụ 0912 345 678."),
}
