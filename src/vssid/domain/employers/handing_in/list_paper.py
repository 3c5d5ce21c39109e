"""Bảng kê nộp hồ sơ as a PDF: a barcode for the list, one for each form. Its words are not translated."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings

from vssid.domain.offices import queries as offices
from vssid.domain.participants.models.participation import Employer
from vssid.infra.documents import pdf, pdf_letters, qr
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.ids import grouped

from . import queries
from .queries import Line

TEMPLATE = Path(__file__).with_name("list.typ")
NOT_SHOWN = "(không còn in được: người lao động đã rút đồng ý hoặc không còn ở đơn vị)"


def as_pdf(list_id: int, employer: str) -> tuple[str, bytes]:
    """Number and PDF of a list of the employer. Raises NotYours."""
    page = queries.list_page(list_id, employer)
    named, office = Employer.objects.get(code=employer), offices.office(page.row.office_id)
    data = {
        "number": page.row.number,
        "employer": named.name,
        "employer_code": named.code,
        "office": office.name,
        "office_address": office.address,
        "made_at": f"{page.row.made_at.astimezone(VIETNAM):%H:%M, %d/%m/%Y}",
        "made_by": page.row.made_by,
        "lines": [_line(at, line) for at, line in enumerate(page.listed, 1)],
        "demo": settings.DEMO or named.is_synthetic,
    }
    marked, _unprinted = pdf_letters.marked(data)
    codes = {"list.svg": qr.code128_svg(page.row.number).encode()}
    codes |= {f"{at}.svg": qr.code128_svg(line.number).encode() for at, line in enumerate(page.listed, 1)}
    return page.row.number, pdf.render(TEMPLATE, marked, codes)


def _line(at: int, line: Line) -> dict[str, Any]:
    return {
        "at": at,
        "number": line.number,
        "name": line.full_name or NOT_SHOWN,
        "is_shown": bool(line.full_name),
        "code": grouped(line.bhxh_code) if line.bhxh_code else "",
        "due_on": f"{line.due_on:%d/%m/%Y}" if line.due_on else "",
    }
