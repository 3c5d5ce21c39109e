"""What the account pages say about refusals, and the account's history in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.audit.queries import EventView
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.errors import DomainError
from vssid.web.ui.words import text_limit_words

EVENTS: dict[str, str | Promise] = {
    "account.opened": gettext_lazy("Mở tài khoản"),
    "account.activation_renewed": gettext_lazy("Cơ quan BHXH gửi mật khẩu kích hoạt mới"),
    "account.signed_in": gettext_lazy("Đăng nhập"),
    "account.password_set": gettext_lazy("Đặt mật khẩu"),
    "account.password_reset": gettext_lazy("Đặt lại mật khẩu bằng mã xác nhận"),
    "account.passkey_added": gettext_lazy("Thêm khóa truy cập"),
    "account.passkey_removed": gettext_lazy("Xóa khóa truy cập"),
    "account.passkey_suspect": gettext_lazy("Hỏi lại về một khóa truy cập: lần dùng bất thường"),
    "account.passkey_vouched": gettext_lazy("Xác nhận một khóa truy cập là của mình"),
    "account.contact_asked": gettext_lazy("Yêu cầu đổi số điện thoại hoặc e-mail"),
    "account.phone_changed": gettext_lazy("Đổi số điện thoại"),
    "account.email_changed": gettext_lazy("Đổi e-mail"),
    "account.frozen": gettext_lazy("Khóa tài khoản"),
    "account.thawed": gettext_lazy("Mở khóa tài khoản"),
    "account.closing_asked": gettext_lazy("Yêu cầu đóng tài khoản"),
    "account.closing_undone": gettext_lazy("Giữ lại tài khoản"),
    "account.request_made": gettext_lazy("Gửi yêu cầu đến cơ quan BHXH"),
    "account.request_withdrawn": gettext_lazy("Rút yêu cầu"),
    "account.request_viewed": gettext_lazy("Cán bộ xem yêu cầu"),
    "account.original_seen": gettext_lazy("Cán bộ đối chiếu bản chính giấy tờ"),
    "account.request_done": gettext_lazy("Cán bộ thực hiện yêu cầu"),
    "account.desk_reviewed": gettext_lazy("Người phụ trách xem lại việc làm tại quầy"),
    "account.request_refused": gettext_lazy("Cán bộ từ chối yêu cầu"),
    "account.request_expired": gettext_lazy("Yêu cầu hết hạn"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history."""

    at: datetime
    what: str | Promise
    who: str


def history(events: Iterable[EventView]) -> list[Line]:
    """What happened to the account, newest first; only what its owner has words for."""
    return [
        Line(event.at, EVENTS[event.kind], event.actor_name if event.actor_kind == "officer" else "")
        for event in events
        if event.kind in EVENTS
    ]


def moment(at: datetime) -> str:
    """`14:03, 22/11/2026` in Việt Nam."""
    return at.astimezone(VIETNAM).strftime("%H:%M, %d/%m/%Y")


def limited(refused: Limited) -> str:
    """Too many tries: when the next is taken."""
    if texts := text_limit_words.used_up(refused.facts):
        return texts
    words = _("Đã thử nhiều lần liên tiếp. Bạn thử lại được từ %(when)s. Tài khoản không bị khóa.")
    return words % {"when": moment(refused.retry_at)}


def of_code(refused: DomainError) -> str:
    """The sentence for a six-digit code that was not taken. Anything else is raised again."""
    if isinstance(refused, WrongCode):
        return _("Mã chưa đúng. Bạn còn %(left)s lần thử.") % {"left": refused.tries_left}
    if isinstance(refused, CodeExpired):
        return _("Mã này không còn dùng được. Hãy bấm “Gửi mã mới”.")
    if isinstance(refused, Limited):
        return limited(refused)
    raise refused
