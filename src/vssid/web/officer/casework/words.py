"""Words that every kind of file shares."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from vssid.kernel.calendar import VIETNAM

Words = str | Promise

PROBLEMS: dict[str, Words] = {
    "blurred": gettext_lazy("mờ"),
    "dark": gettext_lazy("tối"),
    "glare": gettext_lazy("lóa sáng"),
    "small": gettext_lazy("quá nhỏ"),
    "not_a_card": gettext_lazy("không giống thẻ"),
    "no_face": gettext_lazy("chưa thấy khuôn mặt"),
    "expired": gettext_lazy("thẻ đã hết hạn"),
    "no_qr": gettext_lazy("không đọc được mã QR"),
    "no_mrz": gettext_lazy("không đọc được dòng MRZ"),
}


def at(moment: datetime | None) -> str:
    """`14:03, 22/11/2026` in Việt Nam."""
    return moment.astimezone(VIETNAM).strftime("%H:%M, %d/%m/%Y") if moment else "–"


def waiting(since: datetime, now: datetime) -> str:
    """How long a file has been waiting: `2 ngày`, `3 giờ`, `12 phút`."""
    minutes = max(0, int((now - since) / timedelta(minutes=1)))
    if minutes < 60:
        return ngettext("%(count)d phút", "%(count)d phút", minutes) % {"count": minutes}
    if minutes < 24 * 60:
        return ngettext("%(count)d giờ", "%(count)d giờ", minutes // 60) % {"count": minutes // 60}
    days = minutes // (24 * 60)
    return ngettext("%(count)d ngày", "%(count)d ngày", days) % {"count": days}
