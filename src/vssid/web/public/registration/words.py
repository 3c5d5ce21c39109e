"""The sentences for what the registration refuses besides single fields (`ui.words.registration_words`)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.kernel.calendar import VIETNAM, local_day
from vssid.kernel.errors import DomainError
from vssid.web.ui.words import text_limit_words
from vssid.web.ui.words.photo_words import BAD_IMAGES as BAD_IMAGES
from vssid.web.ui.words.photo_words import PROBLEMS as PROBLEMS
from vssid.web.ui.words.registration_words import of as of
from vssid.web.ui.words.registration_words import refuse as refuse
from vssid.web.ui.words.registration_words import unprintable as unprintable


def moment(at: datetime, now: datetime) -> str:
    """`14:05`, with the day when it is not today."""
    there = at.astimezone(VIETNAM)
    if local_day(at) == local_day(now):
        return f"{there:%H:%M}"
    return _("%(time)s ngày %(day)s") % {"time": f"{there:%H:%M}", "day": f"{there:%d/%m/%Y}"}


def of_code(refused: DomainError, now: datetime) -> str:
    """The sentence for a six-digit code that was not taken."""
    if isinstance(refused, WrongCode):
        return _("Mã chưa đúng. Bạn còn %(left)s lần thử.") % {"left": refused.tries_left}
    if isinstance(refused, CodeExpired):
        return _("Mã này không còn dùng được. Hãy bấm “Gửi mã mới”.")
    if isinstance(refused, Limited):
        return limited(refused, now)
    raise refused


def limited(refused: Limited, now: datetime) -> str:
    """The sentence for too many tries: when the next is taken."""
    if texts := text_limit_words.used_up(refused.facts):
        return texts
    return _("Đã thử nhiều lần liên tiếp. Bạn thử lại được từ %(when)s. Nội dung đã nhập không bị mất.") % {
        "when": moment(refused.retry_at, now)
    }
