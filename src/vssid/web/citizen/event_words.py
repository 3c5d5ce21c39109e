"""What the log says, in plain words for the person it is about."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.privacy.views import Seen

WHAT: dict[str, str | Promise] = {
    "account.opened": gettext_lazy("Mở tài khoản"),
    "account.activation_renewed": gettext_lazy("Gửi lại mật khẩu kích hoạt"),
    "account.signed_in": gettext_lazy("Đăng nhập"),
    "account.password_set": gettext_lazy("Đặt mật khẩu"),
    "account.moved": gettext_lazy("Gộp tài khoản của mã số BHXH khác vào tài khoản này"),
    "account.closed": gettext_lazy("Đóng tài khoản"),
    "application.submitted": gettext_lazy("Gửi hồ sơ đăng ký"),
    "application.form_received": gettext_lazy("Nhận tờ khai"),
    "application.original_seen": gettext_lazy("Xem giấy tờ gốc"),
    "application.viewed": gettext_lazy("Mở xem hồ sơ đăng ký của bạn"),
    "application.photo_viewed": gettext_lazy("Xem ảnh giấy tờ trong hồ sơ của bạn"),
    "application.photos_erased": gettext_lazy("Xóa ảnh giấy tờ của hồ sơ đã xong"),
    "application.reminded": gettext_lazy("Nhắc hạn nộp tờ khai"),
    "application.approved": gettext_lazy("Duyệt hồ sơ đăng ký"),
    "application.refused": gettext_lazy("Từ chối hồ sơ đăng ký"),
    "application.withdrawn": gettext_lazy("Rút hồ sơ đăng ký"),
    "application.expired": gettext_lazy("Hồ sơ đăng ký hết hạn"),
    "person.merged": gettext_lazy("Gộp hai mã số BHXH của bạn"),
    "statement.issued": gettext_lazy("Cấp bản xác nhận C14-TS"),
    "statement.checked": gettext_lazy("Kiểm tra bản xác nhận C14-TS của bạn"),
    "guardian.linked": gettext_lazy("Cho một người giám hộ xem hồ sơ của bạn"),
    "guardian.looked": gettext_lazy("Xem hồ sơ của bạn"),
    "guardian.ended": gettext_lazy("Người giám hộ thôi xem hồ sơ của bạn"),
    "trusted.asked": gettext_lazy("Mời một người tin cậy nhận giúp mã"),
    "trusted.agreed": gettext_lazy("Người tin cậy đồng ý nhận giúp mã"),
    "trusted.used": gettext_lazy("Gửi mã cả cho người tin cậy"),
    "trusted.removed": gettext_lazy("Bỏ người tin cậy"),
    "data.exported": gettext_lazy("Tải dữ liệu của bạn"),
}


def what(one: Seen) -> str:
    """What happened; a kind without words of its own is still told."""
    return str(WHAT.get(one.kind) or _("Một việc khác đã được ghi lại"))


def who(one: Seen) -> str:
    """Who did it: an officer by the office, never by name."""
    if one.kind == "statement.checked":
        return _("Người có mã của bản xác nhận")
    if one.by == "officer":
        return _("Cán bộ · %(office)s") % {"office": one.office} if one.office else _("Cán bộ")
    if one.by == "system":
        return _("Hệ thống")
    if one.kind.startswith("guardian."):
        return _("Người giám hộ")
    return _("Người nộp hồ sơ") if one.kind.startswith("application.") else _("Bạn")
