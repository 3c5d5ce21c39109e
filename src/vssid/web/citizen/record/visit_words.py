"""Visits to facilities and their papers in words; codes as in table XML1 (QĐ 4750/QĐ-BYT)."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vssid.domain.participants.care import paper_rules, visit_kinds
from vssid.domain.participants.care.views import CertificateView, VisitView
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


def illness(source: VisitView | CertificateView) -> str:
    """Name and ICD-10 code, as far as they are told."""
    if source.diagnosis_name and source.diagnosis_code:
        return f"{source.diagnosis_name} ({source.diagnosis_code})"
    return source.diagnosis_name or source.diagnosis_code


def visit_span(visit: VisitView) -> str:
    """`18/11/2026`, or from the day of coming to that of leaving."""
    first, last = ngay(visit.came_at), ngay(visit.left_at)
    return first if first == last else f"{first} – {last}"


def visit_line(visit: VisitView) -> dict[str, Any]:
    """A row of the list."""
    return {"first": ngay(visit.came_at), "last": ngay(visit.left_at), "what": "", "illness": illness(visit)}


def visit_rows(visit: VisitView, facility: str) -> Rows:
    """A visit but for its illness and its money."""
    return _told(
        (_("Cơ sở khám chữa bệnh"), _named(facility, visit.facility_code)),
        (_("Ngày vào"), ngay_gio(visit.came_at)),
        (_("Ngày ra"), ngay_gio(visit.left_at)),
        (_("Loại khám chữa bệnh"), visit_kinds.name(visit.kind, local_day(visit.came_at))),
        (_("Lý do vào viện"), visit.reason),
        (_("Kết quả điều trị"), str(RESULTS.get(visit.result, visit.result))),
        (_("Tình trạng ra viện"), str(DISCHARGES.get(visit.discharge, visit.discharge))),
    )


def money_rows(visit: VisitView) -> Rows:
    """What the visit cost, and who paid which part."""
    return [
        (_("Tổng chi phí"), tien(visit.total)),
        (_("Quỹ BHYT thanh toán"), tien(visit.paid_fund)),
        (_("Người bệnh cùng chi trả"), tien(visit.paid_share)),
        (_("Người bệnh tự trả (ngoài phạm vi BHYT)"), tien(visit.paid_own)),
        (_("Nguồn khác"), tien(visit.paid_other)),
    ]


def paper_title(certificate: CertificateView) -> str:
    """`Giấy ra viện 0001-3`"""
    return f"{PAPERS[certificate.kind]} {certificate.number}"


def paper_line(certificate: CertificateView) -> dict[str, Any]:
    """A row of the list; a paper without days begins on the day it was given."""
    first = ngay(certificate.from_date or certificate.issued_on)
    last = ngay(certificate.to_date) if certificate.to_date else "–"
    return {"first": first, "last": last, "what": PAPERS[certificate.kind], "illness": illness(certificate)}


def paper_rows(certificate: CertificateView, facility: str) -> Rows:
    """A paper but for its illness."""
    days = certificate.days
    return _told(
        (_("Loại giấy"), str(PAPERS[certificate.kind])),
        (_("Số"), certificate.number),
        (_("Số seri"), certificate.serial),
        (_("Cơ sở khám chữa bệnh"), _named(facility, certificate.facility_code)),
        (_("Ngày cấp"), ngay(certificate.issued_on)),
        (_("Cấp theo"), laws.named(paper_rules.text_on(certificate.issued_on))),
        (_("Từ ngày"), ngay(certificate.from_date) if certificate.from_date else ""),
        (_("Đến ngày"), ngay(certificate.to_date) if certificate.to_date else ""),
        (_("Số ngày"), ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days} if days is not None else ""),
        (_("Ngày sinh của con"), ngay(certificate.child_born_on) if certificate.child_born_on else ""),
        (_("Người ký"), certificate.issued_by),
    )


def _told(*rows: tuple[str, str]) -> Rows:
    return [(label, value) for label, value in rows if value]


def _named(name: str, code: str) -> str:
    return f"{name} ({code})" if name else code
