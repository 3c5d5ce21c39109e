"""What HR prints: slips, eight to a page with cut marks, and the poster. Their words are not translated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.offices import queries as offices
from vssid.domain.participants.models.participation import Employer
from vssid.infra.documents import pdf, pdf_letters, qr
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

from ..errors import EmployerOver
from ..models.invitations import Invitation, InvitationRound
from ..roster import queries as roster
from ..roster.queries import Asked
from ..standing import queries as standing
from . import codes, inviting, queries
from .rules import Channel

SLIPS, POSTER = (Path(__file__).with_name(name) for name in ("slips.typ", "poster.typ"))


@dataclass(frozen=True, slots=True)
class Site:
    """Where the paper leads: the page where a code is typed, without a code, and the site's name."""

    enter_at: str
    name: str


def make_poster_code(employer: str, *, anew: bool, by: Actor, now: datetime) -> str:
    """The code of the poster and link; `anew`: another, and the one before opens nothing.

    Raises EmployerOver.
    """
    with transaction.atomic():
        row = inviting.locked(employer)
        if (over := standing.end_of(employer, on=local_day(now))) is not None:
            raise EmployerOver(since=over.from_on)
        if row.poster_code and not anew:
            return row.poster_code
        row.poster_code, row.poster_made_at = codes.poster(), now
        row.save(update_fields=["poster_code", "poster_made_at"])
        facts = {"employer": employer, "anew": anew}
        office = standing.office_of(employer, on=local_day(now))
        audit.record("employer.poster_made", subject=0, by=by, now=now, facts=facts, office=office)
    return row.poster_code


def poster(employer: str, site: Site, *, now: datetime) -> bytes:
    """The poster as a PDF, A4. Raises NotYours before it has a code."""
    code = queries.poster_code(employer)
    if not code:
        raise NotYours
    told = _frame(employer, site, now) | {"code": codes.shown(code), "address": f"{site.enter_at}/{code}"}
    return _pdf(POSTER, told, {"qr.svg": qr.qr_svg(told["address"], error="q").encode()})


def slips(round_id: int, employer: str, site: Site, *, now: datetime) -> bytes:
    """The slips of a round in the order of the list, as a PDF; the same codes each time.

    Whose invitation has ended, or who left, gets none. Raises NotYours, also when nobody is left.
    """
    made = InvitationRound.objects.filter(id=round_id, employer_code=employer, channel=Channel.SLIP).first()
    if made is None or made.expires_at <= now:
        raise NotYours
    open_ones = Invitation.objects.filter(round_id=round_id, employer_code=employer, ended_at=None)
    rows = {row.person_id: row for row in open_ones}
    lines = roster.page(employer, Asked(people=tuple(rows)), size=inviting.EVERYBODY).rows
    if not lines:
        raise NotYours
    files, people = dict[str, bytes](), list[dict[str, str]]()
    for line in lines:
        row = rows[line.person_id]
        code = codes.again(bytes(row.seed), bytes(row.code_print))
        name = f"{row.id}.svg"
        files[name] = qr.qr_svg(f"{site.enter_at}/{code}").encode()
        people.append(
            {"name": line.full_name, "department": line.department, "code": codes.shown(code), "qr": name}
        )
    until = {"until": f"{local_day(made.expires_at):%d/%m/%Y}", "people": people}
    return _pdf(SLIPS, _frame(employer, site, now) | until, files)


def _frame(employer: str, site: Site, now: datetime) -> dict[str, Any]:
    row = Employer.objects.get(code=employer)
    code = standing.office_of(employer, on=local_day(now))
    office = offices.office(code) if code and offices.exists(code) else None
    return {
        "employer": row.name,
        "office": office.name if office else "",
        "phone": office.phone if office else "",
        "enter_at": site.enter_at,
        "site": site.name,
        "demo": row.is_synthetic,
    }


def _pdf(template: Path, data: dict[str, Any], files: dict[str, bytes]) -> bytes:
    marked, _unprinted = pdf_letters.marked(data)
    return pdf.render(template, marked, files)
