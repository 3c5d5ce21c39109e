"""/don-vi/ngay-dang-ky: HR asks the office for a registration day, and sees who comes when."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.employers.corrections.errors import NoOffice
from vssid.domain.employers.days import proposing, reading, times
from vssid.domain.employers.days.errors import DayMoved
from vssid.domain.employers.days.reading import DayView
from vssid.domain.employers.days.times import Wanted
from vssid.domain.employers.errors import EmployerOver
from vssid.domain.employers.models.days import RegistrationDay
from vssid.domain.employers.seats.roles import Act
from vssid.kernel.errors import Invalid
from vssid.web.ui.forms.day_field import DayField
from vssid.web.ui.words import day_words
from vssid.web.ui.words.stage_words import STAGES

from .. import frame
from ..errors import or_not_here
from ..seat import SeatRequest, hr

REFUSED, TOO_LATE = 422, 409
State = RegistrationDay.State
_HOURS = ["%H:%M", "%Hh%M", "%H.%M", "%Hh", "%H"]
_HOUR = gettext_lazy("Hãy nhập giờ và phút, ví dụ 08:30.")


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "maxlength": "5"})
    messages = {"required": _HOUR, "invalid": _HOUR}
    return forms.TimeField(label=label, input_formats=_HOURS, widget=widget, error_messages=messages)


def _number(label: Any, name: str) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "maxlength": "6"})
    wrong = day_words.WRONG[name, "out_of_range"]
    return forms.IntegerField(
        label=label, widget=widget, error_messages={"required": wrong, "invalid": wrong}
    )


def _text(label: Any, name: str, most: int, **more: Any) -> forms.CharField:
    messages = {"max_length": day_words.WRONG[name, "too_long"]}
    if (wrong := day_words.WRONG.get((name, "required"))) is not None:
        messages["required"] = wrong
    widget = forms.TextInput(attrs={"autocomplete": "off", "lang": "vi"})
    return forms.CharField(label=label, max_length=most, widget=widget, error_messages=messages, **more)


def _slots() -> list[tuple[int, str]]:
    return [(many, _("%(many)s phút") % {"many": many}) for many in times.SLOTS]


class DayForm(forms.Form):
    """A day as HR asks for it."""

    on = DayField(
        label=gettext_lazy("Ngày"),
        example="15/12/2026",
        error_messages={"required": gettext_lazy("Hãy nhập ngày, ví dụ 15/12/2026.")},
    )
    opens = _time(gettext_lazy("Từ giờ"))
    closes = _time(gettext_lazy("Đến giờ"))
    place = _text(gettext_lazy("Địa điểm"), "place", times.LONGEST_PLACE)
    expected = _number(gettext_lazy("Số người dự kiến"), "expected")
    slot_minutes = forms.TypedChoiceField(
        label=gettext_lazy("Mỗi lượt kéo dài"),
        coerce=int,
        choices=_slots,
        error_messages={
            "required": day_words.WRONG["slot_minutes", "bad_choice"],
            "invalid_choice": day_words.WRONG["slot_minutes", "bad_choice"],
        },
    )
    per_slot = _number(gettext_lazy("Số người mỗi lượt"), "per_slot")
    note = _text(
        gettext_lazy("Ghi chú cho cơ quan BHXH"),
        "note",
        times.LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("Ví dụ người đón, lối vào. Không ghi số giấy tờ của ai."),
    )

    def wanted(self) -> Wanted:
        """As it was typed."""
        return Wanted(**self.cleaned_data)


START = {"opens": "08:00", "closes": "11:30", "slot_minutes": 15, "per_slot": 4}


@hr(Act.READ, change=Act.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def days(request: SeatRequest) -> HttpResponse:
    """GET lists the days; POST asks the office for one."""
    form = DayForm(request.POST) if request.method == "POST" else DayForm(initial=START)
    employer = request.seat.employer_code
    if request.method == "POST" and form.is_valid():
        try:
            made = proposing.propose(form.wanted(), employer, by=request.actor, now=timezone.now())
        except Invalid as invalid:
            day_words.refuse(form, invalid)
        except NoOffice:
            form.add_error(
                None, _("Chưa rõ cơ quan BHXH quản lý đơn vị nên chưa gửi được. Hãy gọi tổng đài.")
            )
        except EmployerOver:
            form.add_error(None, _("Đơn vị đã ngừng hoạt động hoặc đã sáp nhập nên không đề nghị được."))
        else:
            return redirect("employer:day", made)
    rows = [(row, *day_words.STATES[row.state]) for row in reading.of_employer(employer)]
    status = REFUSED if form.errors else 200
    return frame.page(request, "employer/days/list.html", {"rows": rows, "form": form}, status=status)


@hr(Act.READ, change=Act.WORK)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def day(request: SeatRequest, day_id: UUID) -> HttpResponse:
    """GET shows who comes when; POST changes what the office has not answered."""
    employer = request.seat.employer_code
    view = reading.of_employer_one(day_id, employer)
    if request.method != "POST":
        return _day(request, view)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            proposing.change(day_id, form.wanted(), employer, by=request.actor, now=timezone.now())
        except Invalid as invalid:
            day_words.refuse(form, invalid)
        except DayMoved as refused:
            trouble = day_words.refusal(refused)
            return _day(request, reading.of_employer_one(day_id, employer), trouble=trouble, status=TOO_LATE)
        else:
            return redirect("employer:day", day_id)
    return _day(request, view, form=form, status=REFUSED)


@hr(Act.WORK)
@require_POST
@or_not_here
def withdraw(request: SeatRequest, day_id: UUID) -> HttpResponse:
    """…/rut: the day is not wanted any more."""
    employer = request.seat.employer_code
    try:
        proposing.withdraw(day_id, employer, by=request.actor, now=timezone.now())
    except DayMoved as refused:
        trouble = day_words.refusal(refused)
        return _day(request, reading.of_employer_one(day_id, employer), trouble=trouble, status=TOO_LATE)
    return redirect("employer:day", day_id)


def _day(
    request: SeatRequest, view: DayView, *, form: DayForm | None = None, trouble: str = "", status: int = 200
) -> HttpResponse:
    row = view.row
    state, pill = day_words.STATES[row.state]
    is_open = row.state in (State.PROPOSED, State.ACCEPTED)
    begun = row.state == State.ACCEPTED and times.of_day(row)[0] <= timezone.now()
    initial = {name: getattr(row, name) for name in DayForm.base_fields}
    context = {
        "day": row,
        "view": view,
        "state": state,
        "pill": pill,
        "slots": [(slot, [(line, *STAGES[line.stage]) for line in slot.workers]) for slot in view.slots],
        "at_stage": [(STAGES[stage][0], many) for stage, many in view.at_stage.items()],
        "form": form or (DayForm(initial=initial) if row.state == State.PROPOSED else None),
        "may_withdraw": is_open and not begun,
        "trouble": trouble,
    }
    return frame.page(request, "employer/days/day.html", context, status=status)


routes: list[URLPattern] = [
    path("don-vi/ngay-dang-ky", days, name="days"),
    path("don-vi/ngay-dang-ky/<uuid:day_id>", day, name="day"),
    path("don-vi/ngay-dang-ky/<uuid:day_id>/rut", withdraw, name="day_withdraw"),
]
