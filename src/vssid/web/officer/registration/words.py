"""Codes of the domain in the words of the console."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vssid.domain.audit.queries import EventView
from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.registration.findings import UNREAD
from vssid.domain.registration.reasons import ALL as REASONS
from vssid.domain.registration.states import State
from vssid.kernel.ids import Phone
from vssid.web.ui.delivery import message_steps as message_steps
from vssid.web.ui.templatetags.ui import ngay_gio

Words = str | Promise

# (words, pill)
STATES: dict[State, tuple[Words, str]] = {
    State.SUBMITTED: (gettext_lazy("Chờ tờ khai"), "plain"),
    State.RECEIVED: (gettext_lazy("Đã nhận tờ khai"), "warn"),
    State.APPROVED: (gettext_lazy("Đã duyệt"), "good"),
    State.REFUSED: (gettext_lazy("Đã từ chối"), "bad"),
    State.EXPIRED: (gettext_lazy("Quá hạn"), "plain"),
    State.WITHDRAWN: (gettext_lazy("Người nộp đã rút"), "plain"),
}
PHOTOS: dict[str, Words] = {
    "front": gettext_lazy("Mặt trước giấy tờ"),
    "back": gettext_lazy("Mặt sau giấy tờ"),
    "portrait": gettext_lazy("Chân dung"),
}
PROBLEMS: dict[str, Words] = {
    "blurred": gettext_lazy("mờ"),
    "dark": gettext_lazy("tối"),
    "glare": gettext_lazy("lóa sáng"),
    "small": gettext_lazy("quá nhỏ"),
    "not_a_card": gettext_lazy("không giống thẻ"),
    "no_face": gettext_lazy("chưa thấy khuôn mặt"),
    "expired": gettext_lazy("thẻ đã hết hạn"),
    "no_qr": gettext_lazy("không đọc được mã QR"),
    "no_mrz": gettext_lazy("không đọc được dòng MRZ"),
}
FIELDS: dict[str, Words] = {
    "full_name": gettext_lazy("Họ và tên"),
    "birth_date": gettext_lazy("Ngày sinh"),
    "sex": gettext_lazy("Giới tính"),
    "id_number": gettext_lazy("Số giấy tờ"),
    "old_id_number": gettext_lazy("Số CMND cũ"),
    "issued_on": gettext_lazy("Ngày cấp"),
    "expires_on": gettext_lazy("Có giá trị đến"),
    "bhxh_code": gettext_lazy("Mã số BHXH"),
    "phone": gettext_lazy("Điện thoại"),
    "address": gettext_lazy("Địa chỉ"),
}
MISSING: dict[str, Words] = {
    "form": gettext_lazy("chưa nhận tờ khai mẫu 01 có chữ ký"),
    "original": gettext_lazy("chưa đối chiếu bản chính giấy tờ"),
    "portrait": gettext_lazy("thiếu ảnh chân dung"),
    "front": gettext_lazy("thiếu ảnh mặt trước giấy tờ"),
    "back": gettext_lazy("thiếu ảnh mặt sau giấy tờ"),
    "person": gettext_lazy("mã số BHXH không có trong dữ liệu"),
}
EVENTS: dict[str, Words] = {
    "application.submitted": gettext_lazy("gửi hồ sơ"),
    "application.viewed": gettext_lazy("xem hồ sơ"),
    "application.photo_viewed": gettext_lazy("xem ảnh giấy tờ"),
    "application.form_received": gettext_lazy("nhận tờ khai có chữ ký"),
    "application.original_seen": gettext_lazy("đối chiếu bản chính giấy tờ"),
    "application.form_returned": gettext_lazy("bỏ ghi nhận tờ khai"),
    "application.original_unseen": gettext_lazy("bỏ ghi nhận đối chiếu bản chính"),
    "file.taken_over": gettext_lazy("nhận hồ sơ từ đồng nghiệp"),
    "application.approved": gettext_lazy("duyệt hồ sơ"),
    "application.refused": gettext_lazy("từ chối hồ sơ"),
    "application.displaced": gettext_lazy(
        "đóng hồ sơ: có hồ sơ khác cùng mã số BHXH khớp với thẻ và dữ liệu"
    ),
    "application.took_place": gettext_lazy("nhận hồ sơ này thay một hồ sơ cùng mã số BHXH không khớp"),
    "application.contested": gettext_lazy(
        "không nhận thêm một hồ sơ khác cho mã số BHXH này: hãy đối chiếu kỹ"
    ),
    "application.expired": gettext_lazy("đóng hồ sơ vì quá hạn"),
    "application.withdrawn": gettext_lazy("rút hồ sơ"),
    "application.reminded": gettext_lazy("nhắn tin nhắc hạn nộp"),
    "application.photos_erased": gettext_lazy("xóa ảnh giấy tờ sau thời hạn lưu"),
    "account.opened": gettext_lazy("mở tài khoản"),
    "account.activation_renewed": gettext_lazy("gửi lại mật khẩu kích hoạt"),
}
LOOKS = ("application.viewed", "application.photo_viewed")


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding: `kind` is warn, or info for what a machine merely could not read."""

    text: str
    kind: str


def findings(found: Iterable[Mapping[str, Any]]) -> list[FindingWords]:
    """Stored findings in words, what is wrong with one photo in one line; an unknown one is still shown."""
    said = [_finding(one) for one in found if one["against"] != "image"]
    photos: dict[tuple[str, str], list[Words]] = {}
    for one in found:
        if one["against"] == "image":
            kind = "info" if one["code"] in UNREAD else "warn"
            photos.setdefault((one["field"], kind), []).append(PROBLEMS.get(one["code"], one["code"]))
    said += [
        FindingWords(f"{PHOTOS.get(field, field)}: {', '.join(map(str, problems))}", kind)
        for (field, kind), problems in photos.items()
    ]
    return said


def _finding(found: Mapping[str, Any]) -> FindingWords:
    field, against, code = found["field"], found["against"], found["code"]
    if (against, code) == ("register", "unknown"):
        return FindingWords(_("Mã số BHXH không có trong dữ liệu BHXH"), "warn")
    label = FIELDS.get(field, field)
    patterns = {
        "card": _("%(field)s trên tờ khai khác thẻ"),
        "register": _("%(field)s trên tờ khai khác dữ liệu BHXH"),
        "form": _("%(field)s không khớp với số CCCD đã khai"),
    }
    return FindingWords(patterns.get(against, "%(field)s") % {"field": label}, "warn")


def missing(codes: Iterable[str]) -> list[Words]:
    """What approval still waits for."""
    return [MISSING.get(code, code) for code in codes]


def reason(code: str) -> Words:
    """A refusal reason."""
    return REASONS[code].label if code in REASONS else code


def waiting(since: datetime, now: datetime) -> str:
    """How long a file has been waiting: `2 ngày`, `3 giờ`, `12 phút`."""
    minutes = max(0, int((now - since) / timedelta(minutes=1)))
    if minutes < 60:
        return ngettext("%(count)d phút", "%(count)d phút", minutes) % {"count": minutes}
    if minutes < 24 * 60:
        return ngettext("%(count)d giờ", "%(count)d giờ", minutes // 60) % {"count": minutes // 60}
    days = minutes // (24 * 60)
    return ngettext("%(count)d ngày", "%(count)d ngày", days) % {"count": days}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history; looks by one officer in a row are one line."""

    at: datetime
    who: str
    what: Words
    times: int = 1


def history(events: Iterable[EventView]) -> list[Line]:
    """Events, newest first, with repeated looks folded into one line."""
    lines: list[Line] = []
    look = False
    for event in events:
        line = Line(event.at, _who(event), EVENTS.get(event.kind, event.kind))
        is_look = event.kind in LOOKS
        if is_look and look and lines[-1].who == line.who:
            before = lines.pop()
            seen = before.times + (event.kind == "application.viewed")
            line = Line(before.at, before.who, EVENTS["application.viewed"], seen)
        elif event.kind == "application.photo_viewed":
            line = Line(line.at, line.who, line.what, 0)
        lines.append(line)
        look = is_look
    return lines


def _who(event: EventView) -> str:
    if event.actor_kind == "system":
        return _("Hệ thống")
    return event.actor_name or _("Người nộp")


def unreachable(phone: Phone) -> list[str]:
    """That no text arrives at the phone of the form, since when, and what to do."""
    mark = dead_addresses.of(phone)
    if mark is None:
        return []
    said = _("Tin nhắn không đến được số điện thoại đã khai từ %(at)s: hỏi người dân số đang dùng.")
    return [said % {"at": ngay_gio(mark.since)}]
