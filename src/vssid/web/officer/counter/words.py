"""What the counter says, and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.errors import AlreadyHasAccount
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.registration.counter import same_person
from vssid.domain.registration.counter.unfinished import Stage
from vssid.domain.registration.counter.visitors import LONGEST, Visitor
from vssid.domain.registration.draft import steps
from vssid.domain.registration.errors import AlreadyOpen, Incomplete, NotReceiving, Unprintable
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.kernel.errors import DomainError

from ..casework import troubles
from ..casework.troubles import Trouble
from ..casework.words import Words
from ..casework.words import at as when

NOT_FOUND: Mapping[str, Words] = {
    "required": gettext_lazy("Quét thẻ, hoặc nhập mã số BHXH hay số CCCD."),
    "bad_number": gettext_lazy(
        "Đây không phải mã QR của thẻ, mã số BHXH (10 hoặc 12 số) hay số CCCD (12 số). Hãy quét lại."
    ),
}
# By kind: what it is, and the key that opens the camera for it.
PHOTOS: Mapping[ImageKind, tuple[Words, str]] = {
    ImageKind.FRONT: (gettext_lazy("Mặt trước giấy tờ"), "f"),
    ImageKind.BACK: (gettext_lazy("Mặt sau giấy tờ"), "b"),
    ImageKind.PORTRAIT: (gettext_lazy("Chân dung"), "c"),
}
# What a walk-in waits for, and its pill.
STAGES: Mapping[Stage, tuple[Words, str]] = {
    Stage.FILL: (gettext_lazy("Đang điền"), "plain"),
    Stage.SIGN: (gettext_lazy("Chờ ký tờ khai"), "plain"),
    Stage.DECIDE: (gettext_lazy("Chờ duyệt"), "warn"),
    Stage.SECOND: (gettext_lazy("Chờ cán bộ thứ hai"), "warn"),
}
CONSENT = gettext_lazy("Đánh dấu khi người dân đã đọc, hoặc đã nghe đọc, nội dung tờ khai và đồng ý gửi.")
CODE = gettext_lazy("Nhập 6 chữ số mà người dân đọc từ tin nhắn trên điện thoại của mình.")
REFUSALS = (
    AlreadyHasAccount,
    AlreadyOpen,
    CodeExpired,
    Incomplete,
    Limited,
    NotReceiving,
    OwnFile,
    Unprintable,
    WrongCode,
)


@dataclass(frozen=True, slots=True, repr=False)
class SomebodyElse:
    """Whose form is open, whose card or number was scanned, and what was scanned."""

    open: str
    scanned: str
    card: str


def somebody_else(typed: Mapping[str, str], scanned: Visitor, card: str) -> SomebodyElse:
    """Both by name and number, as far as they are known: two people may bear one name."""
    number = typed.get("id_number") or typed.get("bhxh_code") or ""
    return SomebodyElse(
        _named(typed.get("full_name", ""), number),
        _named(same_person.name_of(scanned), scanned.number),
        card[:LONGEST],
    )


def _named(name: str, number: str) -> str:
    if not number:
        return name
    return _("%(name)s (số %(number)s)") % {"name": name or _("Chưa có tên"), "number": number}


def trouble(refused: DomainError) -> Trouble:
    """What to tell an officer about one of the refusals."""
    if isinstance(refused, OwnFile):
        return troubles.own_file(refused)
    if isinstance(refused, Limited):
        said = _("Đã thử nhiều lần liên tiếp. Thử lại được từ %(at)s.") % {"at": when(refused.retry_at)}
        return Trouble(429, _("Chưa làm được"), said)
    if isinstance(refused, WrongCode):
        return Trouble(422, _("Mã chưa đúng"), _("Còn %(left)s lần thử.") % {"left": refused.tries_left})
    if isinstance(refused, CodeExpired):
        return Trouble(422, _("Mã không còn dùng được"), _("Hãy gửi mã mới rồi hỏi lại người dân."))
    if isinstance(refused, Incomplete):
        return Trouble(422, _("Chưa gửi được hồ sơ"), _incomplete(refused.step))
    if isinstance(refused, AlreadyHasAccount):
        said = _("Không đăng ký thêm được. Chọn việc cần làm với tài khoản.")
        return Trouble(409, _("Người này đã có tài khoản"), said)
    if isinstance(refused, AlreadyOpen):
        said = _("Mỗi mã số BHXH chỉ có một hồ sơ đang chờ. Mở hồ sơ ấy, hoặc báo cơ quan đang giữ hồ sơ.")
        return Trouble(409, _("Người này đang có một hồ sơ chờ"), said)
    if isinstance(refused, Unprintable):
        return Trouble(422, _("Tờ khai chưa in được"), _("Hãy sửa mục có chữ không in được rồi gửi lại."))
    said = _("Cơ quan này không nhận hồ sơ đăng ký. Hướng dẫn người dân đến cơ quan khác.")
    return Trouble(409, _("Chưa lập được hồ sơ"), said)


def _incomplete(step: str) -> str:
    if step == steps.PHOTOS.name:
        return _("Còn thiếu ảnh: chụp đủ các mặt giấy tờ và chân dung.")
    return _("Còn thiếu thông tin: điền các mục còn trống rồi gửi lại.")
