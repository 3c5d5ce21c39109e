"""What the counter says of accounts, and why something was not done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.counter.states import State
from vssid.domain.accounts.errors import (
    NotActivating,
    OlderValue,
    RequestClosed,
    RequestNotReady,
    SecondNeeded,
)
from vssid.domain.accounts.models.accounts import CounterRequest
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.kernel.errors import DomainError, Invalid

from ..casework import troubles
from ..casework.troubles import Trouble
from ..casework.words import Words
from ..casework.words import at as when

KINDS: dict[str, Any] = {
    CounterRequest.PASSWORD: gettext_lazy("Cấp mật khẩu kích hoạt mới"),
    CounterRequest.PHONE: gettext_lazy("Đổi số điện thoại"),
    CounterRequest.THAW: gettext_lazy("Mở khóa tài khoản"),
    CounterRequest.FREEZE: gettext_lazy("Khóa tài khoản"),
}
STATES: dict[str, tuple[Words, str]] = {
    State.OPEN: (gettext_lazy("Đang chờ"), "warn"),
    State.DONE: (gettext_lazy("Đã xong"), "good"),
    State.REFUSED: (gettext_lazy("Đã từ chối"), "bad"),
    State.WITHDRAWN: (gettext_lazy("Người dân đã rút"), "plain"),
    State.EXPIRED: (gettext_lazy("Hết hạn"), "plain"),
}
MISSING: dict[str, Words] = {
    "original": gettext_lazy("chưa đối chiếu bản chính giấy tờ"),
    "phone": gettext_lazy("số mới chưa xác nhận bằng mã"),
    "second": gettext_lazy("số điện thoại do chính bạn vừa đổi: cán bộ khác phải thực hiện"),
    "account_phone": gettext_lazy("tài khoản không có số điện thoại: hãy đổi số trước"),
}
DOUBTS: dict[str, Words] = {
    "register.unknown": gettext_lazy("Người này không có trong dữ liệu BHXH"),
    "lately.phone": gettext_lazy("Trong 30 ngày qua quầy đã đổi số điện thoại của tài khoản này"),
    "lately.password": gettext_lazy("Trong 30 ngày qua quầy đã cấp mật khẩu mới cho tài khoản này"),
    "lately.refused": gettext_lazy("Trong 30 ngày qua yêu cầu như thế này đã bị từ chối"),
    "frozen.objected": gettext_lazy("Tài khoản bị khóa sau khi cán bộ đổi số điện thoại"),
    "phone.unreachable": gettext_lazy("Tin nhắn không đến được số điện thoại của tài khoản"),
}
WRONG: dict[str, Any] = {
    "bad_phone": gettext_lazy("Không phải số di động Việt Nam. Hãy xem lại số."),
    "bad_choice": gettext_lazy("Chọn việc cần làm."),
}
DONE: dict[str, Words] = {
    "ban-chinh": gettext_lazy("Đã ghi nhận đối chiếu bản chính."),
    "ma": gettext_lazy("Đã gửi mã đến số mới."),
    "so-moi": gettext_lazy("Số mới đã xác nhận."),
    "thuc-hien": gettext_lazy("Đã thực hiện. Người dân được nhắn tin báo."),
    "gui-lai": gettext_lazy("Đang gửi mật khẩu mới. Mật khẩu trước không còn dùng được."),
    "tu-choi": gettext_lazy("Đã từ chối. Người dân được nhắn tin báo."),
}


def limited(refused: Limited) -> str:
    """Until when nothing more is tried."""
    at = when(refused.retry_at)
    return _("Đã thử nhiều lần liên tiếp. Thử lại được từ %(at)s.") % {"at": at}


def trouble(refused: DomainError) -> Trouble:
    """What to tell an officer about one of the refusals."""
    if isinstance(refused, RequestNotReady):
        return Trouble(
            409,
            _("Chưa làm được"),
            _("Còn thiếu:"),
            tuple(MISSING[missing_code] for missing_code in refused.facts["missing"]),
        )
    if isinstance(refused, RequestClosed):
        who = refused.facts["by"] or _("Hệ thống")
        words = _("Yêu cầu này đã kết thúc: %(state)s, %(who)s.")
        state = STATES[refused.facts["state"]][0]
        return Trouble(409, words % {"state": state, "who": who}, _("Thao tác vừa rồi không được ghi."))
    if isinstance(refused, NotActivating):
        return Trouble(
            409, _("Không cần gửi lại"), _("Người dân đã đặt mật khẩu riêng, hoặc yêu cầu đã quá hạn.")
        )
    if isinstance(refused, SecondNeeded):
        return troubles.second(refused)
    if isinstance(refused, OwnFile):
        return troubles.own_file(refused)
    if isinstance(refused, OlderValue):
        return troubles.older()
    if isinstance(refused, Limited):
        return Trouble(429, _("Chưa gửi được mã"), limited(refused))
    if isinstance(refused, WrongCode):
        return Trouble(422, _("Mã chưa đúng"), _("Còn %(left)s lần thử.") % {"left": refused.tries_left})
    if isinstance(refused, CodeExpired):
        return Trouble(422, _("Mã không còn dùng được"), _("Hãy gửi mã mới đến số mới."))
    assert isinstance(refused, Invalid)
    if wrong(refused):
        return troubles.INCOMPLETE
    code = next(iter(refused.fields.values()))
    return Trouble(422, _("Chưa làm được"), WRONG.get(code, _("Chưa đúng.")))


REFUSALS = (
    RequestNotReady,
    SecondNeeded,
    OlderValue,
    OwnFile,
    RequestClosed,
    NotActivating,
    Limited,
    WrongCode,
    CodeExpired,
    Invalid,
)


def wrong(refused: DomainError) -> dict[str, Words]:
    """What is to be mended in the form of a refusal."""
    fields = dict(troubles.wrong(refused)) if isinstance(refused, Invalid) else {}
    return {name: words for name, words in fields.items() if name in ("reasons", "text")}
