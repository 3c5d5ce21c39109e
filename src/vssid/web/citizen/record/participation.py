"""/qua-trinh: periods of each fund, totals, unpaid months, and where each row came from."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.employers import whom
from vssid.domain.participants import queries as participants
from vssid.domain.participants.employers.deadlines import Standing
from vssid.domain.participants.participation.totals import Span, month_of, paid_spans
from vssid.domain.participants.participation.unpaid import parted, stretches
from vssid.domain.participants.views import Participation, PeriodView
from vssid.domain.record.decode import Record
from vssid.kernel.calendar import local_day
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

from . import coverage, provenance, timeline, wage, words
from .numbered import nth
from .record_owner import ShownRecord, address_of, record_of

# Short name and name of each fund; the first is the page without a tab in its address.
TABS: dict[str, tuple[str, str | Promise]] = {
    "bhxh": ("BHXH", _("bảo hiểm xã hội")),
    "bhtn": ("BHTN", _("bảo hiểm thất nghiệp")),
    "tnld": ("BHTNLĐ-BNN", _("bảo hiểm tai nạn lao động, bệnh nghề nghiệp")),
    "bhyt": ("BHYT", _("bảo hiểm y tế")),
}


def tab_address(tab: str, link_id: uuid.UUID | None = None) -> str:
    """Where a fund's tab stands, of the own record or of a child's."""
    if tab == "bhxh":
        return address_of("participation", link_id)
    return address_of("participation_of", link_id, tab)


def tab_links(link_id: uuid.UUID | None = None) -> list[tuple[str, str]]:
    """The tabs: address and label. A child has no statement of its own to issue."""
    links = [(tab_address(tab, link_id), short) for tab, (short, _name) in TABS.items()]
    return links if link_id else [*links, (reverse("citizen:statement"), "C14-TS")]


@citizen
@require_safe
def periods(request: VisitRequest, tab: str = "bhxh", link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /qua-trinh and /qua-trinh/{bhtn,tnld,bhyt}"""
    now = timezone.now()
    shown = record_of(request, link_id, now)
    own = shown.record
    _known(tab)
    if request.path != tab_address(tab, link_id):
        return HttpResponseRedirect(tab_address(tab, link_id))
    page = _frame(tab, now, shown) | (
        _covered(own, now) if tab == "bhyt" else _contributed(own.participation, tab, now)
    )
    if tab == "bhtn":
        unused, claim = participants.unemployment(own.participation, local_day(now))
        page |= {"unused": words.length(unused), "claim": claim, "late_claim": claim.is_over(local_day(now))}
    template = "citizen/record/coverage.html" if tab == "bhyt" else "citizen/record/participation.html"
    return cookies.keep_offline(render(request, template, page))


@citizen
@require_safe
def detail(request: VisitRequest, tab: str, number: int, link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /qua-trinh/<tab>/<n>: one row, the oldest is 1."""
    _known(tab)
    now = timezone.now()
    shown = record_of(request, link_id, now)
    own = shown.record
    history = own.participation
    if tab == "bhyt":
        covers = history.coverage[::-1]
        cover = nth(covers, number)
        facts = {
            "rows": coverage.rows(cover, local_day(now), own.facilities),
            "title": coverage.span(cover),
            "origin": provenance.of(cover.run_id, cover.as_of),
        }
    else:
        period = nth(history.of(tab).periods, number)
        facts = {
            "rows": rows(period, now),
            "title": _span(period),
            "origin": provenance.of(period.run_id, period.as_of),
        }
        today = local_day(now)
        facts["unpaid"] = stretches([period], month_of(today), history.judged_on(today))
        facts["to_ask"] = whom.of_periods([period], now)
    return cookies.keep_offline(
        render(request, "citizen/record/period.html", _frame(tab, now, shown) | facts)
    )


def _known(tab: str) -> None:
    if tab not in TABS:
        raise Http404


def _frame(tab: str, now: datetime, shown: ShownRecord) -> dict[str, Any]:
    return shown.page | {
        "tab": tab,
        "tab_here": tab_address(tab, shown.link_id),
        "tabs": tab_links(shown.link_id),
        "fund": TABS[tab][0],
        "fund_name": TABS[tab][1],
        "confirmed": now,
    }


def _contributed(history: Participation, tab: str, now: datetime) -> dict[str, Any]:
    today, record = local_day(now), history.of(tab)
    until, day = month_of(today), history.judged_on(today)
    lacking = history.unpaid_months(tab, today)
    years, rest = divmod(record.totals.months, 12)
    numbered = list(enumerate(record.periods, start=1))
    return {
        "record": record,
        "years": years,
        "rest": rest,
        "unpaid": history.unpaid(tab, today),
        "told_on": day,
        "late": words.length(lacking[Standing.LATE]) if lacking[Standing.LATE] else "",
        "unrecorded": words.length(lacking[Standing.UNRECORDED]) if lacking[Standing.UNRECORDED] else "",
        "unpaid_kind": "warn" if lacking[Standing.LATE] or lacking[Standing.UNRECORDED] else "info",
        "to_ask": whom.of_periods(record.periods, now),
        "timeline": timeline.draw(*_months(record.periods, until, day)),
        "periods": [_line(number, period, until, day) for number, period in reversed(numbered)],
    }


def _line(number: int, period: PeriodView, until: int, day: date) -> dict[str, Any]:
    owed = [
        stretch for stretch in stretches([period], until, day) if stretch.standing is not Standing.NOT_DUE
    ]
    facts = {"number": number, "period": period, "span": _span(period), "who": _who(period)}
    return facts | {"owed": owed[-1] if owed else None}


def _who(period: PeriodView) -> str:
    name = period.employer_name or (
        str(_("Tham gia tự nguyện")) if period.is_voluntary else str(_("Chưa có tên đơn vị"))
    )
    return f"{name} · {period.job}" if period.job else name


def _months(periods: Sequence[PeriodView], until: int, day: date) -> tuple[set[int], set[int], set[int]]:
    """Months that are paid, those that lack a payment, and those whose day to pay is still to come."""
    paid = {
        month
        for span in paid_spans([period.as_months() for period in periods], until)
        for month in _each(span)
    }
    said = [part for period in periods for part in parted(period, until, day)]
    ahead = {month for standing, span in said if standing is Standing.NOT_DUE for month in _each(span)}
    lacking = {month for standing, span in said if standing is not Standing.NOT_DUE for month in _each(span)}
    return paid, lacking, ahead


def _each(span: Span) -> range:
    return range(span.first, span.last + 1)


def _covered(own: Record, now: datetime) -> dict[str, Any]:
    covers, today = own.participation.coverage, local_day(now)
    numbered = list(enumerate(covers[::-1], start=1))
    return {
        "timeline": timeline.draw(coverage.months(covers, today)),
        "five_years": own.five_years,
        "is_full": own.five_years.is_full(today),
        "covers": [
            coverage.line(number, cover, today, own.facilities) for number, cover in reversed(numbered)
        ],
    }


def _span(period: PeriodView) -> str:
    last = period.to_month.strftime("%m/%Y") if period.to_month else str(_("nay"))
    return f"{period.from_month:%m/%Y} – {last}"


def rows(period: PeriodView, now: datetime) -> list[tuple[str, str]]:
    """All that is known of a period; what is not told is left out."""
    until = month_of(local_day(now))
    months = period.as_months()
    last = until if months.last is None else min(months.last, until)
    employer = (
        f"{period.employer_name} ({period.employer_code})" if period.employer_code else period.employer_name
    )
    fields = [
        (_("Từ tháng"), f"{period.from_month:%m/%Y}"),
        (_("Đến tháng"), f"{period.to_month:%m/%Y}" if period.to_month else _("Đang tham gia")),
        (_("Thời gian"), words.length(max(0, last - months.first + 1))),
        (_("Chức vụ, nghề nghiệp"), period.job),
        (_("Đơn vị công tác"), employer),
        (_("Nơi làm việc"), period.workplace),
        (_("Hình thức"), _("Tự nguyện") if period.is_voluntary else _("Bắt buộc")),
        *wage.rows(period),
    ]
    return [(str(label), str(value)) for label, value in fields if value]
