"""Codes of the domain in the words of the console."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.errors import AlreadyHasAccount, NotActivating, OlderValue, SecondNeeded
from vssid.domain.audit.queries import EventView
from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.registration.deciding.doubt_classes import CLASSES
from vssid.domain.registration.desk.findings import UNREAD
from vssid.domain.registration.errors import (
    AlreadyDecided,
    AwaitsSecond,
    NotAwaiting,
    NotOpen,
    NotReady,
    PastDue,
)
from vssid.domain.registration.reasons import ALL as REASONS
from vssid.domain.registration.states import State
from vssid.kernel.errors import DomainError
from vssid.kernel.ids import Phone
from vssid.web.ui.templatetags.ui import ngay_gio
from vssid.web.ui.words.delivery import message_steps as message_steps

from ..casework import troubles, why
from ..casework.history import Line, who
from ..casework.troubles import Trouble
from ..casework.words import PROBLEMS, Words, at

# (words, pill)
STATES: dict[State, tuple[Words, str]] = {
    State.SUBMITTED: (gettext_lazy("Chờ tờ khai"), "plain"),
    State.RECEIVED: (gettext_lazy("Đã nhận tờ khai"), "warn"),
    State.APPROVED: (gettext_lazy("Đã duyệt"), "good"),
    State.REFUSED: (gettext_lazy("Đã từ chối"), "bad"),
    State.EXPIRED: (gettext_lazy("Quá hạn"), "plain"),
    State.WITHDRAWN: (gettext_lazy("Người nộp đã rút"), "plain"),
}
SECOND: tuple[Words, str] = (gettext_lazy("Chờ cán bộ thứ hai"), "warn")
PHOTOS: dict[str, Words] = {
    "front": gettext_lazy("Mặt trước giấy tờ"),
    "back": gettext_lazy("Mặt sau giấy tờ"),
    "portrait": gettext_lazy("Chân dung"),
}
CARD_FACE = gettext_lazy("Chân dung trên thẻ")
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
DOUBLES: dict[str, Words] = {
    "same_phone": gettext_lazy("Số điện thoại này cũng được khai trong hồ sơ cho mã số BHXH khác"),
    "same_id_number": gettext_lazy("Số giấy tờ này cũng được khai trong hồ sơ cho mã số BHXH khác"),
    "same_image": gettext_lazy("%(photo)s trùng với ảnh trong hồ sơ cho mã số BHXH khác"),
    "alike_image": gettext_lazy("%(photo)s rất giống ảnh trong một hồ sơ khác của cơ quan"),
    "same_device": gettext_lazy("Hồ sơ được lập trên cùng trình duyệt với hồ sơ cho mã số BHXH khác"),
    "two_codes": gettext_lazy("Dữ liệu BHXH ghi số giấy tờ này cho một mã số BHXH khác"),
}
MISSING: dict[str, Words] = {
    "form": gettext_lazy("chưa nhận tờ khai mẫu 01 có chữ ký"),
    "scan": gettext_lazy("chưa quét tờ khai đã ký vào hồ sơ"),
    "original": gettext_lazy("chưa đối chiếu bản chính giấy tờ"),
    "portrait": gettext_lazy("thiếu ảnh chân dung"),
    "front": gettext_lazy("thiếu ảnh mặt trước giấy tờ"),
    "back": gettext_lazy("thiếu ảnh mặt sau giấy tờ"),
    "person": gettext_lazy("mã số BHXH không có trong dữ liệu"),
}
DONE: dict[str, Words] = {
    "to-khai": gettext_lazy("Đã ghi nhận tờ khai."),
    "ban-chinh": gettext_lazy("Đã ghi nhận đối chiếu bản chính."),
    "tra-to-khai": gettext_lazy("Đã bỏ ghi nhận tờ khai. Hạn nộp của người dân tiếp tục được tính."),
    "bo-ban-chinh": gettext_lazy("Đã bỏ ghi nhận đối chiếu bản chính."),
    "duyet": gettext_lazy("Đã duyệt. Mật khẩu kích hoạt đang được gửi."),
    "duyet-mot": gettext_lazy("Đã ghi nhận duyệt lần một. Tài khoản được mở khi cán bộ thứ hai duyệt."),
    "tra-lai": gettext_lazy("Đã trả lại. Hồ sơ về danh sách chờ duyệt kèm lý do của bạn."),
    "tu-choi": gettext_lazy("Đã từ chối. Người nộp được nhắn tin báo."),
    "tai-quay": gettext_lazy("Đã gửi hồ sơ. In tờ khai (phím P) để người dân ký."),
    "ban-quet": gettext_lazy("Đã lưu bản quét tờ khai."),
    "gui-lai": gettext_lazy("Đang gửi mật khẩu mới. Mật khẩu trước không còn dùng được."),
}
EVENTS: dict[str, Words] = {
    "application.submitted": gettext_lazy("gửi hồ sơ"),
    "application.viewed": gettext_lazy("xem hồ sơ"),
    "application.photo_viewed": gettext_lazy("xem ảnh giấy tờ"),
    "application.form_printed": gettext_lazy("in tờ khai mẫu 01"),
    "application.form_received": gettext_lazy("nhận tờ khai có chữ ký"),
    "application.form_filed": gettext_lazy("lưu bản quét tờ khai đã ký"),
    "application.form_viewed": gettext_lazy("xem bản quét tờ khai đã ký"),
    "application.form_erased": gettext_lazy("xóa bản quét tờ khai sau thời hạn lưu"),
    "application.original_seen": gettext_lazy("đối chiếu bản chính giấy tờ"),
    "application.form_returned": gettext_lazy("bỏ ghi nhận tờ khai"),
    "application.original_unseen": gettext_lazy("bỏ ghi nhận đối chiếu bản chính"),
    "file.taken_over": gettext_lazy("nhận hồ sơ từ đồng nghiệp"),
    "file.assigned": gettext_lazy("giao hồ sơ cho cán bộ"),
    "file.unassigned": gettext_lazy("thôi giao riêng hồ sơ"),
    "file.noted": gettext_lazy("ghi chú cho đồng nghiệp"),
    "application.approved": gettext_lazy("duyệt hồ sơ"),
    "application.first_approved": gettext_lazy("duyệt lần một, chờ cán bộ thứ hai"),
    "application.sent_back": gettext_lazy("trả lại hồ sơ đã duyệt lần một"),
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
    "application.taken_along": gettext_lazy("mang hồ sơ đến đơn vị trên máy lưu động"),
    "application.decided_on_site": gettext_lazy("giải quyết tại đơn vị, trên máy lưu động"),
    "account.opened": gettext_lazy("mở tài khoản"),
    "account.activation_renewed": gettext_lazy("gửi lại mật khẩu kích hoạt"),
}
# Of an approval by who took the person in at the counter.
TAKEN_IN: dict[str, Words] = {
    "application.approved": gettext_lazy("duyệt hồ sơ do chính mình lập tại quầy"),
    "application.first_approved": gettext_lazy(
        "duyệt lần một hồ sơ do chính mình lập tại quầy, chờ cán bộ thứ hai"
    ),
}
LOOKS = ("application.viewed", "application.photo_viewed", "application.form_viewed")


@dataclass(frozen=True, slots=True)
class FindingWords:
    """One finding: `kind` is warn, or info for what a machine merely could not read."""

    text: str
    kind: str


def findings(stored: Iterable[Mapping[str, Any]]) -> list[FindingWords]:
    """Stored findings in words, what is wrong with one photo in one line; an unknown one is still shown."""
    said = [_finding(finding) for finding in stored if finding["against"] != "image"]
    photos: dict[tuple[str, str], list[Words]] = {}
    for finding in stored:
        if finding["against"] == "image":
            kind = "info" if finding["code"] in UNREAD else "warn"
            photos.setdefault((finding["field"], kind), []).append(
                PROBLEMS.get(finding["code"], finding["code"])
            )
    said += [
        FindingWords(f"{PHOTOS.get(field, field)}: {', '.join(map(str, problems))}", kind)
        for (field, kind), problems in photos.items()
    ]
    return said


def _finding(finding: Mapping[str, Any]) -> FindingWords:
    field, against, code = finding["field"], finding["against"], finding["code"]
    if (against, code) == ("register", "unknown"):
        return FindingWords(_("Mã số BHXH không có trong dữ liệu BHXH"), "warn")
    if against == "double":
        return FindingWords(double(field, code), "warn")
    label = FIELDS.get(field, field)
    patterns = {
        "card": _("%(field)s trên tờ khai khác thẻ"),
        "register": _("%(field)s trên tờ khai khác dữ liệu BHXH"),
        "form": _("%(field)s không khớp với số CCCD đã khai"),
    }
    return FindingWords(patterns.get(against, "%(field)s") % {"field": label}, "warn")


def double(field: str, code: str) -> str:
    """A sign that another application is of the same hand."""
    return str(DOUBLES.get(code, code)) % {"photo": PHOTOS.get(field, field)}


def missing(codes: Iterable[str]) -> list[Words]:
    """What approval still waits for."""
    return [MISSING.get(code, code) for code in codes]


def reason(code: str) -> Words:
    """A refusal reason."""
    return REASONS[code].label if code in REASONS else code


def history(events: Iterable[EventView]) -> list[Line]:
    """Events, newest first, with repeated looks folded into one line."""
    lines: list[Line] = []
    look = False
    for event in events:
        taken_in = TAKEN_IN.get(event.kind) if event.facts.get("taken_in") else None
        said = why.sentences(event.facts.get("why"), CLASSES)
        line = Line(event.at, who(event), taken_in or EVENTS.get(event.kind, event.kind), said=said)
        is_look = event.kind in LOOKS
        if is_look and look and lines[-1].who == line.who:
            before = lines.pop()
            seen = before.times + (event.kind == "application.viewed")
            line = Line(before.at, before.who, EVENTS["application.viewed"], seen)
        elif event.kind != "application.viewed" and is_look:
            line = Line(line.at, line.who, line.what, 0)
        lines.append(line)
        look = is_look
    return lines


def unreachable(phone: Phone) -> list[str]:
    """That no text arrives at the phone of the form, since when, and what to do."""
    mark = dead_addresses.of(phone)
    if mark is None:
        return []
    said = _("Tin nhắn không đến được số điện thoại đã khai từ %(at)s: hỏi người dân số đang dùng.")
    return [said % {"at": ngay_gio(mark.since)}]


REFUSALS = (
    AwaitsSecond,
    NotAwaiting,
    AlreadyDecided,
    NotReady,
    PastDue,
    AlreadyHasAccount,
    NotOpen,
    NotActivating,
    SecondNeeded,
    OlderValue,
)
DECIDED: dict[str, Words] = {
    State.APPROVED: gettext_lazy("%(who)s đã duyệt hồ sơ này lúc %(at)s"),
    State.REFUSED: gettext_lazy("%(who)s đã từ chối hồ sơ này lúc %(at)s"),
    State.WITHDRAWN: gettext_lazy("Người nộp đã rút hồ sơ này lúc %(at)s"),
    State.EXPIRED: gettext_lazy("Hồ sơ này đã đóng vì quá hạn lúc %(at)s"),
}
_TROUBLES: dict[type[DomainError], Trouble] = {
    PastDue: Trouble(
        409,
        gettext_lazy("Đã quá hạn nộp tờ khai"),
        gettext_lazy("Không nhận tờ khai được nữa. Hồ sơ sẽ tự đóng; người nộp có thể gửi hồ sơ mới."),
    ),
    AlreadyHasAccount: Trouble(
        409,
        gettext_lazy("Người đăng ký đã có tài khoản"),
        gettext_lazy("Không tạo thêm tài khoản được. Hãy từ chối với đúng lý do này và hướng dẫn đăng nhập."),
    ),
    NotActivating: Trouble(
        409,
        gettext_lazy("Không cần gửi lại"),
        gettext_lazy(
            "Người dân đã đăng nhập và đặt mật khẩu riêng, nên mật khẩu kích hoạt không còn cần nữa."
        ),
    ),
    NotAwaiting: Trouble(
        409,
        gettext_lazy("Hồ sơ không còn chờ duyệt lần hai"),
        gettext_lazy("Hãy xem tình trạng mới nhất ở trang này."),
    ),
    NotOpen: Trouble(
        409,
        gettext_lazy("Tình trạng hồ sơ không cho phép thao tác này"),
        gettext_lazy("Hãy xem tình trạng mới nhất ở trang này."),
    ),
}


def trouble(refused: DomainError, officer_name: str) -> Trouble:
    """What to tell an officer about one of the refusals."""
    if isinstance(refused, AlreadyDecided):
        return troubles.was_first(refused, DECIDED, officer_name)
    if isinstance(refused, AwaitsSecond):
        title = _("%(who)s đã duyệt lần một lúc %(at)s") % {"who": refused.by, "at": at(refused.at)}
        return Trouble(409, title, _("Cán bộ khác phải duyệt lần hai. Thao tác vừa rồi không được ghi."))
    if isinstance(refused, NotReady):
        return troubles.not_ready(missing(refused.missing))
    if isinstance(refused, SecondNeeded):
        return troubles.second(refused)
    if isinstance(refused, OlderValue):
        return troubles.older()
    return _TROUBLES[type(refused)]
