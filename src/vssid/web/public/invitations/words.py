"""What a worker reads of an invitation that opens nothing."""

from __future__ import annotations

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.employers.errors import EmployerOver
from vssid.domain.employers.invitations.errors import (
    InvitationEnded,
    InvitationExpired,
    UnknownInvitation,
    WrongProof,
)
from vssid.domain.verification.errors import Limited
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import DomainError

from ..registration import words

CLOSED = (UnknownInvitation, InvitationExpired, InvitationEnded, EmployerOver)
ONE_OF = gettext_lazy("Hãy nhập ngày sinh hoặc số CCCD của bạn.")
_ENDED: dict[str, str | Promise] = {
    "not_me": gettext_lazy("Lời mời này đã dừng vì gửi nhầm người."),
    "stop": gettext_lazy("Lời mời này đã dừng theo yêu cầu của người nhận."),
    "left": gettext_lazy("Người được mời không còn trong danh sách của đơn vị."),
    "no_way": gettext_lazy("Lời mời này không gửi đi được."),
    "over": gettext_lazy("Đơn vị không còn hoạt động."),
}


def refused(error: DomainError, now: datetime) -> str:
    """The sentence for a code that opens nothing, or a proof that was not right."""
    if isinstance(error, UnknownInvitation):
        return _("Không có lời mời nào mang mã này. Hãy xem lại từng chữ và số.")
    if isinstance(error, InvitationExpired):
        return _("Mã này đã hết hạn ngày %(day)s. Hãy xin đơn vị mời lại.") % {
            "day": f"{local_day(error.at):%d/%m/%Y}"
        }
    if isinstance(error, InvitationEnded):
        return str(_ENDED[error.why])
    if isinstance(error, EmployerOver):
        return str(_ENDED["over"])
    if isinstance(error, WrongProof):
        return _("Chưa đúng với người được mời. Hãy xem lại; sai nhiều lần thì phải chờ.")
    if isinstance(error, Limited):
        return words.limited(error, now)
    raise error
