"""/don-vi/doi-chieu: what differs between the own file and the register, by kind, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.employers.alignment import queries, saying
from vssid.domain.employers.alignment.kinds import Kind, State
from vssid.domain.employers.corrections import queries as corrections
from vssid.domain.employers.corrections import sending
from vssid.domain.employers.corrections.errors import AlreadyClosed, LiesAtOffice, NoOffice
from vssid.domain.employers.corrections.queries import Request
from vssid.domain.employers.corrections.reasons import ALL as REASONS
from vssid.domain.employers.corrections.states import State as Sent
from vssid.domain.employers.own_file import queries as own_files
from vssid.domain.employers.seats.roles import Act
from vssid.kernel.errors import NotYours
from vssid.web.ui.words import correction_words

from .. import frame
from ..errors import or_not_here
from ..seat import SeatRequest, hr
from . import words

_DIGITS = 18


@hr(Act.READ)
@require_safe
def differences(request: SeatRequest) -> HttpResponse:
    """One kind of difference, a page of it; the first kind that there is when none is asked for."""
    return _shown(request, request.GET)


@hr(Act.WORK)
@or_not_here
@require_POST
def say(request: SeatRequest, difference_id: int) -> HttpResponse:
    """Say who is to mend it."""
    state = request.POST.get("ai", "")
    if state not in set(State):
        raise NotYours
    try:
        saying.say(
            difference_id, request.seat.employer_code, State(state), by=request.actor, now=timezone.now()
        )
    except LiesAtOffice:
        return _shown(request, request.POST, trouble=words.AT_OFFICE, status=409)
    return redirect(_back(request))


@hr(Act.WORK)
@or_not_here
@require_POST
def send(request: SeatRequest) -> HttpResponse:
    """…/gui: those that are chosen (`chon`), or all of a kind (`tat-ca`), go to the office."""
    kind, employer = request.POST.get("loai", ""), request.seat.employer_code
    chosen, by, now = request.POST.getlist("chon"), request.actor, timezone.now()
    try:
        if "tat-ca" in request.POST and kind in set(Kind):
            sent = sending.send_all(employer, Kind(kind), by=by, now=now)
        elif chosen:
            sent = sending.send(employer, [_number(one) for one in chosen], by=by, now=now)
        else:
            return _shown(request, request.POST, trouble=words.NOTHING_CHOSEN, status=422)
    except NoOffice:
        return _shown(request, request.POST, trouble=words.NO_OFFICE, status=409)
    return redirect(_back(request, gui=str(sent.made), truoc=str(sent.before)))


@hr(Act.WORK)
@or_not_here
@require_POST
def withdraw(request: SeatRequest, correction_id: int) -> HttpResponse:
    """…/de-nghi/<request>/rut: the office has nothing to do any more."""
    try:
        sending.withdraw(correction_id, request.seat.employer_code, by=request.actor, now=timezone.now())
    except AlreadyClosed:
        return _shown(request, request.POST, trouble=words.OFFICE_WAS_FIRST, status=409)
    return redirect(_back(request, rut="1"))


def _shown(request: SeatRequest, asked: QueryDict, *, trouble: Any = "", status: int = 200) -> HttpResponse:
    employer, counts = request.seat.employer_code, queries.counts(request.seat.employer_code)
    totals = {kind: sum(counts[kind].values()) for kind in Kind}
    given, after = asked.get("loai", ""), _number(asked.get("sau", ""))
    kind = Kind(given) if given in set(Kind) else next((kind for kind in Kind if totals[kind]), Kind.NAME)
    page = queries.page(employer, kind, after=after)
    requests = corrections.of_differences(employer, [line.id for line in page.rows])
    again = corrections.differ_still(requests.values())
    context = {
        "kind": kind,
        "about": words.MEANING[kind],
        "kinds": [
            {"kind": one, "name": name, "many": totals[one], "open": counts[one][State.OPEN]}
            for one, name in correction_words.KINDS.items()
        ],
        "rows": [_row(line, requests.get(line.id), again) for line in page.rows],
        "states": [(state.value, words.STATES[state][0]) for state in State],
        "next_after": page.next_after,
        "taken_at": own_files.last_taken(employer),
        "here": after,
        "unsent": corrections.unsent(employer, kind),
        "ended": _worded(corrections.ended(employer)),
        "sent": _number(request.GET["gui"]) if "gui" in request.GET else None,
        "sent_before": _number(request.GET.get("truoc", "")),
        "withdrawn": request.GET.get("rut") == "1",
        "trouble": trouble,
        "chosen": {_number(one) for one in asked.getlist("chon")},
    }
    return frame.page(request, "employer/alignment/differences.html", context, status=status)


def _row(line: queries.Line, request: Request | None, again: Collection[int]) -> dict[str, Any]:
    """A difference with its request; one that was taken back is as if it had never been sent."""
    if request is not None and request.state is Sent.WITHDRAWN:
        request = None
    told = _worded([request])[0] if request else None
    is_again = request is not None and request.id in again
    return {"line": line, "state": words.STATES[line.state], "request": told, "again": is_again}


def _worded(requests: list[Request]) -> list[dict[str, Any]]:
    return [
        {
            "is": one,
            "kind": correction_words.KINDS[one.kind],
            "state": correction_words.STATES[one.state][0],
            "pill": correction_words.STATES[one.state][1],
            "reasons": [REASONS[code] for code in one.reasons if code in REASONS],
        }
        for one in requests
    ]


def _back(request: SeatRequest, **told: str) -> str:
    kind, after = request.POST.get("loai", ""), _number(request.POST.get("sau", ""))
    back = {"loai": kind} if kind in set(Kind) else {}
    if after:
        back["sau"] = str(after)
    return reverse("employer:differences", query=back | told)


def _number(text: str) -> int:
    """A number that was sent; 0, which nothing has, for what is none."""
    with suppress(ValueError):
        if text.isascii() and text.isdigit():
            return int(text[:_DIGITS])
    return 0


routes: list[URLPattern] = [
    path("don-vi/doi-chieu", differences, name="differences"),
    path("don-vi/doi-chieu/gui", send, name="differences_send"),
    path("don-vi/doi-chieu/<int:difference_id>", say, name="difference_say"),
    path("don-vi/doi-chieu/de-nghi/<int:correction_id>/rut", withdraw, name="correction_withdraw"),
]
