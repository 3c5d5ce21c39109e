"""/can-bo/ngay-dang-ky: registration days that employers ask for; accepted with an officer, or declined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.employers.days import answering, reading, times
from vssid.domain.employers.days.errors import DayMoved, OfficerBusy
from vssid.domain.employers.models.days import RegistrationDay
from vssid.domain.offices import policy
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.offices.rights import Right
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.words import day_words
from vssid.web.ui.words.stage_words import STAGES

from .. import frame
from ..casework.lists import PER_PAGE, address, numbered, pager
from ..casework.words import Words
from ..errors import or_not_here

TABS: dict[str, tuple[Words, str]] = {
    "": (gettext_lazy("Chờ trả lời"), "waiting"),
    "lich": (gettext_lazy("Lịch sắp tới"), "coming"),
    "khac": (gettext_lazy("Đã qua, không nhận"), "over"),
}
State = RegistrationDay.State
Act = Callable[[], None]


class OfficerForm(forms.Form):
    """Who goes there; only those who can be named are offered."""

    officer = forms.TypedChoiceField(
        label=gettext_lazy("Cán bộ lưu động"),
        coerce=int,
        error_messages={
            "required": day_words.WRONG["officer", "unknown"],
            "invalid_choice": day_words.WRONG["officer", "unknown"],
        },
    )

    def __init__(self, able: dict[int, str], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = self.fields["officer"]
        assert isinstance(offered, forms.ChoiceField)
        offered.choices = [("", _("Chọn cán bộ")), *((str(one), name) for one, name in able.items())]


class DeclineForm(forms.Form):
    """Why the day will not be."""

    why = forms.CharField(
        label=gettext_lazy("Lý do"),
        help_text=gettext_lazy("Đơn vị đọc được lý do này."),
        max_length=times.LONGEST_WHY,
        widget=forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"}),
        error_messages={
            "required": day_words.WRONG["why", "required"],
            "max_length": day_words.WRONG["why", "too_long"],
        },
    )


@may(Right.SEE_EMPLOYERS)
@require_safe
def days(request: VisitRequest) -> HttpResponse:
    """What waits, the nearest first; `xem=lich` is the calendar: who goes where and when."""
    tab = request.GET.get("xem", "")
    tab = tab if tab in TABS else ""
    rows = reading.within(request.actor, TABS[tab][1], now=timezone.now())
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])

    def at(**other: Any) -> str:
        return address("officer:days", **{"xem": tab, **other})

    context = {
        "rows": [(row, *day_words.STATES[row.state]) for row in page],
        "tabs": [(at(xem=slug), said) for slug, (said, _rows) in TABS.items()],
        "tab_here": at(),
        "page": pager(page, lambda number: at(trang=numbered(number))),
    }
    return frame.page(request, "officer/employers/days.html", context)


@may(Right.SEE_EMPLOYERS)
@require_safe
@or_not_here
def day(request: VisitRequest, day_id: UUID) -> HttpResponse:
    """One day, and what can be answered to it."""
    return _day(request, day_id)


@may(Right.FOLLOW_EMPLOYERS)
@require_POST
@or_not_here
def answer(request: VisitRequest, day_id: UUID) -> HttpResponse:
    """…/tra-loi: accept with an officer (`nhan`), name another (`doi`), decline or call off (`khong`)."""
    by, now = request.actor, timezone.now()
    view = reading.within_one(day_id, by)
    naming = OfficerForm(answering.able(view.row.office_id, view.row.on), request.POST)
    why = DeclineForm(request.POST)
    acts: dict[str, tuple[forms.Form, Act]] = {
        "nhan": (
            naming,
            lambda: answering.accept(day_id, naming.cleaned_data["officer"], by=by, now=now),
        ),
        "doi": (
            naming,
            lambda: answering.name_other(day_id, naming.cleaned_data["officer"], by=by, now=now),
        ),
        "khong": (why, lambda: answering.decline(day_id, why.cleaned_data["why"], by=by, now=now)),
    }
    try:
        form, act = acts[request.POST.get("viec", "")]
    except KeyError:
        raise NotYours from None
    if form.is_valid():
        try:
            act()
        except Invalid as invalid:
            day_words.refuse(form, invalid)
        except OfficerBusy as busy:
            form.add_error("officer", day_words.refusal(busy))
        except DayMoved as moved:
            return _day(request, day_id, trouble=day_words.refusal(moved), status=409)
        except NotAllowed:
            return _day(request, day_id, trouble=_("Việc này của cơ quan khác."), status=409)
        else:
            return HttpResponseRedirect(reverse("officer:day", args=[day_id]))
    return _day(request, day_id, refused=form, status=422)


def _day(
    request: VisitRequest,
    day_id: UUID,
    *,
    trouble: Words = "",
    refused: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    by, now = request.actor, timezone.now()
    view = reading.within_one(day_id, by)
    row, today = view.row, local_day(now)
    answers = policy.allows(by, Right.FOLLOW_EMPLOYERS, row.office_id)
    waits, accepted = row.state == State.PROPOSED, row.state == State.ACCEPTED
    able = answering.able(row.office_id, row.on) if answers else {}
    naming = refused if isinstance(refused, OfficerForm) else OfficerForm(able)
    declining = refused if isinstance(refused, DeclineForm) else DeclineForm()
    state, pill = day_words.STATES[row.state]
    begun = accepted and times.of_day(row)[0] <= now
    names = answers and ((waits and row.on > today) or (accepted and row.on >= today))
    context = {
        "day": row,
        "view": view,
        "state": state,
        "pill": pill,
        "at_stage": [(STAGES[stage][0], many) for stage, many in view.at_stage.items()],
        "naming": naming if names else None,
        "nobody": not able,
        "declining": declining if answers and (waits or accepted) and not begun else None,
        "refused": refused,
        "trouble": trouble,
    }
    return frame.page(request, "officer/employers/day.html", context, status=status)


routes = [
    path("can-bo/ngay-dang-ky", days, name="days"),
    path("can-bo/ngay-dang-ky/<uuid:day_id>", day, name="day"),
    path("can-bo/ngay-dang-ky/<uuid:day_id>/tra-loi", answer, name="day_answer"),
]
