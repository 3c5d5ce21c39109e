"""Invitations as a PDF, set like administrative letters to employers; their words are not translated.

Layout as the office's reports have it. Signature, and the number where none is told, are left for the office
to fill in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from vssid.domain.offices import queries as offices
from vssid.domain.offices.models import Office
from vssid.domain.participants.models.participation import Employer
from vssid.domain.statements import signing
from vssid.infra.documents import pdf, pdf_letters, pdf_signing, qr
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import VIETNAM, local_day
from vssid.kernel.errors import NotYours

from .. import listing
from ..roster import queries as roster
from ..roster import refreshing
from . import codes
from .queries import is_open, open_of

TEMPLATE = Path(__file__).with_name("letter.typ")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the letter leads: the address of the first page, and of the site."""

    enter_at: str
    name: str


def site() -> Site:
    """Where letters lead; a test compares it with the door's own address."""
    return Site(f"{settings.BASE_URL}/don-vi/vao", settings.BASE_URL)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to an employer. `office` answers questions, `sender` stands over it; `officer` looks after the
    employer. `number` and `day` of the letter; `after`: number and day of the one it reminds of.
    """

    employer: Employer
    office: str
    sender: str
    officer: str
    code: str
    expires_at: datetime
    day: date
    number: str = ""
    after: tuple[str, date] | None = None


def as_pdf(employer_code: str, typed: str, *, by: Actor, now: datetime) -> bytes:
    """The letter with its code, for the officer who has just made it. Raises NotYours, also for another code
    than that of the employer's open invitation.
    """
    page = listing.employer(employer_code, by=by, now=now)
    entry = open_of(employer_code, now=now)
    if entry is None or not is_open(typed, employer_code, now=now):
        raise NotYours
    letter = Letter(
        employer=Employer.objects.get(code=employer_code),
        office=page.office_code,
        sender=page.office_code,
        officer=page.officer,
        code=codes.read(typed)[0],
        expires_at=entry.expires_at,
        day=local_day(now),
    )
    return render([letter])


def signed(letter: Letter) -> bytes:
    """One letter as it goes by e-mail: signed with the certificate of the installation, if it has one."""
    if not signing.is_set():
        return render([letter])
    return pdf_signing.sign(render([letter], is_signed=True), signing.identity(), reason="Thư mời đơn vị")


def render(letters: Sequence[Letter], *, is_signed: bool = False) -> bytes:
    """The letters as one PDF, each on a page of its own; `is_signed`: it says that it is signed as a file."""
    leads = site()
    figures = roster.approved([letter.employer.code for letter in letters])
    as_of = refreshing.as_of()
    counted_on = f"{local_day(as_of):%d/%m/%Y}" if as_of else ""
    heads = {code: _head(code) for code in {letter.sender for letter in letters}}
    helps = {code: _help(code) for code in {letter.office for letter in letters}}
    told = [
        {
            **heads[letter.sender],
            **helps[letter.office],
            **_words(letter),
            **_figures(figures.get(letter.employer.code, (0, 0)), counted_on),
        }
        for letter in letters
    ]
    data = {"letters": told, "enter_at": leads.enter_at, "site": leads.name, "is_signed": is_signed}
    marked, _unprinted = pdf_letters.marked(data)
    return pdf.render(TEMPLATE, marked, {"qr.svg": qr.qr_svg(leads.enter_at).encode()})


def _head(office_code: str) -> dict[str, str]:
    row = Office.objects.select_related("parent").get(code=office_code)
    return {"office": row.name, "superior": row.parent.name if row.parent else ""}


def _help(office_code: str) -> dict[str, Any]:
    """Whom to ask."""
    office = offices.office(office_code)
    with translation.override("vi"):
        hours = office.hours
    return {"help": office.name, "address": office.address, "phone": office.phone, "hours": hours}


def _words(letter: Letter) -> dict[str, Any]:
    employer, until = letter.employer, letter.expires_at.astimezone(VIETNAM)
    return {
        "number": letter.number,
        "day": f"ngày {letter.day:%d} tháng {letter.day:%m} năm {letter.day:%Y}",
        "after": f"số {letter.after[0]} ngày {letter.after[1]:%d/%m/%Y}" if letter.after else "",
        "employer": employer.name,
        "employer_code": employer.code,
        "employer_address": employer.address,
        "officer": letter.officer,
        "code": codes.shown(letter.code),
        "until": f"{until:%H:%M, ngày %d/%m/%Y}",
        "demo": employer.is_synthetic,
    }


def _figures(counted: tuple[int, int], counted_on: str) -> dict[str, str]:
    """The employer's own figures, told to it also where they are small; empty before the first roster."""
    people, approved = counted
    if not people or not counted_on:
        return {"people": "", "approved": "", "counted_on": ""}
    told = (f"{count:,}".replace(",", ".") for count in (people, approved))
    return {**dict(zip(("people", "approved"), told, strict=True)), "counted_on": counted_on}
