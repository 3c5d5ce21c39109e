"""In which seat somebody acts, and the mark of views that take one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, cast

from django.http import HttpResponse
from django.utils import timezone

from vssid.domain.employers.seats import queries as seats
from vssid.domain.employers.seats.queries import SeatView
from vssid.domain.employers.seats.roles import Act
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import View, VisitRequest, employer

P = ParamSpec("P")
NO_SEAT = "no_seat"


class SeatRequest(VisitRequest):
    """A request of somebody who has a seat; who acts is named with it."""

    seat: SeatView


def of(request: VisitRequest) -> SeatView | None:
    """The seat of the signed-in person in this session, asked for once; then who acts is named with it."""
    if not hasattr(request, "seat"):
        session = request.session_view
        assert session is not None  # the mark of the view has seen to it
        today = local_day(timezone.now())
        held = seats.current(session.person_id, session.session_id, on=today)
        request.seat = held  # type: ignore[attr-defined]
        if held is not None:
            request.actor = Actor(
                ActorKind.EMPLOYER,
                session.person_id,
                session.display_name,
                seat=held.id,
                employer=held.employer_code,
            )
    return cast("SeatView | None", request.seat)  # type: ignore[attr-defined]


def hr(
    act: Act, *, change: Act | None = None
) -> Callable[[Callable[Concatenate[SeatRequest, P], HttpResponse]], View[P]]:
    """A view for who has a seat that may do this; `change` is what sending its form takes, if another."""
    acts = (act, change or act)

    def lacking(request: VisitRequest) -> str | Act | None:
        held = of(request)
        if held is None:
            return NO_SEAT
        asked = acts[0] if request.method in {"GET", "HEAD"} else acts[1]
        return None if asked in held.acts else asked

    def mark(view: Callable[Concatenate[SeatRequest, P], HttpResponse]) -> View[P]:
        marked = employer(lacking, _turned_away)(cast("View[P]", view))
        marked.acts = acts  # type: ignore[attr-defined]
        return marked

    return mark


def _turned_away(request: VisitRequest, lacked: str | Act) -> HttpResponse:
    from . import refusals  # draws in the frame, which asks for the seat

    return refusals.no_seat(request) if lacked == NO_SEAT else refusals.no_act(request, Act(lacked))
