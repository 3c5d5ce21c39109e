"""What HR reads of its invitations."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.employers.errors import EmployerOver
from vssid.domain.employers.invitations.rules import MOST, MOST_AT_ONCE, MOST_IN, PAUSE, Channel, Skip
from vssid.kernel.errors import DomainError

CHANNELS: Mapping[Channel, str | Promise] = {
    Channel.SMS: gettext_lazy("Tin nhắn"),
    Channel.EMAIL: gettext_lazy("E-mail"),
    Channel.SLIP: gettext_lazy("Phiếu in"),
}
_SKIPS: Mapping[Skip, str | Promise] = {
    Skip.SENT: gettext_lazy("đã gửi hồ sơ, không cần mời"),
    Skip.STOPPED: gettext_lazy("không muốn nhận lời mời của đơn vị"),
    Skip.NOT_ME: gettext_lazy("số hoặc e-mail đã ghi là của người khác; hãy gửi tệp có số đúng"),
    Skip.TODAY: gettext_lazy("vượt số tin của đơn vị trong hôm nay; mời tiếp từ ngày mai"),
}


def skipped(why: Skip, channel: Channel) -> str:
    """Why some of those chosen get nothing now."""
    if why is Skip.NO_WAY:
        sms, mail = _("đơn vị chưa ghi số điện thoại"), _("đơn vị chưa ghi e-mail")
        return sms if channel is Channel.SMS else mail
    if why is Skip.SOON:
        return _("đã được nhắn trong %(days)s ngày qua") % {"days": PAUSE.days}
    if why is Skip.ENOUGH:
        return _("đã được nhắn %(most)s lần trong %(days)s ngày") % {"most": MOST, "days": MOST_IN.days}
    if why is Skip.LATER:
        return _("vượt %(most)s người một đợt; mời tiếp ở đợt sau") % {"most": MOST_AT_ONCE[channel]}
    return str(_SKIPS[why])


def refused(error: DomainError) -> str:
    """Why nobody was invited."""
    if isinstance(error, EmployerOver):
        return _("Đơn vị không còn hoạt động nên không mời được nữa.")
    return _("Không ai trong số đã chọn mời được theo cách này lúc này.")
