"""Requests for a child in the words of the console."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vssid.domain.accounts.guardianship.guardians import AlreadyLinked, OfAge, TooManyGuardians
from vssid.domain.audit.queries import EventView
from vssid.domain.casework.reasons import labels
from vssid.domain.families.desk.doubt_classes import CLASSES
from vssid.domain.families.errors import NotApprovable, RequestClosed
from vssid.domain.families.queries import RequestFile
from vssid.domain.families.reasons import REASONS
from vssid.domain.families.states import State
from vssid.domain.participants.views import PersonView
from vssid.kernel.errors import DomainError
from vssid.kernel.ids import grouped
from vssid.kernel.text import differing, same_name

from ..casework import troubles
from ..casework.cells import Cell, plain
from ..casework.history import Line, folded
from ..casework.troubles import Trouble
from ..casework.words import Words

STATES: dict[State, tuple[Words, str]] = {
    State.SUBMITTED: (gettext_lazy("Chờ duyệt"), "warn"),
    State.APPROVED: (gettext_lazy("Đã duyệt"), "good"),
    State.REFUSED: (gettext_lazy("Đã từ chối"), "bad"),
    State.WITHDRAWN: (gettext_lazy("Người nộp đã rút"), "plain"),
}
RELATIONS: dict[str, Words] = {
    "mother": gettext_lazy("Mẹ"),
    "father": gettext_lazy("Cha"),
    "guardian": gettext_lazy("Người giám hộ"),
}
PAPERS: dict[str, Words] = {
    "birth": gettext_lazy("Giấy khai sinh"),
    "portrait": gettext_lazy("Ảnh của con"),
}
FINDINGS: dict[str, Words] = {
    "unknown": gettext_lazy("Mã số của con không có trong dữ liệu BHXH"),
    "of_age": gettext_lazy("Theo dữ liệu BHXH, người này đã đủ 18 tuổi"),
    "full_name": gettext_lazy("Họ tên khác dữ liệu BHXH"),
    "birth_date": gettext_lazy("Ngày sinh khác dữ liệu BHXH"),
    "household": gettext_lazy("Con và người nộp ở hai hộ gia đình khác nhau"),
    "no_household": gettext_lazy("Dữ liệu BHXH chưa có mã hộ gia đình để đối chiếu"),
}
MISSING: dict[str, Words] = {
    "certificate": gettext_lazy("chưa đối chiếu giấy khai sinh"),
    "birth": gettext_lazy("thiếu ảnh giấy khai sinh"),
    "portrait": gettext_lazy("thiếu ảnh của con"),
    "child": gettext_lazy("mã số của con không có trong dữ liệu"),
    "of_age": gettext_lazy("con đã đủ 18 tuổi"),
    "guardian": gettext_lazy("người nộp không có trong dữ liệu hoặc chưa đủ 18 tuổi"),
    "linked": gettext_lazy("người nộp đã được liên kết với con"),
    "places": gettext_lazy("con đã có đủ hai người giám hộ"),
}
EVENTS: dict[str, Words] = {
    "family.submitted": gettext_lazy("gửi hồ sơ"),
    "family.viewed": gettext_lazy("xem hồ sơ"),
    "family.paper_viewed": gettext_lazy("xem ảnh giấy tờ"),
    "family.certificate_seen": gettext_lazy("đối chiếu giấy khai sinh"),
    "family.certificate_unseen": gettext_lazy("bỏ ghi nhận đối chiếu giấy khai sinh"),
    "file.taken_over": gettext_lazy("nhận hồ sơ từ đồng nghiệp"),
    "file.assigned": gettext_lazy("giao hồ sơ cho cán bộ"),
    "file.unassigned": gettext_lazy("thôi giao riêng hồ sơ"),
    "file.noted": gettext_lazy("ghi chú cho đồng nghiệp"),
    "family.approved": gettext_lazy("duyệt hồ sơ"),
    "family.refused": gettext_lazy("từ chối hồ sơ"),
    "family.withdrawn": gettext_lazy("rút hồ sơ"),
}
DONE: dict[str, Words] = {
    "giay": gettext_lazy("Đã ghi nhận đối chiếu giấy khai sinh."),
    "bo-giay": gettext_lazy("Đã bỏ ghi nhận đối chiếu giấy khai sinh."),
    "duyet": gettext_lazy("Đã duyệt. Người nộp xem được thẻ của con và được nhắn tin báo."),
    "tu-choi": gettext_lazy("Đã từ chối. Người nộp được nhắn tin báo."),
    "ket-thuc": gettext_lazy("Đã kết thúc liên kết. Người giám hộ được nhắn tin báo."),
}


def missing(codes: Iterable[str]) -> list[Words]:
    """What approval still waits for."""
    return [MISSING.get(code, code) for code in codes]


def reasons(codes: Iterable[str]) -> list[Words]:
    """Refusal reasons."""
    return labels(codes, REASONS)


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One field as typed, of the child in the register, and of the guardian there."""

    label: Words
    typed: Cell
    child: Cell
    guardian: Cell

    @property
    def differs(self) -> bool:
        """Is anything marked?"""
        return self.child.differs or self.guardian.differs


def table(request_file: RequestFile) -> list[Row]:
    """Typed, child's and guardian's values side by side."""
    typed, child, guardian = request_file.typed, request_file.child, request_file.guardian
    birth = f"{typed.birth_date:%d/%m/%Y}"
    households = _households(child, guardian, "household" in request_file.findings)
    return [
        Row(
            _("Họ và tên"),
            plain(typed.full_name),
            _against(child.full_name if child else "", typed.full_name),
            plain(guardian.full_name if guardian else ""),
        ),
        Row(_("Ngày sinh"), plain(birth), _against(_birth(child), birth), plain(_birth(guardian))),
        Row(
            _("Mã số BHXH"),
            plain(grouped(typed.code.reveal())),
            plain(_code(child)),
            plain(_code(guardian)),
        ),
        Row(_("Quan hệ"), plain(str(RELATIONS[typed.relation])), Cell(), Cell()),
        Row(_("Mã hộ gia đình"), Cell(), *households),
        Row(
            _("Địa chỉ"),
            Cell(),
            plain(child.address if child else ""),
            plain(guardian.address if guardian else ""),
        ),
    ]


def _against(text: str, typed: str) -> Cell:
    if not text or same_name(text, typed):
        return plain(text)
    return Cell(differing(text, typed))


def _birth(person: PersonView | None) -> str:
    if person is None:
        return ""
    return person.birth_date.strftime({"day": "%d/%m/%Y", "month": "%m/%Y"}.get(person.birth_precision, "%Y"))


def _code(person: PersonView | None) -> str:
    return grouped(person.bhxh_code.reveal()) if person and person.bhxh_code.reveal() else ""


def _households(child: PersonView | None, guardian: PersonView | None, differ: bool) -> tuple[Cell, Cell]:
    theirs = guardian.household_code if guardian else ""
    own = child.household_code if child else ""
    return (Cell(differing(own, theirs)) if differ else plain(own)), plain(theirs)


def history(events: Sequence[EventView]) -> list[Line]:
    """Events, newest first; the same by the same in a row is one line."""
    return folded(events, EVENTS, CLASSES, by=lambda event: event.kind)


REFUSALS = (RequestClosed, NotApprovable, OfAge, AlreadyLinked, TooManyGuardians)
DECIDED: dict[str, Words] = {
    State.APPROVED: gettext_lazy("%(who)s đã duyệt hồ sơ này lúc %(at)s"),
    State.REFUSED: gettext_lazy("%(who)s đã từ chối hồ sơ này lúc %(at)s"),
    State.WITHDRAWN: gettext_lazy("Người nộp đã rút hồ sơ này lúc %(at)s"),
}


def trouble(refused: DomainError, officer_name: str) -> Trouble:
    """What to tell an officer about one of the refusals."""
    if isinstance(refused, RequestClosed):
        return troubles.was_first(refused, DECIDED, officer_name, text=troubles.NEWEST)
    if isinstance(refused, NotApprovable):
        return troubles.not_ready(missing(refused.missing))
    code = {OfAge: "of_age", AlreadyLinked: "linked", TooManyGuardians: "places"}[type(refused)]
    return troubles.not_ready(missing([code]))
