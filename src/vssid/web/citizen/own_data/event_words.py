"""What the log says, in plain words for the person it is about."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vssid.domain.privacy.views import Seen
from vssid.web.ui.words.event_words import WHAT


def what(seen: Seen) -> str:
    """What happened; a kind without words of its own is still told."""
    return str(WHAT.get(seen.kind) or _("Một việc khác đã được ghi lại"))


def who(seen: Seen) -> str:
    """Who did it: an officer by the office, never by name."""
    if seen.kind == "lookup.number_shown":
        return _("Người biết họ tên, ngày sinh, số giấy tờ và tỉnh của bạn")
    if seen.kind == "lookup.card_checked":
        return _("Người biết số thẻ, họ tên và ngày sinh của bạn")
    if seen.kind == "statement.checked":
        return _("Người có mã của bản xác nhận")
    if seen.by == "officer":
        return _("Cán bộ · %(office)s") % {"office": seen.office} if seen.office else _("Cán bộ")
    if seen.by == "employer":
        return _("Nhân sự của đơn vị")
    if seen.by == "system":
        return _("Hệ thống")
    if seen.kind.startswith("guardian."):
        return _("Người giám hộ")
    return _("Người nộp hồ sơ") if seen.kind.startswith("application.") else _("Bạn")
