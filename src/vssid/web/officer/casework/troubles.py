"""What was done, or why it was not, in the words shown beside the buttons."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.errors import AlreadyHasAccount, NotActivating, SecondNeeded
from vssid.domain.registration.errors import AlreadyDecided, NotOpen, NotReady, PastDue
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.errors import DomainError, Invalid

from ..registration.words import Words, missing

DONE: dict[str, Words] = {
    "to-khai": gettext_lazy("Đã ghi nhận tờ khai."),
    "ban-chinh": gettext_lazy("Đã ghi nhận đối chiếu bản chính."),
    "tra-to-khai": gettext_lazy("Đã bỏ ghi nhận tờ khai. Hạn nộp của người dân tiếp tục được tính."),
    "bo-ban-chinh": gettext_lazy("Đã bỏ ghi nhận đối chiếu bản chính."),
    "duyet": gettext_lazy("Đã duyệt. Mật khẩu kích hoạt đang được gửi."),
    "tu-choi": gettext_lazy("Đã từ chối. Người nộp được nhắn tin báo."),
    "gui-lai": gettext_lazy("Đang gửi mật khẩu mới. Mật khẩu trước không còn dùng được."),
}
WRONG: dict[tuple[str, str], Words] = {
    ("reasons", "required"): gettext_lazy("Chọn ít nhất một lý do."),
    ("reasons", "bad_choice"): gettext_lazy("Có lý do không nằm trong danh mục. Hãy chọn lại."),
    ("text", "required"): gettext_lazy("Viết lời nhắn để người nộp biết cần làm gì."),
    ("text", "too_long"): gettext_lazy("Lời nhắn dài quá 1.000 ký tự. Hãy viết ngắn lại."),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A refusal: HTTP status, title, text, and a list when there is one."""

    status: int
    title: Words
    text: Words = ""
    items: tuple[Words, ...] = ()


NOT_YET = gettext_lazy("Chưa gửi được")
INCOMPLETE = Trouble(
    422, gettext_lazy("Chưa từ chối được"), gettext_lazy("Hãy bổ sung phần được đánh dấu rồi gửi lại.")
)


def wrong(invalid: Invalid) -> list[tuple[str, Words]]:
    """(field, words) of a refusal form that is not complete."""
    return [(name, WRONG.get((name, code), _("Chưa đúng."))) for name, code in invalid.fields.items()]


def of(refused: DomainError, officer_name: str) -> Trouble:
    """What to tell an officer about a refusal of the domain."""
    if isinstance(refused, AlreadyDecided):
        return Trouble(
            409,
            decided(refused, officer_name),
            _("Thao tác vừa rồi không được ghi. Hồ sơ ở trang này là bản mới nhất."),
        )
    if isinstance(refused, NotReady):
        return Trouble(409, _("Chưa duyệt được"), _("Hồ sơ còn thiếu:"), tuple(missing(refused.missing)))
    if isinstance(refused, PastDue):
        return Trouble(
            409,
            _("Đã quá hạn nộp tờ khai"),
            _("Không nhận tờ khai được nữa. Hồ sơ sẽ tự đóng; người nộp có thể gửi hồ sơ mới."),
        )
    return _about_account(refused)


def second(refused: SecondNeeded) -> Trouble:
    """Who set the phone sends no password to it."""
    at = refused.facts["at"].astimezone(VIETNAM).strftime("%H:%M, %d/%m/%Y")
    return Trouble(
        409,
        _("Cần cán bộ thứ hai"),
        _("Số điện thoại của tài khoản do chính bạn vừa đổi. Cán bộ khác thực hiện, hoặc đợi đến %(at)s.")
        % {"at": at},
    )


def _about_account(refused: DomainError) -> Trouble:
    if isinstance(refused, SecondNeeded):
        return second(refused)
    if isinstance(refused, AlreadyHasAccount):
        return Trouble(
            409,
            _("Người đăng ký đã có tài khoản"),
            _("Không tạo thêm tài khoản được. Hãy từ chối với đúng lý do này và hướng dẫn đăng nhập."),
        )
    if isinstance(refused, NotActivating):
        return Trouble(
            409,
            _("Không cần gửi lại"),
            _("Người dân đã đăng nhập và đặt mật khẩu riêng, nên mật khẩu kích hoạt không còn cần nữa."),
        )
    assert isinstance(refused, NotOpen)
    return Trouble(
        409, _("Tình trạng hồ sơ không cho phép thao tác này"), _("Hãy xem tình trạng mới nhất ở trang này.")
    )


def decided(refused: AlreadyDecided, officer_name: str) -> Words:
    """`Hạnh đã duyệt hồ sơ này lúc 14:03, 22/11/2026.`"""
    at = refused.at.astimezone(VIETNAM).strftime("%H:%M, %d/%m/%Y") if refused.at else "–"
    who = _("Bạn") if refused.by and refused.by == officer_name else refused.by
    patterns = {
        "approved": _("%(who)s đã duyệt hồ sơ này lúc %(at)s"),
        "refused": _("%(who)s đã từ chối hồ sơ này lúc %(at)s"),
        "withdrawn": _("Người nộp đã rút hồ sơ này lúc %(at)s"),
        "expired": _("Hồ sơ này đã đóng vì quá hạn lúc %(at)s"),
    }
    return patterns.get(refused.state, "%(who)s, %(at)s") % {"who": who, "at": at}
