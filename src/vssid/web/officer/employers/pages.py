"""/can-bo/don-vi: the employers in reach, and one of them."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.employers import listing
from vssid.domain.employers.entries import queries as entries
from vssid.domain.employers.entries.queries import Stage
from vssid.domain.employers.listing import EmployerLine
from vssid.domain.employers.models.standing import Standing
from vssid.domain.employers.papers import filing
from vssid.domain.employers.portfolio import diary
from vssid.domain.employers.seats import queries as seats
from vssid.domain.employers.seats.roles import ROLES
from vssid.domain.employers.seats.roles import Role as SeatRole
from vssid.domain.employers.software import clients as software
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right, Role
from vssid.domain.support.employers import conversation
from vssid.domain.support.queries import Row
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.words import ticket_words

from .. import frame
from ..casework.lists import address, numbered, pager
from ..casework.words import Words
from ..errors import or_not_here
from . import words
from .entry_form import DIARY, EntryForm

PER_PAGE, MESSAGES = 50, 10
LONGEST = 80
TABS: dict[str, tuple[Words, Stage | None]] = {
    "": (_("Tất cả"), None),
    "chua-moi": (words.STAGES[Stage.NOT_INVITED][0], Stage.NOT_INVITED),
    "da-moi": (words.STAGES[Stage.INVITED][0], Stage.INVITED),
    "da-vao": (words.STAGES[Stage.IN][0], Stage.IN),
}


@may(Right.SEE_EMPLOYERS)
@require_safe
def employers(request: VisitRequest) -> HttpResponse:
    """A line an employer: `q` a code, tax code or words of a name, `xem` how far, `cua-toi=1` one's own."""
    now, by = timezone.now(), request.actor
    tab = request.GET.get("xem", "")
    tab = tab if tab in TABS else ""
    asked = request.GET.get("q", "")[:LONGEST].strip()
    collects = by.role == Role.COLLECTION
    mine = collects and request.GET.get("cua-toi") == "1"
    rows = listing.employers(by, asked=asked, stage=TABS[tab][1], mine=mine, now=now)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])

    def at(**other: Any) -> str:
        return address(
            "officer:employers", **{"xem": tab, "q": asked, "cua-toi": "1" if mine else "", **other}
        )

    context = {
        "rows": [_worded(line) for line in listing.lines(list(page), now=now)],
        "tabs": [(at(xem=slug), said) for slug, (said, _stage) in TABS.items()],
        "tab_here": at(),
        "asked": asked,
        "tab": tab,
        "collects": collects,
        "mine": mine,
        "page": pager(page, lambda number: at(trang=numbered(number))),
    }
    return frame.page(request, "officer/employers/list.html", context)


@may(Right.SEE_EMPLOYERS)
@require_safe
@or_not_here
def employer(request: VisitRequest, code: str) -> HttpResponse:
    """/can-bo/don-vi/<code>: how far it has come, its invitations, HR people, papers and standing."""
    return shown(request, code)


def shown(
    request: VisitRequest,
    code: str,
    *,
    trouble: Words = "",
    entry_form: EntryForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an employer; `trouble`: why what was asked for was not done; `entry_form` as typed."""
    now, by = timezone.now(), request.actor
    view = listing.employer(code, by=by, now=now)
    manages = policy.allows(by, Right.MANAGE_EMPLOYERS, view.office_code)
    people = seats.of_employer(code, on=local_day(now))
    context = {
        "employer": view,
        "stage": words.STAGES[view.stage],
        "over": words.KINDS[view.over.kind] if view.over else "",
        "manages": manages,
        "open_entry": entries.open_of(code, now=now),
        "administered": any(_administers(seat) for seat in people),
        "entries": [
            (entry, words.WAYS[entry.way], *words.ENTRIES[entry.state])
            for entry in entries.of_employer(code, now=now)
        ],
        "seats": [(seat, ROLES[SeatRole(seat.role)], *words.SEATS[seat.state]) for seat in people],
        "software": software.of_employer(code, now=now),
        "sits": any(seat.state in ("holds", "later") for seat in people),
        # Of the papers a look is written down, and who only reads has no need of one.
        "papers": filing.of_employer(code) if manages else [],
        "notes": [(note, words.KINDS[note.kind], _counts(note, local_day(now))) for note in view.notes],
        "follows": policy.allows(by, Right.FOLLOW_EMPLOYERS, view.office_code),
        "diary": [(entry, DIARY[entry.kind]) for entry in diary.of_employer(code, on=local_day(now))],
        "messages": [_message(row) for row in conversation.of(code, now)[:MESSAGES]],
        "once": request.POST.get("once", "")[:64] or secrets.token_urlsafe(12),
        "typed": request.POST.get("text", "") if entry_form is None else "",
        "entry_form": entry_form or EntryForm(),
        "done": words.DONE.get(request.GET.get("xong", ""), ""),
        "trouble": trouble,
    }
    return frame.page(request, "officer/employers/employer.html", context, status=status)


def _message(row: Row) -> dict[str, Any]:
    state, pill = ticket_words.STATES[row.state]
    return {"row": row, "topic": ticket_words.TOPICS[row.topic], "state": state, "pill": pill}


def _administers(seat: seats.SeatLine) -> bool:
    return seat.role == SeatRole.ADMINISTRATOR and seat.state == "holds"


def _counts(note: Standing, today: Any) -> str:
    if note.taken_back_at is not None:
        return "taken_back"
    return "later" if note.from_on > today else "holds"


def _worded(line: EmployerLine) -> dict[str, Any]:
    said, pill = (words.OVER, "bad") if line.is_over else words.STAGES[line.stage]
    return {"line": line, "stage": said, "pill": pill}
