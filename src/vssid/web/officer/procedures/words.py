"""Codes of procedures in the words of the console, and why something was not done."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.procedures.definition.shapes import Words
from vssid.domain.procedures.errors import AlreadyMoved, CannotWrite
from vssid.domain.procedures.states import State

from ..casework import troubles
from ..casework.troubles import Trouble

STATES: dict[State, tuple[Words, str]] = {
    State.SUBMITTED: (gettext_lazy("Chờ tiếp nhận"), "plain"),
    State.IN_REVIEW: (gettext_lazy("Đang xử lý"), "warn"),
    State.MORE_NEEDED: (gettext_lazy("Chờ người dân bổ sung"), "plain"),
    State.DONE: (gettext_lazy("Đã phê duyệt"), "good"),
    State.REFUSED: (gettext_lazy("Đã từ chối"), "bad"),
    State.WITHDRAWN: (gettext_lazy("Người dân đã rút"), "plain"),
}
MOVES: dict[str, Words] = {
    "submit": gettext_lazy("gửi hồ sơ"),
    "accept": gettext_lazy("tiếp nhận"),
    "ask_more": gettext_lazy("yêu cầu bổ sung"),
    "answer": gettext_lazy("gửi bổ sung"),
    "approve": gettext_lazy("phê duyệt"),
    "refuse": gettext_lazy("từ chối"),
    "withdraw": gettext_lazy("rút hồ sơ"),
}
DONE: dict[str, Words] = {
    "tiep-nhan": gettext_lazy("Đã tiếp nhận. Người dân thấy ngay trên trang của mình."),
    "bo-sung": gettext_lazy("Đã gửi yêu cầu bổ sung. Thời hạn được tính lại từ khi người dân gửi bổ sung."),
    "dong-y": gettext_lazy("Đã phê duyệt. Người dân được nhắn tin báo."),
    "tu-choi": gettext_lazy("Đã từ chối. Người dân được nhắn tin báo."),
}
CANNOT: dict[str, Words] = {
    "id_taken": gettext_lazy("Số CCCD này đang thuộc về một người khác trong dữ liệu. Hãy kiểm tra lại."),
    "no_coverage": gettext_lazy("Người này không có thẻ BHYT còn giá trị từ ngày đó."),
    "no_such_person": gettext_lazy("Không còn người này trong dữ liệu, có thể mã số đã gộp."),
    "register_busy": gettext_lazy("Dữ liệu đang được nhập. Hãy thử lại sau một phút."),
}
_FIRST: dict[str, Words] = {
    State.SUBMITTED: gettext_lazy("Hồ sơ này chưa được tiếp nhận"),
    State.IN_REVIEW: gettext_lazy("%(who)s đã tiếp nhận hồ sơ này lúc %(at)s"),
    State.MORE_NEEDED: gettext_lazy("%(who)s đã yêu cầu bổ sung lúc %(at)s"),
    State.DONE: gettext_lazy("%(who)s đã phê duyệt lúc %(at)s"),
    State.REFUSED: gettext_lazy("%(who)s đã từ chối lúc %(at)s"),
    State.WITHDRAWN: gettext_lazy("%(who)s đã rút hồ sơ lúc %(at)s"),
}

DOUBTS: dict[str, Words] = {
    "number.sex": gettext_lazy("Giới tính không khớp với số CCCD"),
    "number.birth_date": gettext_lazy("Năm sinh không khớp với số CCCD"),
    "person.name_and_birth": gettext_lazy("Đề nghị sửa cả họ tên lẫn ngày sinh"),
    "repeated.approved": gettext_lazy("Trong 30 ngày qua đã phê duyệt một hồ sơ cùng loại của người này"),
    "card.ended": gettext_lazy("Người này hôm nay không có thẻ BHYT còn giá trị"),
    "facility.unlisted": gettext_lazy("Cơ sở đề nghị không còn trong danh bạ"),
    "facility.level": gettext_lazy("Cơ sở đề nghị không thuộc cấp được đăng ký ban đầu"),
}


def doubts(codes: Iterable[str]) -> list[Words]:
    """What speaks against approving."""
    return [DOUBTS.get(code, code) for code in codes]


REFUSALS = (AlreadyMoved, CannotWrite)


def trouble(refused: AlreadyMoved | CannotWrite, officer_name: str) -> Trouble:
    """What to tell an officer about one of the refusals."""
    if isinstance(refused, CannotWrite):
        return Trouble(409, _("Chưa ghi được vào dữ liệu"), CANNOT.get(refused.reason, refused.reason))
    return troubles.was_first(refused, _FIRST, officer_name, person=_("Người dân"))
