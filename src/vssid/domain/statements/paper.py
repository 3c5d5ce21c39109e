"""The statement as a PDF: an official Vietnamese document, so its words are not translated."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from vssid.domain.participants.participation.totals import first_day
from vssid.domain.participants.views import PersonView
from vssid.infra.documents import pdf, pdf_letters, qr
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.ids import grouped

from . import codes
from .content import Content, Line, Sum, Wage

TEMPLATE = Path(__file__).with_name("statement.typ")
PRECISIONS = {"day": "%d/%m/%Y", "month": "%m/%Y"}
FUNDS = {"bhxh": "BHXH", "bhtn": "BHTN"}


def render(content: Content, person: PersonView, code: str, *, now: datetime) -> bytes:
    """One statement, not yet signed."""
    check_at = f"{settings.BASE_URL}/kiem-tra"
    data = {
        "year": str(content.year),
        "until": _month(content.until),
        "full_name": person.full_name,
        "bhxh_code": grouped(person.bhxh_code.reveal()),
        "birth_date": person.birth_date.strftime(PRECISIONS.get(person.birth_precision, "%Y")),
        "lines": [_line(line) for line in content.lines],
        "bhxh": _sum(content.bhxh),
        "bhtn": _sum(content.bhtn),
        "issued_at": f"{now.astimezone(VIETNAM):%H:%M, %d/%m/%Y}",
        "code": codes.shown(code),
        "check_at": check_at,
        "demo": settings.DEMO,
    }
    # What a file of the register brought is stated, letter by letter, also where our fonts lack one.
    data, letters = pdf_letters.marked(data)
    data["unprinted"] = ", ".join(map(pdf_letters.number, letters))
    return pdf.render(TEMPLATE, data, {"qr.svg": qr.qr_svg(check_at).encode()})


def _line(line: Line) -> dict[str, Any]:
    note = "Chưa ghi nhận đóng " + ", ".join(FUNDS[fund] for fund in line.unpaid) if line.unpaid else ""
    return {
        "first": _month(line.first),
        "last": _month(line.last),
        "employer": line.employer or ("Tham gia tự nguyện" if line.is_voluntary else "–"),
        "job": " · ".join(part for part in (line.job, line.workplace) if part),
        "bhxh": _wage(line.bhxh),
        "bhtn": _wage(line.bhtn),
        "note": note,
    }


def _wage(wage: Wage | None) -> str:
    if wage is None:
        return "–"
    if wage.is_coefficient:
        return f"{wage.value.normalize():f} (hệ số)".replace(".", ",")
    amount = f"{int(wage.value):,}".replace(",", ".")
    return amount if wage.currency == "VND" else f"{amount} {wage.currency}"


def _sum(months: Sum) -> dict[str, str]:
    return {
        "in_year": f"{months.in_year} tháng",
        "in_all": f"{months.in_all // 12} năm {months.in_all % 12} tháng",
        "unpaid": f"{months.unpaid} tháng",
    }


def _month(month: int) -> str:
    return f"{first_day(month):%m/%Y}"
