"""What the first coming in says of codes and names that are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.employers import errors
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import DomainError
from vssid.web.ui.templatetags.ui import ngay, ngay_gio

TAKEN = gettext_lazy("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")
WRONG: Mapping[tuple[str, str], Any] = {
    ("username", "bad_username"): gettext_lazy(
        "Tên đăng nhập gồm 2–40 chữ thường không dấu, chữ số, dấu . _ -; không chỉ là số."
    ),
    ("name", "required"): gettext_lazy("Hãy nhập họ và tên."),
    ("name", "too_long"): gettext_lazy("Họ và tên dài quá 120 ký tự."),
}
_SAYS: Mapping[type[DomainError], Any] = {
    errors.WrongCode: gettext_lazy(
        "Mã mời này không đúng. Hãy nhập lại như trong thư; chữ hoa, chữ thường và dấu gạch đều được."
    ),
    errors.TooManyTries: gettext_lazy(
        "Mã mời này đã bị nhập sai nhiều lần nên không dùng được nữa. Hãy đề nghị cơ quan BHXH cấp mã mới."
    ),
    errors.CodeCancelled: gettext_lazy(
        "Mã mời này đã bị thu hồi hoặc đã có mã mới thay thế. Hãy dùng thư mới nhất."
    ),
    errors.CodeOfAnother: gettext_lazy(
        "Mã mời này không phải của đơn vị vừa nhập. Hãy kiểm tra mã đơn vị trong cùng một thư."
    ),
    errors.EmployerIn: gettext_lazy(
        "Đơn vị đã có người quản trị. Hãy đề nghị người đó thêm bạn, hoặc liên hệ cơ quan BHXH."
    ),
}


def wrong(field: str, code: str) -> Any:
    """A sentence beside a field."""
    return WRONG.get((field, code), _("Chưa đúng."))


def refused(why: DomainError) -> Any:
    """A sentence beside the code: what is wrong, and what to do."""
    if isinstance(why, errors.CodeUsed):
        return _(
            "Mã mời này đã được dùng lúc %(at)s. Nếu không phải người của đơn vị, hãy báo cơ quan BHXH ngay."
        ) % {"at": ngay_gio(why.at)}
    if isinstance(why, errors.CodeExpired):
        return _("Mã mời này hết hạn lúc %(at)s. Hãy đề nghị cơ quan BHXH cấp mã mới.") % {
            "at": ngay_gio(why.at)
        }
    if isinstance(why, errors.EmployerOver):
        return _("Đơn vị đã ngừng tham gia hoặc sáp nhập từ ngày %(day)s. Hãy liên hệ cơ quan BHXH.") % {
            "day": ngay(why.since)
        }
    if isinstance(why, Limited):
        return _("Đã thử nhiều lần liên tiếp. Thử lại được từ %(at)s.") % {"at": ngay_gio(why.retry_at)}
    return _SAYS.get(type(why), _("Mã mời này chưa dùng được. Hãy liên hệ cơ quan BHXH."))
