"""/can-bo/chien-dich: the campaigns that are seen, one of them, and its employers."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.employers.campaigns import queries, results, scope
from vssid.domain.employers.campaigns.results import Step, TargetLine
from vssid.domain.employers.campaigns.states import State
from vssid.domain.employers.models.campaigns import Campaign
from vssid.domain.offices import policy
from vssid.domain.offices.models import Office
from vssid.domain.offices.rights import Right
from vssid.domain.reports import targets as reported
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.lists import numbered
from ..casework.words import Words
from ..errors import or_not_here
from . import words

PER_PAGE, FIRST, LONGEST = 50, 10, 80
# What of a list is shown, by the word in the address.
TABS: dict[str, tuple[Words, Step | None]] = {
    "": (_("Tất cả"), None),
    "chua-co-thu": (words.STEPS[Step.PLANNED][0], Step.PLANNED),
    "da-in": (words.STEPS[Step.PRINTED][0], Step.PRINTED),
    "da-gui": (words.STEPS[Step.POSTED][0], Step.POSTED),
    "da-mo": (words.STEPS[Step.OPENED][0], Step.OPENED),
    "da-vao": (words.STEPS[Step.IN][0], Step.IN),
}


@may(Right.SEE_EMPLOYERS)
@require_safe
def campaigns(request: VisitRequest) -> HttpResponse:
    """GET every campaign of the offices in reach and of those above."""
    listed = list(queries.campaigns(request.actor)[:200])
    context = {
        "rows": [(row, *words.STATES[State(row.state)]) for row in listed],
        "runs": policy.reach(request.actor, Right.RUN_CAMPAIGNS) is not None,
    }
    return frame.page(request, "officer/campaigns/list.html", context)


@may(Right.SEE_EMPLOYERS)
@require_safe
@or_not_here
def campaign(request: VisitRequest, campaign_id: int) -> HttpResponse:
    """GET one: whom it is for, its waves, how far its employers are."""
    return shown(request, campaign_id)


def shown(request: VisitRequest, campaign_id: int, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """The page of a campaign; `trouble`: why what was asked for was not done."""
    by, now = request.actor, timezone.now()
    row = queries.campaign(campaign_id, by)
    within, on = queries.reach(by), local_day(now)
    context = {
        "campaign": row,
        "state": words.STATES[State(row.state)],
        "waves": [
            (wave, words.wave_kind(wave.kind), words.wave_way(wave), *words.wave_state(wave))
            for wave in queries.waves(row.id)
        ],
        "runs": policy.allows(by, Right.RUN_CAMPAIGNS, row.office_id),
        "prints": policy.allows(by, Right.MANAGE_EMPLOYERS, row.office_id),
        "is_partial": not policy.allows(by, Right.SEE_EMPLOYERS, row.office_id),
        "done": words.DONE.get(request.GET.get("xong", ""), ""),
        "trouble": trouble,
    }
    if row.state == State.DRAFT:
        context["preview"] = scope.preview(row, within=within, on=on)
        context["fits"] = scope.listed(row, within=within, on=on, limit=FIRST)
    else:
        context |= _results(row, within, on)
    return frame.page(request, "officer/campaigns/campaign.html", context, status=status)


@may(Right.SEE_EMPLOYERS)
@require_safe
@or_not_here
def targets(request: VisitRequest, campaign_id: int) -> HttpResponse:
    """…/cac-don-vi: the employers of a campaign, or of a draft those it would take; `xem` how far, `q` a code
    or words of a name.
    """
    by, on = request.actor, local_day(timezone.now())
    row, within = queries.campaign(campaign_id, by), queries.reach(by)
    number = _number(request.GET.get("trang", "1"))
    if row.state == State.DRAFT:
        return _fits(request, row, within, on, number)
    tab, asked = request.GET.get("xem", ""), request.GET.get("q", "")[:LONGEST].strip()
    tab = tab if tab in TABS else ""
    wanted, here = results.Asked(TABS[tab][1], asked), results.Within(within)
    many = results.count(row.id, wanted, within=here, on=on)
    number = min(number, max(1, -(-many // PER_PAGE)))
    lines = results.listed(row.id, wanted, within=here, on=on, skip=(number - 1) * PER_PAGE, limit=PER_PAGE)
    names = _offices({line.office_code for line in lines})

    def at(**other: Any) -> str:
        return _address(row.id, **{"xem": tab, "q": asked, **other})

    context = {
        "campaign": row,
        "rows": [_worded(line, names) for line in lines],
        "tabs": [(at(xem=slug), said) for slug, (said, _step) in TABS.items()],
        "tab_here": at(),
        "tab": tab,
        "asked": asked,
        "page": _pager(number, many, at),
    }
    return frame.page(request, "officer/campaigns/targets.html", context)


def _fits(request: VisitRequest, row: Campaign, within: frozenset[str], on: Any, number: int) -> HttpResponse:
    many = scope.preview(row, within=within, on=on).taken
    number = min(number, max(1, -(-many // PER_PAGE)))
    fits = scope.listed(row, within=within, on=on, limit=PER_PAGE, skip=(number - 1) * PER_PAGE)
    names = _offices({fit.office_code for fit in fits})

    def at(**other: Any) -> str:
        return _address(row.id, **other)

    context = {
        "campaign": row,
        "is_draft": True,
        "rows": [{"line": fit, "office": names.get(fit.office_code, "")} for fit in fits],
        "page": _pager(number, many, at),
    }
    return frame.page(request, "officer/campaigns/targets.html", context)


def _results(row: Campaign, within: frozenset[str], on: Any) -> dict[str, Any]:
    here = results.Within(within)
    counted = results.results(row.id, within=here, on=on)
    people = reported.people_of(row.id, here, on)
    steps = [
        (words.STEPS[step][0], counted.reached(step), _address(row.id, xem=slug))
        for slug, (_said, step) in TABS.items()
        if step in (Step.PRINTED, Step.POSTED, Step.OPENED, Step.IN)
    ]
    return {
        "results": counted,
        "emailed": any((counted.emails.waiting, counted.emails.sent, counted.emails.failed)),
        "steps": [(said, many, _share(many, counted.employers), link) for said, many, link in steps],
        "people": people,
        "target": reported.target_of(row, on),
    }


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _worded(line: TargetLine, names: dict[str, str]) -> dict[str, Any]:
    said, pill = words.STEPS[line.step]
    return {
        "line": line,
        "office": names.get(line.office_code, ""),
        "step": said,
        "pill": pill,
        "email": words.EMAILS.get(line.email, ""),
        "skipped": words.SKIPPED.get(line.skipped, "") if line.step < Step.IN else "",
    }


def _offices(codes: set[str]) -> dict[str, str]:
    return dict(Office.objects.filter(code__in=codes).values_list("code", "name"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 100_000 else 1


def _address(campaign_id: int, **parts: Any) -> str:
    asked = urlencode({name: value for name, value in parts.items() if value})
    here = reverse("officer:campaign_targets", args=[campaign_id])
    return f"{here}?{asked}" if asked else here


def _pager(number: int, many: int, at: Any) -> dict[str, Any] | None:
    pages = max(1, -(-many // PER_PAGE))
    if pages == 1:
        return None
    return {
        "number": number,
        "pages": pages,
        "count": many,
        "previous": at(trang=numbered(number - 1)) if number > 1 else "",
        "next": at(trang=numbered(number + 1)) if number < pages else "",
    }
