"""/don-vi/doi-chieu: what differs between the own file and the register, kind by kind."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.employers.alignment import queries, saying
from vssid.domain.employers.alignment.kinds import Kind, State
from vssid.domain.employers.own_file import queries as own_files
from vssid.domain.employers.seats.roles import Act
from vssid.kernel.errors import NotYours

from .. import frame
from ..errors import or_not_here
from ..seat import SeatRequest, hr
from . import words


@hr(Act.READ)
@require_safe
def differences(request: SeatRequest) -> HttpResponse:
    """One kind of difference, a page of it; the first kind that there is when none is asked for."""
    employer, counts = request.seat.employer_code, queries.counts(request.seat.employer_code)
    totals = {kind: sum(counts[kind].values()) for kind in Kind}
    given, after = request.GET.get("loai", ""), 0
    kind = Kind(given) if given in set(Kind) else next((kind for kind in Kind if totals[kind]), Kind.NAME)
    with suppress(ValueError):
        after = int(request.GET.get("sau", "")[:18])
    page = queries.page(employer, kind, after=max(after, 0))
    context = {
        "kind": kind,
        "about": words.KINDS[kind][1],
        "kinds": [
            {"kind": one, "name": words.KINDS[one][0], "many": totals[one], "open": counts[one][State.OPEN]}
            for one in Kind
        ],
        "rows": [{"line": line, "state": words.STATES[line.state]} for line in page.rows],
        "states": [(state.value, words.STATES[state][0]) for state in State],
        "next_after": page.next_after,
        "taken_at": own_files.last_taken(employer),
        "here": after,
    }
    return frame.page(request, "employer/alignment/differences.html", context)


@hr(Act.WORK)
@or_not_here
@require_POST
def say(request: SeatRequest, difference_id: int) -> HttpResponse:
    """Say who is to mend it."""
    state, kind = request.POST.get("ai", ""), request.POST.get("loai", "")
    if state not in set(State):
        raise NotYours
    saying.say(difference_id, request.seat.employer_code, State(state), by=request.actor, now=timezone.now())
    back = {"loai": kind} if kind in set(Kind) else {}
    if (after := request.POST.get("sau", "")).isdecimal() and after != "0":
        back["sau"] = after
    return redirect(reverse("employer:differences", query=back))


routes: list[URLPattern] = [
    path("don-vi/doi-chieu", differences, name="differences"),
    path("don-vi/doi-chieu/<int:difference_id>", say, name="difference_say"),
]
