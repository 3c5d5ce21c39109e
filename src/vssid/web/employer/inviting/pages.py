"""/don-vi/moi: the invitations of the employer, and what came of each round."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.employers.invitations import hours, inviting, queries
from vssid.domain.employers.invitations.queries import RoundView
from vssid.domain.employers.invitations.rules import MOST_A_DAY, Channel
from vssid.domain.employers.roster import queries as roster
from vssid.domain.employers.roster.stages import Stage
from vssid.domain.employers.seats.roles import Act

from .. import frame
from ..errors import or_not_here
from ..seat import SeatRequest, hr
from . import words


@hr(Act.READ)
@require_safe
def invitations(request: SeatRequest) -> HttpResponse:
    """GET /don-vi/moi"""
    employer, now = request.seat.employer_code, timezone.now()
    funnel, code = roster.funnel(employer), queries.poster_code(employer)
    context = {
        "rows": [_row(row) for row in queries.rounds(employer)],
        "left": inviting.left_today(employer, now),
        "most": MOST_A_DAY,
        "channels": list(words.CHANNELS.items()),
        "not_invited": funnel.at(Stage.NONE),
        "invited": funnel.at(Stage.INVITED),
        "link": request.build_absolute_uri(reverse("public:invitation", args=[code])) if code else "",
    }
    return frame.page(request, "employer/inviting/invitations.html", context)


@hr(Act.READ)
@or_not_here
@require_safe
def one(request: SeatRequest, round_id: int) -> HttpResponse:
    """GET /don-vi/moi/<round_id>"""
    row = queries.round_of(round_id, request.seat.employer_code)
    skipped = [(many, words.skipped(why, row.channel)) for why, many in row.skipped.items()]
    open_still = row.expires_at > timezone.now()
    context = {
        "skipped": skipped,
        "is_slip": row.channel is Channel.SLIP,
        "open_still": open_still,
        "leaves": waits_until(row.channel, timezone.now()) if row.waiting else None,
    }
    return frame.page(request, "employer/inviting/round.html", {**_row(row), **context})


def waits_until(channel: Channel, now: datetime) -> datetime | None:
    """When messages of a channel go out that do not go now."""
    leaves = hours.leaves_at(channel, now)
    return leaves if leaves > now else None


def _row(row: RoundView) -> dict[str, Any]:
    return {"row": row, "channel": words.CHANNELS[row.channel]}


routes: list[URLPattern] = [
    path("don-vi/moi", invitations, name="invitations"),
    path("don-vi/moi/<int:round_id>", one, name="invitation_round"),
]
