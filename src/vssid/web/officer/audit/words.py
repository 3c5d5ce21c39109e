"""The log in sentences, for who checks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.counter import doubt_classes as counter
from vssid.domain.audit.search import LoggedEvent
from vssid.domain.casework.why import Classes
from vssid.domain.families.desk import doubt_classes as families
from vssid.domain.oversight.search import Subject
from vssid.domain.privacy.looking import LOOKS
from vssid.domain.procedures.desk import doubt_classes as procedures
from vssid.domain.registration.deciding import doubt_classes as registration
from vssid.web.ui.words.event_words import for_others

from ..casework.why import sentences

Words = str | Promise
LOOKED = "xem"
DOUBTED = "con-nghi-van"
# What one chooses from: the beginning of the kinds of events, but for looks, which are of many.
MATTERS: dict[str, tuple[Words, tuple[str, ...]]] = {
    LOOKED: (gettext_lazy("Mọi lượt xem của cán bộ"), ()),
    DOUBTED: (gettext_lazy("Quyết định dù còn nội dung cần kiểm tra"), ()),
    "dang-ky": (gettext_lazy("Hồ sơ đăng ký"), ("application.", "trial.", "counter.", "file.", "handover.")),
    "tai-khoan": (gettext_lazy("Tài khoản và đăng nhập"), ("account.", "trusted.", "vault.", "notices.")),
    "dich-vu": (gettext_lazy("Dịch vụ công"), ("procedure.",)),
    "gia-dinh": (gettext_lazy("Gia đình, người giám hộ"), ("family.", "guardian.")),
    "phan-anh": (gettext_lazy("Phản ánh"), ("ticket.",)),
    "tra-cuu": (gettext_lazy("Tra cứu, bản xác nhận"), ("lookup.", "statement.", "data.")),
    "tin-gui-di": (gettext_lazy("Tin gửi đi"), ("message.", "gateway.", "cap.", "wording.")),
    "du-lieu": (gettext_lazy("Nạp dữ liệu, danh bạ"), ("import.", "import_", "directory.", "person.")),
    "nhan-su": (
        gettext_lazy("Nhân sự"),
        ("staff.", "account.staff_", "account.factor_", "account.recovery_", "account.shift_"),
    ),
    "don-vi": (gettext_lazy("Đơn vị và người làm nhân sự"), ("employer.", "campaign.", "correction.")),
    "ke-hoach": (gettext_lazy("Kế hoạch, báo cáo"), ("plan.", "report.")),
    "nhat-ky": (
        gettext_lazy("Nhật ký, hệ thống"),
        ("audit.", "oversight.", "clock.", "installation.", "seals.", "card_key_"),
    ),
}
RULES: dict[str, tuple[Words, Words]] = {
    "looked_only": (
        gettext_lazy("Mở nhiều hồ sơ mà không xử lý"),
        gettext_lazy("hồ sơ trong ngày chỉ được mở xem"),
    ),
    "other_offices": (
        gettext_lazy("Mở nhiều hồ sơ của cơ quan khác"),
        gettext_lazy("hồ sơ thuộc cơ quan khác"),
    ),
    "out_of_hours": (
        gettext_lazy("Mở hồ sơ ngoài giờ làm việc"),
        gettext_lazy("hồ sơ mở trước 6 giờ, từ 20 giờ hoặc ngày nghỉ"),
    ),
    "many_exports": (gettext_lazy("Tải nhiều tệp nhật ký"), gettext_lazy("tệp trong ngày")),
    "many_lookers": (
        gettext_lazy("Nhiều cán bộ cùng mở hồ sơ của một người"),
        gettext_lazy("cán bộ đã mở trong 30 ngày"),
    ),
}
SUBJECTS: dict[str, Words] = {
    "application": gettext_lazy("Hồ sơ đăng ký"),
    "trial": gettext_lazy("Hồ sơ có sẵn đáp án"),
    "child": gettext_lazy("Hồ sơ của con"),
    "ticket": gettext_lazy("Phản ánh"),
    "person": gettext_lazy("Người có mã số BHXH"),
    "staff": gettext_lazy("Cán bộ"),
}


# Decisions that may be made in spite of doubts, with the classes of these.
DESPITE: Mapping[str, Classes] = {
    "application.approved": registration.CLASSES,
    "application.first_approved": registration.CLASSES,
    "family.approved": families.CLASSES,
    "procedure.approve": procedures.CLASSES,
    "account.request_done": counter.CLASSES,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One event: when, who from where, what, why in spite of doubts, and of whom or of what."""

    at: datetime
    who: Words
    is_name: bool
    office: str
    what: Words
    why: Sequence[Words]
    about: Words
    name: str


def line(event: LoggedEvent, subjects: Mapping[int, Subject], offices: Mapping[str, str]) -> Line:
    """An event as a sentence."""
    subject = subjects.get(event.subject_id)
    return Line(
        at=event.at,
        who=_who(event, subject),
        is_name=bool(event.actor_name),
        office=offices.get(event.office, event.office),
        what=for_others().get(event.kind) or _("Một việc khác đã được ghi lại"),
        why=sentences(event.facts.get("why"), DESPITE[event.kind]) if event.kind in DESPITE else (),
        about=SUBJECTS[subject.kind] if subject else "",
        name=subject.name if subject else "",
    )


def _who(event: LoggedEvent, subject: Subject | None) -> str:
    # Who signs in has no post yet, and is one of the staff all the same.
    if event.actor_kind == "officer" or (
        event.actor_kind == "person" and subject and subject.kind == "staff"
    ):
        return event.actor_name or _("Cán bộ")
    if event.actor_kind == "employer":
        return event.actor_name or _("Nhân sự đơn vị")
    return _("Hệ thống") if event.actor_kind == "system" else _("Người dân")


def kinds_of(matter: str) -> tuple[str, ...]:
    """The kinds of events of a matter; empty for every kind."""
    if matter == LOOKED:
        return LOOKS
    if matter == DOUBTED:
        return tuple(DESPITE)
    begins = MATTERS[matter][1] if matter in MATTERS else ()
    return tuple(sorted(kind for kind in for_others() if kind.startswith(begins))) if begins else ()
