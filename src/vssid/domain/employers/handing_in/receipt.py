"""Giấy biên nhận of an ended list: who received when, which forms, and every difference.

Signed with the certificate of the installation, if it has one. An official Vietnamese document, so its
words are not translated.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from vssid.domain.offices import policy
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.participants.models.participation import Employer
from vssid.domain.registration.desk.receiving import Outcome
from vssid.domain.registration.models import HandoverList
from vssid.domain.statements import signing
from vssid.infra.documents import pdf, pdf_letters, pdf_signing, qr
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import VIETNAM
from vssid.kernel.errors import NotYours
from vssid.kernel.ids import grouped

from . import queries
from .queries import Line, ListPage

TEMPLATE = Path(__file__).with_name("receipt.typ")
MISSING, UNLISTED = "missing", "unlisted"
SAID: Mapping[str, str] = {
    Outcome.RECEIVED: "Đã nhận",
    Outcome.TWICE: "Cơ quan đã nhận từ trước",
    Outcome.LATE: "Quá hạn nộp, trả lại; người lao động gửi hồ sơ mới",
    Outcome.CLOSED: "Hồ sơ không còn chờ tờ khai, trả lại",
    Outcome.ELSEWHERE: "Hồ sơ thuộc cơ quan khác, trả lại",
    Outcome.IN_HANDS: "Chưa ghi nhận được, cơ quan quét lại sau",
    Outcome.OWN: "Chưa ghi nhận được, cán bộ khác phải nhận",
    Outcome.UNSIGNED: "Chưa ký, trả lại",
    Outcome.UNKNOWN: "Không có hồ sơ mang số này",
    MISSING: "Có trong bảng kê, không có trong chồng tờ khai",
    UNLISTED: "Không có trong bảng kê",
}


def of_employer(list_id: int, employer: str) -> tuple[str, bytes]:
    """Number and receipt of an ended list of the employer. Raises NotYours, also while it is open."""
    return _signed(queries.list_page(list_id, employer))


def at_office(list_id: int, *, by: Actor) -> tuple[str, bytes]:
    """The same for the office that received it. Raises NotYours."""
    rows = HandoverList.objects.filter(policy.within(by, Right.CHECK_PAPERS), id=list_id)
    row = rows.exclude(employer_code="").first()
    if row is None:
        raise NotYours
    return of_employer(row.id, row.employer_code)


def said_of(line: Line) -> str:
    """What became of one line of an ended list."""
    if not line.is_listed and not line.full_name:
        return SAID[UNLISTED]
    said = SAID[line.outcome or MISSING]
    return said if line.is_listed else f"{SAID[UNLISTED]}. {said}"


def _signed(page: ListPage) -> tuple[str, bytes]:
    if page.row.closed_at is None or page.row.is_cancelled:
        raise NotYours
    is_signed = signing.is_set()
    paper = _paper(page, is_signed=is_signed)
    if is_signed:
        paper = pdf_signing.sign(paper, signing.identity(), reason=f"Biên nhận {page.row.number}")
    return page.row.number, paper


def _paper(page: ListPage, *, is_signed: bool) -> bytes:
    row = page.row
    assert row.closed_at is not None
    employer, office = Employer.objects.get(code=row.employer_code), offices.office(row.office_id)
    data = {
        "number": row.number,
        "employer": employer.name,
        "employer_code": employer.code,
        "office": office.name,
        "office_address": office.address,
        "made_at": f"{row.made_at.astimezone(VIETNAM):%H:%M, %d/%m/%Y}",
        "made_by": row.made_by,
        "closed_at": f"{row.closed_at.astimezone(VIETNAM):%H:%M, %d/%m/%Y}",
        "closed_by": row.closed_by,
        "listed": len(page.listed),
        "received": page.received,
        "forms": [_form(line) for line in page.listed if line.is_there],
        "differing": [_form(line) for line in page.differing],
        "is_signed": is_signed,
        "demo": settings.DEMO or employer.is_synthetic,
    }
    marked, _unprinted = pdf_letters.marked(data)
    return pdf.render(TEMPLATE, marked, {"list.svg": qr.code128_svg(row.number).encode()})


def _form(line: Line) -> dict[str, Any]:
    at = f"{line.scanned_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}" if line.scanned_at else "–"
    return {
        "number": line.number,
        "name": line.full_name,
        "code": grouped(line.bhxh_code) if line.bhxh_code else "",
        "at": at,
        "said": said_of(line),
    }
