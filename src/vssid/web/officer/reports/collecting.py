"""/can-bo/bao-cao/chuyen-quan: which collection officer looks after which employer."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.accounts.posts import reach
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.rollout import assigning, queries
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.text import code_text
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.lists import address, numbered, pager
from ..errors import or_not_here
from .forms import AssignForm, EndForm, refuse

PER_PAGE = 50


@may(Right.SEE_REPORTS)
@require_safe
def listed(request: VisitRequest) -> HttpResponse:
    """GET every employer's officers, the newest first; `q` is an employer's code."""
    by, today = request.actor, local_day(timezone.now())
    codes = [code for code, _name in reach.offices(by, Right.SEE_REPORTS)]
    asked = code_text(request.GET.get("q", "")[:10]).upper()
    rows = queries.assignments(codes)
    page = Paginator(rows.filter(employer_id=asked) if asked else rows, PER_PAGE).get_page(
        request.GET.get("trang", "1")[:6]
    )
    context = {
        "rows": [
            (row, row.from_on <= today and (row.until_on is None or row.until_on >= today)) for row in page
        ],
        "asked": asked,
        "manages": policy.reach(by, Right.MANAGE_PLAN) is not None,
        "page": pager(page, lambda number: address("officer:collecting", q=asked, trang=numbered(number))),
        "done": request.GET.get("da") == "giao",
    }
    return frame.page(request, "officer/reports/collecting.html", context)


@may(Right.MANAGE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: VisitRequest) -> HttpResponse:
    """…/giao: from a day on an officer looks after an employer."""
    by, now = request.actor, timezone.now()
    codes = [code for code, _name in reach.offices(by, Right.MANAGE_PLAN)]
    initial = {"from_on": local_day(now), "employer": request.GET.get("don-vi", "")[:10]}
    form = AssignForm(_typed(request), officers=queries.officers(codes, local_day(now)), initial=initial)
    if form.is_valid():
        typed = form.cleaned_data
        days = (typed["from_on"], typed["until_on"])
        code = code_text(typed["employer"]).upper()
        try:
            assigning.assign(code, int(typed["officer"]), *days, by=by, now=now)
        except Invalid as invalid:
            refuse(form, invalid)
        else:
            return HttpResponseRedirect(f"{address('officer:collecting', da='giao')}")
    return _form(request, form, _("Giao đơn vị cho chuyên quản"), _("Giao"))


@may(Right.MANAGE_PLAN)
@require_http_methods(["GET", "HEAD", "POST"])
@or_not_here
def end(request: VisitRequest, assignment_id: int) -> HttpResponse:
    """…/<number>/ket-thuc: the last day of an assignment."""
    by, now = request.actor, timezone.now()
    codes = [code for code, _name in reach.offices(by, Right.MANAGE_PLAN)]
    row = queries.assignments(codes).filter(id=assignment_id).first()
    if row is None:
        raise NotYours
    form = EndForm(_typed(request), initial={"until_on": local_day(now)})
    if form.is_valid():
        try:
            assigning.end(assignment_id, form.cleaned_data["until_on"], by=by, now=now)
        except Invalid as invalid:
            refuse(form, invalid)
        else:
            return HttpResponseRedirect(reverse("officer:collecting"))
    named = {"officer": row.officer_name, "employer": row.employer.name}
    return _form(request, form, _("%(officer)s thôi phụ trách %(employer)s") % named, _("Ghi ngày cuối"))


def _form(request: VisitRequest, form: Any, title: Any, button: Any) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "button": button,
        "back": reverse("officer:collecting"),
        "back_words": _("Chuyên quản thu"),
    }
    return frame.page(request, "officer/reports/form.html", context, status=422 if form.errors else 200)


def _typed(request: VisitRequest) -> Any:
    return request.POST if request.method == "POST" else None


HERE = "can-bo/bao-cao/chuyen-quan"
routes = [
    path(HERE, listed, name="collecting"),
    path(f"{HERE}/giao", assign, name="assign"),
    path(f"{HERE}/<int:assignment_id>/ket-thuc", end, name="assignment_end"),
]
