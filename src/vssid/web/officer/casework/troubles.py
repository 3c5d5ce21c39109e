"""Why a button did nothing, in the words shown beside the buttons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.errors import SecondNeeded
from vssid.domain.casework.errors import AlreadyMoved
from vssid.domain.casework.own_files import OwnFile
from vssid.kernel.errors import Invalid

from .words import Words, at

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
NOT_WRITTEN = gettext_lazy("Thao tác vừa rồi không được ghi. Hồ sơ ở trang này là bản mới nhất.")
NEWEST = gettext_lazy("Hồ sơ ở trang này là bản mới nhất.")
INCOMPLETE = Trouble(
    422, gettext_lazy("Chưa từ chối được"), gettext_lazy("Hãy bổ sung phần được đánh dấu rồi gửi lại.")
)


def wrong(invalid: Invalid) -> list[tuple[str, Words]]:
    """(field, words) of a form with reasons that is not complete."""
    return [(name, WRONG.get((name, code), _("Chưa đúng."))) for name, code in invalid.fields.items()]


def not_ready(missing: Iterable[Words]) -> Trouble:
    """Approval still waits for something."""
    return Trouble(409, _("Chưa duyệt được"), _("Hồ sơ còn thiếu:"), tuple(missing))


def was_first(
    refused: AlreadyMoved,
    patterns: Mapping[str, Words],
    officer_name: str,
    *,
    person: Words = "",
    text: Words = NOT_WRITTEN,
) -> Trouble:
    """`Hạnh đã duyệt hồ sơ này lúc 14:03, 22/11/2026`: the pattern of the state it stands in now.

    `person`: who moved it when no name is written down.
    """
    who = _("Bạn") if refused.by and refused.by == officer_name else refused.by or person
    title = str(patterns.get(refused.state, "%(who)s, %(at)s")) % {"who": who, "at": at(refused.at)}
    return Trouble(409, title, text)


def second(refused: SecondNeeded) -> Trouble:
    """Who set the phone sends no password to it."""
    said = _("Số điện thoại của tài khoản do chính bạn vừa đổi. Cán bộ khác thực hiện, hoặc đợi đến %(at)s.")
    return Trouble(409, _("Cần cán bộ thứ hai"), said % {"at": at(refused.facts["at"])})


CLOSE: dict[str, Words] = {
    "own": gettext_lazy("Hồ sơ này là của chính bạn"),
    "household": gettext_lazy("Hồ sơ này của người cùng hộ gia đình với bạn"),
    "guardian": gettext_lazy("Hồ sơ này của người bạn đang giám hộ"),
    "trusted": gettext_lazy("Hồ sơ này của người đã chọn bạn làm người tin cậy"),
}


def own_file(refused: OwnFile) -> Trouble:
    """The officer is close to the person: a colleague does it."""
    return Trouble(
        409, CLOSE[refused.how], _("Thao tác vừa rồi không được ghi. Đồng nghiệp khác phải xử lý.")
    )


def older() -> Trouble:
    """The phone was put back behind the program's back: nothing is sent there."""
    return Trouble(
        409,
        _("Chưa gửi mật khẩu"),
        _(
            "Số điện thoại đang lưu của tài khoản không khớp với lần thay đổi gần nhất. Hãy báo người quản "
            "trị, đổi số điện thoại tại quầy cùng bản chính giấy tờ, rồi thực hiện lại."
        ),
    )
