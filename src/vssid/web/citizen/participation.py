"""/qua-trinh: periods of each fund, totals, unpaid months, and where each row came from."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from vssid.domain.cards.reading import Record
from vssid.domain.participants import queries as participants
from vssid.domain.participants.totals import first_day, month_of
from vssid.domain.participants.views import PeriodView, SchemeRecord
from vssid.kernel.calendar import local_day
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

from . import coverage, provenance, timeline, wage, words
from .numbered import nth
from .whose import Whose, record_of

TABS: dict[str, tuple[str, str, str | Promise]] = {
    "bhxh": ("/qua-trinh", "BHXH", _("bảo hiểm xã hội")),
    "bhtn": ("/qua-trinh/bhtn", "BHTN", _("bảo hiểm thất nghiệp")),
    "tnld": ("/qua-trinh/tnld", "BHTNLĐ-BNN", _("bảo hiểm tai nạn lao động, bệnh nghề nghiệp")),
    "bhyt": ("/qua-trinh/bhyt", "BHYT", _("bảo hiểm y tế")),
}
STATEMENT = "/qua-trinh/c14-ts"
TAB_LINKS = [*((address, short) for address, short, _name in TABS.values()), (STATEMENT, "C14-TS")]


@dataclass(frozen=True, slots=True)
class Unpaid:
    """Months an employer has not paid: first and last as days, and how many."""

    employer: str
    first: date
    last: date
    months: int


def unpaid_of(record: SchemeRecord, today: date) -> list[Unpaid]:
    """The unpaid stretches of a fund up to this month, newest first."""
    until = month_of(today)
    found = []
    for period in record.unpaid:
        months = period.as_months()
        last = until if months.last is None else min(months.last, until)
        if months.unpaid_from is not None and months.unpaid_from <= last:
            found.append(
                Unpaid(
                    period.employer_name,
                    first_day(months.unpaid_from),
                    first_day(last),
                    last - months.unpaid_from + 1,
                )
            )
    return sorted(found, key=lambda one: one.first, reverse=True)


@citizen
@require_safe
def periods(request: VisitRequest, tab: str = "bhxh", link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /qua-trinh and /qua-trinh/{bhtn,tnld,bhyt}"""
    now = timezone.now()
    whose = record_of(request, link_id, now)
    own = whose.record
    if request.path != whose.of + _known(tab):
        return HttpResponseRedirect(whose.of + TABS[tab][0])
    page = _frame(tab, now, whose) | (
        _covered(own, now) if tab == "bhyt" else _contributed(own.participation.of(tab), now)
    )
    if tab == "bhtn":
        page["unused"] = words.length(participants.unused_months(own.participation, local_day(now)))
    template = "citizen/coverage.html" if tab == "bhyt" else "citizen/participation.html"
    return cookies.keep_offline(render(request, template, page))


@citizen
@require_safe
def detail(request: VisitRequest, tab: str, number: int, link_id: uuid.UUID | None = None) -> HttpResponse:
    """GET /qua-trinh/<tab>/<n>: one row, the oldest is 1."""
    _known(tab)
    now = timezone.now()
    whose = record_of(request, link_id, now)
    own = whose.record
    history = own.participation
    if tab == "bhyt":
        covers = history.coverage[::-1]
        one = nth(covers, number)
        facts = {
            "rows": coverage.rows(one, own.facilities),
            "title": coverage.span(one),
            "origin": provenance.of(one.run_id, one.as_of),
        }
    else:
        period = nth(history.of(tab).periods, number)
        facts = {
            "rows": rows(period, now),
            "title": _span(period),
            "origin": provenance.of(period.run_id, period.as_of),
        }
        facts["unpaid"] = unpaid_of(SchemeRecord(tab, (period,), history.of(tab).totals), local_day(now))
    return cookies.keep_offline(render(request, "citizen/period.html", _frame(tab, now, whose) | facts))


def _known(tab: str) -> str:
    """The address of the tab."""
    if tab not in TABS:
        raise Http404
    return TABS[tab][0]


def _frame(tab: str, now: datetime, whose: Whose) -> dict[str, Any]:
    # A child has no statement of its own to issue here.
    tabs = TAB_LINKS if whose.child is None else TAB_LINKS[:-1]
    return whose.page | {
        "tab": tab,
        "tab_here": whose.of + TABS[tab][0],
        "tabs": [(whose.of + address, short) for address, short in tabs],
        "fund": TABS[tab][1],
        "fund_name": TABS[tab][2],
        "confirmed": now,
    }


def _contributed(record: SchemeRecord, now: datetime) -> dict[str, Any]:
    today = local_day(now)
    paid, unpaid = _months(record.periods, month_of(today))
    years, rest = divmod(record.totals.months, 12)
    numbered = list(enumerate(record.periods, start=1))
    return {
        "record": record,
        "years": years,
        "rest": rest,
        "unpaid": unpaid_of(record, today),
        "unpaid_length": words.length(record.totals.unpaid_months),
        "timeline": timeline.draw(paid, unpaid),
        "periods": [_line(number, period) for number, period in reversed(numbered)],
    }


def _line(number: int, period: PeriodView) -> dict[str, Any]:
    return {"number": number, "period": period, "span": _span(period), "who": _who(period)}


def _who(period: PeriodView) -> str:
    name = period.employer_name or (
        str(_("Tham gia tự nguyện")) if period.is_voluntary else str(_("Chưa có tên đơn vị"))
    )
    return f"{name} · {period.job}" if period.job else name


def _months(periods: Iterable[PeriodView], until: int) -> tuple[set[int], set[int]]:
    paid: set[int] = set()
    unpaid: set[int] = set()
    for one in (period.as_months() for period in periods):
        last = until if one.last is None else min(one.last, until)
        stop = last + 1 if one.unpaid_from is None else min(one.unpaid_from, last + 1)
        paid.update(range(one.first, stop))
        unpaid.update(range(stop, last + 1))
    return paid, unpaid


def _covered(own: Record, now: datetime) -> dict[str, Any]:
    covers, today = own.participation.coverage, local_day(now)
    numbered = list(enumerate(covers[::-1], start=1))
    return {
        "timeline": timeline.draw(coverage.months(covers, today), ()),
        "health": own.participation.health(today),
        "covers": [coverage.line(number, one, today, own.facilities) for number, one in reversed(numbered)],
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
    found = [
        (_("Từ tháng"), f"{period.from_month:%m/%Y}"),
        (_("Đến tháng"), f"{period.to_month:%m/%Y}" if period.to_month else _("Đang tham gia")),
        (_("Thời gian"), words.length(max(0, last - months.first + 1))),
        (_("Chức vụ, nghề nghiệp"), period.job),
        (_("Đơn vị công tác"), employer),
        (_("Nơi làm việc"), period.workplace),
        (_("Hình thức"), _("Tự nguyện") if period.is_voluntary else _("Bắt buộc")),
        *wage.rows(period),
    ]
    return [(str(label), str(value)) for label, value in found if value]
