"""/can-bo/bao-cao/ke-hoach: the plans that count here, their targets, and changing them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.accounts.posts import reach
from vssid.domain.offices import policy
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.reports import targets
from vssid.domain.rollout import plans as writing
from vssid.domain.rollout import queries
from vssid.domain.rollout.queries import PlanView, TargetView
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..errors import or_not_here
from . import aims
from .forms import LetterForm, TargetForm, refuse
from .sheets import Cell
from .words import Words


@may(Right.SEE_REPORTS)
@require_safe
def plans(request: VisitRequest) -> HttpResponse:
    """GET every plan of the offices in reach and of those above."""
    today = local_day(timezone.now())
    listed = queries.plans(queries.seen_by(request.actor))
    context = {
        "rows": [(plan, _state(plan, today)) for plan in listed],
        "manages": policy.reach(request.actor, Right.MANAGE_PLAN) is not None,
    }
    return frame.page(request, "officer/reports/plans.html", context)


@may(Right.SEE_REPORTS)
@require_safe
@or_not_here
def plan(request: VisitRequest, plan_id: int) -> HttpResponse:
    """GET one plan: its targets, how far each is, and what was before."""
    view, today = _plan(request, plan_id), local_day(timezone.now())
    rows = list(queries.targets(plan_id))
    reached = targets.reached([row for row in rows if row.ended_at is None], today)
    context = {
        "plan": view,
        "state": _state(view, today),
        "targets": [(told, _reached(request, told, reached.get(told.id))) for told in queries.shown(rows)],
        "versions": queries.versions(plan_id),
        "manages": writing.allows(request.actor, view.office_code) and view.ended_at is None,
    }
    return frame.page(request, "officer/reports/plan.html", context)


@may(Right.MANAGE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: VisitRequest) -> HttpResponse:
    """…/moi: write a plan down."""
    form = LetterForm(_typed(request), offices=reach.offices(request.actor, Right.MANAGE_PLAN))

    def act() -> int:
        return writing.write(form.letter(), by=request.actor, now=timezone.now())

    return _answer(request, form, act, _("Thêm kế hoạch"), reverse("officer:plans"))


@may(Right.MANAGE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def edit(request: VisitRequest, plan_id: int) -> HttpResponse:
    """…/sua: the letter, title and days anew; the office stays."""
    view = _plan(request, plan_id)
    names = ("letter_number", "title", "letter_on", "from_on", "to_on")
    initial = {name: getattr(view, name) for name in names}
    initial |= {"office": view.office_code, "seen": view.version}
    form = LetterForm(_typed(request), offices=[(view.office_code, view.office_name)], initial=initial)

    def act() -> int:
        seen = form.cleaned_data["seen"] or 0
        writing.change(plan_id, form.letter(), seen=seen, by=request.actor, now=timezone.now())
        return plan_id

    return _answer(request, form, act, _("Sửa kế hoạch"), _place(plan_id))


@may(Right.MANAGE_PLAN)
@require_POST
@or_not_here
def end(request: VisitRequest, plan_id: int) -> HttpResponse:
    """…/ket-thuc: the plan counts no more."""
    _plan(request, plan_id)
    writing.end(plan_id, by=request.actor, now=timezone.now())
    return HttpResponseRedirect(_place(plan_id))


@may(Right.MANAGE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def target(request: VisitRequest, plan_id: int) -> HttpResponse:
    """…/chi-tieu: one more target, or another instead of the same."""
    view = _plan(request, plan_id)
    below = offices.at_or_below(view.office_code)
    named = [(code, name) for code, name in reach.offices(request.actor, Right.MANAGE_PLAN) if code in below]
    initial = {"from_on": view.from_on, "to_on": view.to_on}
    officers = queries.officers(below, local_day(timezone.now()))
    form = TargetForm(_typed(request), offices=named, officers=officers, initial=initial)

    def act() -> int:
        writing.aim(plan_id, form.aim(), by=request.actor, now=timezone.now())
        return plan_id

    return _answer(request, form, act, _("Đặt chỉ tiêu"), _place(plan_id))


@may(Right.MANAGE_PLAN)
@require_POST
@or_not_here
def target_end(request: VisitRequest, plan_id: int, target_id: int) -> HttpResponse:
    """…/chi-tieu/<target>/bo: the target counts no more."""
    _plan(request, plan_id)
    writing.take_back(plan_id, target_id, by=request.actor, now=timezone.now())
    return HttpResponseRedirect(_place(plan_id))


def _answer(
    request: VisitRequest, form: forms.Form, act: Callable[[], int], title: Words, back: str
) -> HttpResponse:
    """The form; done, it leads to the plan; refused, it is shown again as typed."""
    if form.is_valid():
        try:
            plan_id = act()
        except Invalid as invalid:
            refuse(form, invalid)
        else:
            return HttpResponseRedirect(_place(plan_id))
    context = {"form": form, "title": title, "button": _("Lưu"), "back": back, "back_words": _("Kế hoạch")}
    return frame.page(request, "officer/reports/form.html", context, status=422 if form.errors else 200)


def _typed(request: VisitRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _plan(request: VisitRequest, plan_id: int) -> PlanView:
    return queries.plan(plan_id, queries.seen_by(request.actor))


def _reached(request: VisitRequest, target: TargetView, count: int | None) -> Cell:
    """How many were approved, and who."""
    place = aims.approved(request.actor, target, local_day(timezone.now())) if count else ""
    return Cell(count, place)


def _place(plan_id: int) -> str:
    return reverse("officer:plan", args=[plan_id])


def _state(plan: PlanView, today: date) -> tuple[Words, str]:
    """In words, and the kind of pill."""
    if plan.ended_at is not None:
        return _("Đã kết thúc"), "plain"
    if plan.to_on < today:
        return _("Đã hết hạn"), "plain"
    return (_("Chưa bắt đầu"), "warn") if plan.from_on > today else (_("Đang thực hiện"), "good")


HERE = "can-bo/bao-cao/ke-hoach"
routes = [
    path(HERE, plans, name="plans"),
    path("can-bo/bao-cao/ke-hoach/moi", new, name="plan_new"),
    path(f"{HERE}/<int:plan_id>", plan, name="plan"),
    path(f"{HERE}/<int:plan_id>/sua", edit, name="plan_edit"),
    path(f"{HERE}/<int:plan_id>/ket-thuc", end, name="plan_end"),
    path(f"{HERE}/<int:plan_id>/chi-tieu", target, name="target"),
    path(f"{HERE}/<int:plan_id>/chi-tieu/<int:target_id>/bo", target_end, name="target_end"),
]
