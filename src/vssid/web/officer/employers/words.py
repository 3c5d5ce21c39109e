"""Employers in the words of the console."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.employers.entries.queries import Stage
from vssid.domain.employers.errors import (
    AlreadyInvited,
    EmployerIn,
    EmployerOver,
    EntryClosed,
    NoPaper,
)
from vssid.domain.employers.models.standing import Standing
from vssid.domain.employers.seats.errors import SeatEnded
from vssid.domain.employers.software.errors import SoftwareEnded
from vssid.domain.offices.policy import NotAllowed
from vssid.kernel.errors import DomainError, Invalid

from ..casework.words import Words

STAGES: Mapping[Stage, tuple[Words, str]] = {
    Stage.NOT_INVITED: (gettext_lazy("Chưa mời"), "plain"),
    Stage.INVITED: (gettext_lazy("Đã mời"), "warn"),
    Stage.IN: (gettext_lazy("Đã vào"), "good"),
}
OVER: Words = gettext_lazy("Đã ngừng")
ENTRIES: Mapping[str, tuple[Words, str]] = {
    "open": (gettext_lazy("Đang chờ đơn vị vào"), "warn"),
    "used": (gettext_lazy("Đã dùng"), "good"),
    "cancelled": (gettext_lazy("Đã thu hồi"), "plain"),
    "expired": (gettext_lazy("Hết hạn"), "plain"),
    "tried_out": (gettext_lazy("Khóa vì nhập sai nhiều lần"), "bad"),
}
WAYS: Mapping[str, Words] = {
    "letter": gettext_lazy("Thư mời"),
    "counter": gettext_lazy("Tại quầy, có giấy ủy quyền"),
}
SEATS: Mapping[str, tuple[Words, str]] = {
    "holds": (gettext_lazy("Đang giữ"), "good"),
    "later": (gettext_lazy("Chưa bắt đầu"), "warn"),
    "over": (gettext_lazy("Hết ngày cuối"), "plain"),
    "ended": (gettext_lazy("Đã kết thúc"), "plain"),
}
KINDS: Mapping[str, Words] = {
    Standing.CEASED: gettext_lazy("Ngừng hoạt động"),
    Standing.MERGED: gettext_lazy("Sáp nhập vào đơn vị khác"),
    Standing.MOVED: gettext_lazy("Chuyển sang cơ quan khác"),
}
DONE: Mapping[str, Words] = {
    "huy": gettext_lazy("Đã thu hồi thư mời. Mã của thư không còn dùng được."),
    "giay": gettext_lazy("Đã lưu giấy ủy quyền. Bây giờ có thể cấp mã tại quầy."),
    "nguoi": gettext_lazy("Đã kết thúc vai trò. Mọi phiên đăng nhập của người này đã đóng."),
    "het": gettext_lazy("Đã kết thúc mọi vai trò ở đơn vị. Mọi phiên đăng nhập đã đóng."),
    "phan-mem": gettext_lazy("Đã kết thúc phần mềm. Phần mềm không vào được nữa."),
    "tinh-trang": gettext_lazy("Đã ghi tình trạng của đơn vị."),
    "so": gettext_lazy("Đã lưu vào sổ làm việc."),
    "viec": gettext_lazy("Đã ghi là làm xong."),
    "bo": gettext_lazy("Đã bỏ ghi nhận."),
}
REFUSALS = (
    AlreadyInvited,
    EmployerIn,
    EmployerOver,
    EntryClosed,
    NoPaper,
    NotAllowed,
    SeatEnded,
    SoftwareEnded,
)


def refusal(refused: DomainError) -> str:
    """What to tell an officer about one of the refusals."""
    if isinstance(refused, AlreadyInvited):
        return _(
            "Đơn vị đang có một thư mời chưa dùng. Hãy thu hồi thư đó hoặc bấm “Cấp thư mới thay thư này”."
        )
    if isinstance(refused, EmployerIn):
        return _("Đơn vị đã có người quản trị. Người đó tự thêm người khác, không cần thư mời.")
    if isinstance(refused, EmployerOver):
        return _("Đơn vị đã ngừng hoạt động hoặc đã sáp nhập nên không mời được.")
    if isinstance(refused, NoPaper):
        return _("Không thấy giấy ủy quyền này. Hãy lưu giấy ủy quyền rồi cấp mã.")
    if isinstance(refused, NotAllowed):
        return _("Vị trí của bạn không làm được việc này với đơn vị.")
    return _("Việc này đã được làm trước đó. Hãy xem lại trang của đơn vị.")


_CORRECTION_WRONG: Mapping[tuple[str, str], Words] = {
    ("chosen", "required"): gettext_lazy("Chưa chọn đề nghị nào."),
    ("reasons", "required"): gettext_lazy("Hãy chọn cách đã sửa, hoặc lý do giữ nguyên."),
    ("reasons", "bad_choice"): gettext_lazy("Lý do không nằm trong danh mục. Hãy chọn lại."),
    ("text", "too_long"): gettext_lazy("Lời nhắn dài quá 1.000 ký tự. Hãy viết ngắn lại."),
}


def correction_wrong(invalid: Invalid) -> Words:
    """What is not filled in of an answer to a correction request."""
    return next(_CORRECTION_WRONG[field] for field in invalid.fields.items())
