"""Visits to facilities and their papers in words; codes as in table XML1 (QĐ 4750/QĐ-BYT)."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vssid.domain.participants.care import paper_rules, visit_kinds
from vssid.domain.participants.views import CertificateView, VisitView
from vssid.kernel.calendar import local_day
from vssid.web.ui.templatetags.ui import ngay, ngay_gio, tien
from vssid.web.ui.words import laws

Words = str | Promise
Rows = list[tuple[str, str]]
# KET_QUA_DTRI [S].
RESULTS: dict[str, Words] = {
    "1": gettext_lazy("Khỏi"),
    "2": gettext_lazy("Đỡ"),
    "3": gettext_lazy("Không thay đổi"),
    "4": gettext_lazy("Nặng hơn"),
    "5": gettext_lazy("Tử vong"),
    "6": gettext_lazy("Tiên lượng nặng, xin về"),
    "7": gettext_lazy("Chưa xác định"),
    "8": gettext_lazy("Tử vong ngoài bệnh viện"),
}
# MA_LOAI_RV [S].
DISCHARGES: dict[str, Words] = {
    "1": gettext_lazy("Ra viện"),
    "2": gettext_lazy("Chuyển cơ sở khám chữa bệnh theo yêu cầu chuyên môn"),
    "3": gettext_lazy("Trốn viện"),
    "4": gettext_lazy("Xin ra viện"),
    "5": gettext_lazy("Chuyển cơ sở khám chữa bệnh theo yêu cầu của người bệnh"),
}
PAPERS: dict[str, Words] = {
    "leave": gettext_lazy("Giấy chứng nhận nghỉ việc hưởng BHXH"),
    "discharge": gettext_lazy("Giấy ra viện"),
    "birth": gettext_lazy("Giấy chứng sinh"),
}


def illness(one: VisitView | CertificateView) -> str:
    """Name and ICD-10 code, as far as they are told."""
    if one.diagnosis_name and one.diagnosis_code:
        return f"{one.diagnosis_name} ({one.diagnosis_code})"
    return one.diagnosis_name or one.diagnosis_code


def visit_span(one: VisitView) -> str:
    """`18/11/2026`, or from the day of coming to that of leaving."""
    first, last = ngay(one.came_at), ngay(one.left_at)
    return first if first == last else f"{first} – {last}"


def visit_line(one: VisitView) -> dict[str, Any]:
    """A row of the list."""
    return {"first": ngay(one.came_at), "last": ngay(one.left_at), "what": "", "illness": illness(one)}


def visit_rows(one: VisitView, facility: str) -> Rows:
    """A visit but for its illness and its money."""
    return _told(
        (_("Cơ sở khám chữa bệnh"), _named(facility, one.facility_code)),
        (_("Ngày vào"), ngay_gio(one.came_at)),
        (_("Ngày ra"), ngay_gio(one.left_at)),
        (_("Loại khám chữa bệnh"), visit_kinds.name(one.kind, local_day(one.came_at))),
        (_("Lý do vào viện"), one.reason),
        (_("Kết quả điều trị"), str(RESULTS.get(one.result, one.result))),
        (_("Tình trạng ra viện"), str(DISCHARGES.get(one.discharge, one.discharge))),
    )


def money_rows(one: VisitView) -> Rows:
    """What the visit cost, and who paid which part."""
    return [
        (_("Tổng chi phí"), tien(one.total)),
        (_("Quỹ BHYT thanh toán"), tien(one.paid_fund)),
        (_("Người bệnh cùng chi trả"), tien(one.paid_share)),
        (_("Người bệnh tự trả (ngoài phạm vi BHYT)"), tien(one.paid_own)),
        (_("Nguồn khác"), tien(one.paid_other)),
    ]


def paper_title(one: CertificateView) -> str:
    """`Giấy ra viện 0001-3`"""
    return f"{PAPERS[one.kind]} {one.number}"


def paper_line(one: CertificateView) -> dict[str, Any]:
    """A row of the list; a paper without days begins on the day it was given."""
    first = ngay(one.from_date or one.issued_on)
    last = ngay(one.to_date) if one.to_date else "–"
    return {"first": first, "last": last, "what": PAPERS[one.kind], "illness": illness(one)}


def paper_rows(one: CertificateView, facility: str) -> Rows:
    """A paper but for its illness."""
    days = one.days
    return _told(
        (_("Loại giấy"), str(PAPERS[one.kind])),
        (_("Số"), one.number),
        (_("Số seri"), one.serial),
        (_("Cơ sở khám chữa bệnh"), _named(facility, one.facility_code)),
        (_("Ngày cấp"), ngay(one.issued_on)),
        (_("Cấp theo"), laws.named(paper_rules.text_on(one.issued_on))),
        (_("Từ ngày"), ngay(one.from_date) if one.from_date else ""),
        (_("Đến ngày"), ngay(one.to_date) if one.to_date else ""),
        (_("Số ngày"), ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days} if days is not None else ""),
        (_("Ngày sinh của con"), ngay(one.child_born_on) if one.child_born_on else ""),
        (_("Người ký"), one.issued_by),
    )


def _told(*rows: tuple[str, str]) -> Rows:
    return [(label, value) for label, value in rows if value]


def _named(name: str, code: str) -> str:
    return f"{name} ({code})" if name else code
