"""/don-vi/no-dong: what the employer owes by month and fund, and which workers are affected."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.employers.arrears import interest, queries
from vssid.domain.employers.arrears.queries import Affected, Arrears, Line, WorkersPage
from vssid.domain.employers.seats.roles import Act
from vssid.domain.participants.employers import deadlines
from vssid.kernel.calendar import local_day

from .. import frame
from ..seat import SeatRequest, hr
from . import words


@hr(Act.READ)
@require_safe
def arrears(request: SeatRequest) -> HttpResponse:
    """GET /don-vi/no-dong: all months, and a page of the workers."""
    employer, number = request.seat.employer_code, 1
    owed = queries.arrears(employer, local_day(timezone.now()))
    with suppress(ValueError):
        number = int(request.GET.get("trang", "")[:6])
    workers = queries.affected(employer, owed, number)
    context = {
        "owed": owed,
        "rows": [{"line": line, "fund": words.FUNDS[line.scheme]} for line in owed.lines],
        "totals": [_total(scheme, owed) for scheme in _schemes(owed)],
        "deadline_law": deadlines.legal_base(owed.day),
        "rule": interest.rule_on(owed.day),
        "without_rule": any(_lacks_rule(line) for line in owed.lines),
        "workers": [_worker(row) for row in workers.rows],
        "count": workers.count,
        "page": _pager(workers),
    }
    return frame.page(request, "employer/arrears/arrears.html", context)


def _schemes(owed: Arrears) -> list[str]:
    return [scheme for scheme in queries.SCHEMES if any(line.scheme == scheme for line in owed.lines)]


def _total(scheme: str, owed: Arrears) -> dict[str, Any]:
    """What all months of a fund come to; `left_out` counts months of workers."""
    lines = [line for line in owed.lines if line.scheme == scheme]
    return {
        "fund": words.FUNDS[scheme],
        "meaning": words.MEANING[scheme],
        "amount": _sum([line.amount for line in lines]),
        "interest": _sum([line.interest for line in lines]),
        "left_out": sum(line.left_out for line in lines),
    }


def _sum(parts: list[int | None]) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _lacks_rule(line: Line) -> bool:
    return line.days_late is not None and line.amount is not None and line.interest is None


def _worker(row: Affected) -> dict[str, Any]:
    return {
        "who": row,
        "months": [{"months": months, "fund": words.FUNDS[months.scheme]} for months in row.months],
    }


def _pager(workers: WorkersPage) -> dict[str, Any] | None:
    if workers.pages == 1:
        return None
    at, last = workers.number, workers.pages
    return {
        "number": at,
        "pages": last,
        "count": workers.count,
        "previous": f"?trang={at - 1}#nguoi" if at > 1 else "",
        "next": f"?trang={at + 1}#nguoi" if at < last else "",
    }


routes: list[URLPattern] = [path("don-vi/no-dong", arrears, name="arrears")]
