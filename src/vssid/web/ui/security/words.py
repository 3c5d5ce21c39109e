"""What the pages say of codes that are refused."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from vssid.domain.accounts.factors.errors import ClockOff, UsedFactor
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import DomainError

from ..templatetags.ui import ngay_gio as when


def refused(why: DomainError) -> str:
    """A sentence beside the field: what is wrong, and what to do."""
    if isinstance(why, ClockOff):
        return _clock(why.off)
    if isinstance(why, UsedFactor):
        return _("Mã này đã được dùng. Hãy chờ ứng dụng hiện mã mới, khoảng nửa phút.")
    if isinstance(why, Limited):
        return _("Đã thử nhiều lần liên tiếp. Thử lại được từ %(at)s.") % {"at": when(why.retry_at)}
    return _("Mã chưa đúng. Hãy nhập mã đang hiện trong ứng dụng; giờ của điện thoại phải đặt tự động.")


def _clock(off: timedelta) -> str:
    minutes = max(1, round(abs(off.total_seconds()) / 60))
    said = (
        _("Đồng hồ của điện thoại chậm khoảng %(minutes)s phút.")
        if off > timedelta(0)
        else _("Đồng hồ của điện thoại nhanh khoảng %(minutes)s phút.")
    )
    then = _("Hãy bật đặt giờ tự động trên điện thoại rồi nhập mã mới.")
    return f"{said % {'minutes': minutes}} {then}"
