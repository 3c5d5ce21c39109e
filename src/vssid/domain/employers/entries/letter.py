"""The invitation as a PDF, set like an administrative letter to the employer; its words are not translated.

Layout as the office's reports have it. Number and signature are left for the office to fill in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import translation

from vssid.domain.offices import queries as offices
from vssid.domain.offices.models import Office
from vssid.domain.participants.models.participation import Employer
from vssid.infra.documents import pdf, pdf_letters, qr
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import VIETNAM, local_day
from vssid.kernel.errors import NotYours

from .. import listing
from ..roster import queries as roster
from ..roster.stages import Stage
from . import codes
from .queries import is_open, open_of

TEMPLATE = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the letter leads: the address of the first page, and of the site."""

    enter_at: str
    name: str


def as_pdf(employer_code: str, typed: str, site: Site, *, by: Actor, now: datetime) -> bytes:
    """The letter with its code, for the officer who has just made it. Raises NotYours, also for another code
    than that of the employer's open invitation.
    """
    page = listing.employer(employer_code, by=by, now=now)
    entry = open_of(employer_code, now=now)
    if entry is None or not is_open(typed, employer_code, now=now):
        raise NotYours
    employer, office = Employer.objects.get(code=employer_code), offices.office(page.office_code)
    with translation.override("vi"):
        hours = office.hours
    day, until = local_day(now), entry.expires_at.astimezone(VIETNAM)
    data = {
        "office": office.name,
        "superior": _superior(page.office_code),
        "address": office.address,
        "phone": office.phone,
        "hours": hours,
        "day": f"ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "employer": employer.name,
        "employer_code": employer.code,
        "employer_address": employer.address,
        **_figures(employer_code),
        "officer": page.officer,
        "code": codes.shown(codes.read(typed)[0]),
        "until": f"{until:%H:%M, ngày %d/%m/%Y}",
        "enter_at": site.enter_at,
        "site": site.name,
        "demo": employer.is_synthetic,
    }
    marked, _unprinted = pdf_letters.marked(data)
    return pdf.render(TEMPLATE, marked, {"qr.svg": qr.qr_svg(site.enter_at).encode()})


def _superior(office_code: str) -> str:
    row = Office.objects.select_related("parent").get(code=office_code)
    return row.parent.name if row.parent else ""


def _figures(employer_code: str) -> dict[str, str]:
    """The employer's own figures, told to it also where they are small; empty before the first roster."""
    funnel = roster.funnel(employer_code)
    if not funnel.workers or funnel.as_of is None:
        return {"people": "", "approved": "", "counted_on": ""}
    people, approved = (
        f"{count:,}".replace(",", ".") for count in (funnel.workers, funnel.reached[Stage.APPROVED])
    )
    return {"people": people, "approved": approved, "counted_on": f"{local_day(funnel.as_of):%d/%m/%Y}"}
