"""What the page of a device says, and what it is told of each decision."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vssid.domain.casework.errors import InOtherHands, Unconfirmed
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.employers.models.on_site import SiteDecision
from vssid.domain.employers.on_site.deciding import Answer
from vssid.domain.employers.on_site.errors import Changed, DeviceWithdrawn, NotNamed
from vssid.kernel.errors import DomainError, Invalid

from ..casework import troubles
from ..casework.words import Words
from ..registration import words as desk

Outcome, What = SiteDecision.Outcome, SiteDecision.What
OUTCOMES: Mapping[str, tuple[Words, str]] = {
    Outcome.APPLIED: (gettext_lazy("Đã ghi nhận"), "good"),
    Outcome.REPEATED: (gettext_lazy("Đã ghi nhận từ trước"), "info"),
    Outcome.CHANGED: (gettext_lazy("Hồ sơ đã thay đổi, chưa làm gì"), "warn"),
    Outcome.REFUSED: (gettext_lazy("Không thực hiện được"), "bad"),
}
WHAT: Mapping[str, Words] = {
    What.APPROVE: gettext_lazy("Duyệt"),
    What.REFUSE: gettext_lazy("Từ chối"),
    What.UNSIGNED: gettext_lazy("Trả tờ khai chưa ký"),
    What.ABSENT: gettext_lazy("Không đến"),
}
PARTS: Mapping[str, Words] = {
    "form": gettext_lazy("tờ khai"),
    "pictures": gettext_lazy("ảnh"),
    "doubts": gettext_lazy("nội dung cần kiểm tra hoặc dữ liệu BHXH"),
}
WITHDRAWN = gettext_lazy("Máy này đã bị cơ quan thu hồi: quyết định không được ghi.")
NOT_NAMED = gettext_lazy("Bạn không còn được cử làm ngày đăng ký này.")
# What the scripts say; by name in the page.
PAGE: Mapping[str, Words] = {
    "none": gettext_lazy("Chưa có ngày đăng ký nào cử bạn trong những ngày tới."),
    "signed_out": gettext_lazy("Chưa đăng nhập. Hồ sơ đã nhận về máy vẫn mở được bằng mật khẩu."),
    "offline": gettext_lazy("Không có mạng. Hồ sơ đã nhận về máy vẫn mở được; quyết định được giữ lại."),
    "online": gettext_lazy("Có mạng"),
    "no_store": gettext_lazy(
        "Trình duyệt này không cho cất dữ liệu (cửa sổ ẩn danh hoặc bị chặn). Không nhận hồ sơ về máy được."
    ),
    "no_crypto": gettext_lazy("Trang không mở qua HTTPS nên không mã hóa được. Không nhận hồ sơ về máy."),
    "not_kept": gettext_lazy(
        "Trình duyệt không hứa giữ dữ liệu khi máy đầy. Đừng để lâu: gửi quyết định ngay khi có mạng."
    ),
    "little_room": gettext_lazy("Máy còn ít chỗ trống; có thể không nhận hết ảnh."),
    "full": gettext_lazy("Máy không đủ chỗ trống. Chưa cất gì; hãy xóa bớt dữ liệu rồi thử lại."),
    "not_stored": gettext_lazy("CHƯA cất được quyết định này vào máy. Hãy thử lại trước khi làm tiếp."),
    "no_shell": gettext_lazy("Chưa cất được trang này để mở khi không có mạng. Giữ trang mở và thử lại."),
    "taking": gettext_lazy("Đang nhận hồ sơ {n}/{all}…"),
    "taken": gettext_lazy("Đã nhận {n} hồ sơ. Mở được khi không có mạng, bằng mật khẩu vừa nhập."),
    "lost": gettext_lazy("Mất mạng khi đang nhận hồ sơ. Chưa cất gì; hãy thử lại."),
    "unsent_first": gettext_lazy("Còn quyết định chưa gửi của ngày này. Mở khóa và gửi trước đã."),
    "wrong": gettext_lazy("Mật khẩu không đúng với lúc nhận hồ sơ về máy."),
    "slow": gettext_lazy("Thử sai nhiều lần. Đợi {n} giây."),
    "colleague": gettext_lazy(
        "{n} quyết định đã niêm phong của đồng nghiệp còn chờ trên máy này. Đồng nghiệp đăng nhập để gửi."
    ),
    "waiting": gettext_lazy("{n} quyết định chưa gửi"),
    "waiting_locked": gettext_lazy("{n} quyết định chưa gửi: mở khóa để gửi."),
    "all_sent": gettext_lazy("Đã gửi hết"),
    "ended": gettext_lazy("Đã hết hạn giữ: hồ sơ và ảnh đã xóa khỏi máy, còn {n} quyết định chưa gửi."),
    "withdrawn": gettext_lazy("Cơ quan đã thu hồi máy này: hồ sơ và ảnh đã xóa khỏi máy."),
    "files": gettext_lazy("{n} hồ sơ"),
    "kept_until": gettext_lazy("giữ đến {at}"),
    "take": gettext_lazy("Nhận hồ sơ về máy"),
    "take_again": gettext_lazy("Nhận lại"),
    "open": gettext_lazy("Mở khóa"),
    "drop": gettext_lazy("Xóa khỏi máy"),
    "no_time": gettext_lazy("Chưa hẹn giờ"),
    "kept": gettext_lazy("Đã cất: {what}, {name}. Gửi khi có mạng."),
    "stored": gettext_lazy("Đã cất, chưa gửi"),
    "form": gettext_lazy("Tờ khai"),
    "card": gettext_lazy("Thẻ (QR)"),
    "mrz": gettext_lazy("Thẻ (MRZ)"),
    "register": gettext_lazy("Dữ liệu BHXH"),
    "tick": gettext_lazy("Đánh dấu đã nhận tờ khai có chữ ký và đã đối chiếu bản chính."),
    "reason": gettext_lazy("Chọn lý do duyệt cho từng nội dung cần kiểm tra."),
    "choose": gettext_lazy("Chọn lý do"),
    "refusal": gettext_lazy("Chọn ít nhất một lý do và viết lời nhắn cho người nộp."),
    "lacks": gettext_lazy("Chưa duyệt được tại chỗ:"),
    "not_yours": gettext_lazy("Máy chủ không nhận: hồ sơ này không được giao cho máy này."),
}


def told(answer: Answer, officer_name: str) -> dict[str, str]:
    """An answer as the device shows it: outcome, title, reason."""
    title, pill = OUTCOMES[answer.outcome]
    reason = _reason(answer.refused, officer_name) if answer.refused else said(answer.said)
    if answer.minutes_off:
        off = ngettext(
            "Đồng hồ của máy lệch %(n)s phút.", "Đồng hồ của máy lệch %(n)s phút.", abs(answer.minutes_off)
        )
        reason = f"{reason} {off % {'n': abs(answer.minutes_off)}}".strip()
    return {"outcome": answer.outcome, "pill": pill, "title": str(title), "reason": reason}


def said(stored: Mapping[str, object]) -> str:
    """The stored reason of a decision in words; empty where there is none."""
    code, parts = stored.get("code"), stored.get("parts")
    if code == Changed.code and isinstance(parts, list):
        return _changed(parts)
    if code == "already_decided":
        state = {"approved": _("đã duyệt"), "refused": _("đã từ chối"), "withdrawn": _("người nộp đã rút")}
        done = state.get(str(stored.get("state")), _("đã đóng"))
        return " ".join(str(part) for part in (done, stored.get("by", "")) if part)
    return str(_STORED.get(str(code), code or ""))


_STORED: Mapping[str, Words] = {
    DeviceWithdrawn.code: WITHDRAWN,
    NotNamed.code: NOT_NAMED,
    "not_ready": gettext_lazy("Hồ sơ còn thiếu giấy tờ."),
    "past_due": gettext_lazy("Đã quá hạn nộp tờ khai."),
    "in_other_hands": gettext_lazy("Đồng nghiệp đang xử lý hồ sơ này."),
    "own_file": gettext_lazy("Hồ sơ của bạn hoặc người thân."),
    "already_has_account": gettext_lazy("Người đăng ký đã có tài khoản."),
    "awaits_second": gettext_lazy("Đang chờ cán bộ thứ hai duyệt."),
    "invalid": gettext_lazy("Thiếu lý do hoặc lời nhắn."),
    "not_found": gettext_lazy("Hồ sơ không còn ở cơ quan này."),
    "not_allowed": gettext_lazy("Vị trí hiện tại của bạn không có quyền này."),
}


def _changed(parts: list[str]) -> str:
    what = ", ".join(str(PARTS.get(part, part)) for part in parts)
    return _("Khác lúc nhận về máy: %(what)s. Xem lại hồ sơ tại bàn làm việc.") % {"what": what}


def _reason(refused: DomainError, officer_name: str) -> str:
    if isinstance(refused, Changed):
        return _changed(list(refused.parts))
    if isinstance(refused, OwnFile):
        return _lines(troubles.own_file(refused))
    if isinstance(refused, InOtherHands):
        return _("%(who)s đang xử lý hồ sơ này.") % {"who": refused.by}
    if isinstance(refused, Unconfirmed):
        return _("Thiếu lý do duyệt cho nội dung cần kiểm tra.")
    if isinstance(refused, Invalid):
        return " ".join(str(text) for _field, text in troubles.wrong(refused))
    if isinstance(refused, desk.REFUSALS):
        return _lines(desk.trouble(refused, officer_name))
    return str(_STORED.get(refused.code, refused.code))


def _lines(trouble: troubles.Trouble) -> str:
    return " ".join(str(part) for part in (trouble.title, trouble.text, *trouble.items) if part)
