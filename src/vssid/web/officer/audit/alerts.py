"""/can-bo/nhat-ky/canh-bao: what the nights found in the log, for who is answerable."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.oversight import alerts as oversight
from vssid.domain.oversight.models import NOBODY, Alert
from vssid.domain.oversight.patterns import MONTH
from vssid.domain.oversight.search import named, reach_of
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.lists import PER_PAGE, address, numbered, pager
from . import words
from .log import Asked

TABS = {"": _("Chưa ai xem lại"), "da-xem": _("Đã xem lại")}


class NoteForm(forms.Form):
    """What it was."""

    note = forms.CharField(
        label=_("Kết quả xem lại"),
        max_length=oversight.LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={
            "required": _("Hãy ghi kết quả xem lại, ví dụ: đúng nhiệm vụ được giao ngày đó."),
            "max_length": _("Kết quả dài quá 500 ký tự. Hãy viết ngắn lại."),
        },
    )


@may(Right.SEE_AUDIT)
@require_safe
def listed(request: VisitRequest) -> HttpResponse:
    """Those of the own office and the ones below, the newest first."""
    tab = request.GET.get("xem", "")
    tab = tab if tab in TABS else ""
    rows = oversight.of_reach(reach_of(request.actor)).filter(seen_at__isnull=tab == "")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang", "1")[:6])
    context = {
        "tabs": [(address("officer:alerts", xem=code), title) for code, title in TABS.items()],
        "tab_here": address("officer:alerts", xem=tab),
        "rows": [_row(alert) for alert in page],
        "page": pager(page, lambda number: address("officer:alerts", xem=tab, trang=numbered(number))),
        "done": request.GET.get("xong") == "1",
    }
    return frame.page(request, "officer/audit/alerts.html", context)


@may(Right.SEE_AUDIT, change=Right.REVIEW_ALERTS)
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: VisitRequest, alert_id: int) -> HttpResponse:
    """One, with the way to its events; out of reach there is none."""
    reach = reach_of(request.actor)
    row = oversight.of_reach(reach).filter(id=alert_id).first()
    if row is None:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            oversight.see_to(
                alert_id, form.cleaned_data["note"], reach=reach, by=request.actor, now=timezone.now()
            )
        except NotYours:
            raise Http404 from None
        return HttpResponseRedirect(reverse("officer:alerts") + "?xong=1")
    context = {**_row(row), "form": form, "own": row.actor_id == request.actor.id, "events": _events(row)}
    status = 422 if form.is_bound else 200
    return frame.page(request, "officer/audit/alert.html", context, status=status)


def _row(row: Alert) -> dict[str, Any]:
    title, counted = words.RULES[row.rule]
    subject = named([row.subject_id]).get(row.subject_id) if row.subject_id != NOBODY else None
    return {
        "alert": row,
        "title": title,
        "counted": counted,
        "office": offices.names([row.office]).get(row.office, row.office),
        "about": words.SUBJECTS[subject.kind] if subject else "",
        "name": subject.name if subject else "",
    }


def _events(row: Alert) -> str:
    """The search that shows what was counted."""
    person = row.subject_id if row.subject_id != NOBODY else None
    officer = row.actor_id if row.actor_id != NOBODY else None
    since = row.day if officer else row.day - MONTH
    matter = "nhat-ky" if row.rule == "many_exports" else words.LOOKED
    return Asked(since, row.day, matter, officer, "", person).address()
