"""What every page of the door shares: the employer, the seat, and the other employers to switch to."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.employers import telling, whom
from vssid.domain.employers.seats import queries as seats
from vssid.domain.employers.seats.roles import ROLES, Role
from vssid.domain.support.employers import conversation
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest

from . import seat


def page(request: VisitRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Draw a page of the employer for which the signed-in person acts, also where there is none."""
    held, session = seat.of(request), request.session_view
    assert session is not None
    now = timezone.now()
    own = seats.of_person(session.person_id, on=local_day(now))
    ask = whom.of_employer(held.employer_code, on=local_day(now)) if held else None
    frame = {
        "seat": held,
        # What the page offers follows the table of roles, by name.
        "may": {act.value for act in held.acts} if held else set(),
        "role_words": ROLES[Role(held.role)] if held else "",
        "other_seats": [{"seat": one, "role": ROLES[Role(one.role)]} for one in own if one != held],
        # On every page: who looks after the employer, with the office's phone and hours.
        "whom": ask,
        "whom_is_open": ask.is_open(now) if ask else False,
        "notices_unread": telling.unread(held.person_id, held.employer_code) if held else 0,
        "unread": conversation.unread(held.employer_code) if held else 0,
        "idle_minutes": int(sessions.idle_limit(Account.EMPLOYER).total_seconds() // 60),
    }
    return render(request, template, {**frame, **context}, status=status)
