"""What a button of a message did, and why it did nothing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vssid.domain.support.errors import NotOpenAnyMore, SameOffice
from vssid.kernel.errors import DomainError, Invalid
from vssid.web.ui.words import ticket_words

from ..casework import troubles
from ..casework.troubles import Trouble
from ..casework.words import Words

DONE: dict[str, Words] = {
    "nhan": _("Đã nhận. Người gửi thấy cơ quan đang xem."),
    "tra-loi": _("Đã gửi trả lời. Người gửi được báo."),
    "dong": _("Đã đóng phản ánh."),
    "chuyen": _("Đã chuyển phản ánh. Cơ quan mới thấy ngay; người gửi thấy tên cơ quan đang xử lý."),
}
_TROUBLES: dict[type[DomainError], Trouble] = {
    NotOpenAnyMore: Trouble(
        409,
        _("Không làm được ở tình trạng này"),
        _("Phản ánh đã đóng hoặc đã có người làm trước. Trang này là bản mới nhất."),
    ),
    SameOffice: Trouble(422, _("Chưa chuyển được"), _("Hãy chọn một cơ quan khác trong danh sách.")),
}
REFUSALS = (NotOpenAnyMore, SameOffice)


def trouble(refused: DomainError, _officer_name: str) -> Trouble:
    """What to tell an officer about one of the refusals."""
    return _TROUBLES[type(refused)]


def invalid(refused: Invalid) -> Trouble:
    """What to tell an officer about an answer that is not one."""
    return Trouble(422, troubles.NOT_YET, ticket_words.PROBLEMS["text", refused.fields["text"]])
