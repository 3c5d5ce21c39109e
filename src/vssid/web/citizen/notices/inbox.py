"""/thong-bao: the inbox says all of each notice and leads straight to its matter; forms mark them read."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.notifications.inbox import notices, queries, words
from vssid.domain.notifications.inbox.queries import InboxPage, NoticeView
from vssid.kernel.calendar import local_day, moment_of
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen
from vssid.web.ui.templatetags.ui import thu

ICONS = {"application": "doc", "arrears": "warn", "results": "check", "security": "lock", "test": "bell"}


@citizen
@require_safe
def inbox_page(request: VisitRequest) -> HttpResponse:
    """GET /thong-bao, newest first by day; `trang` is the page."""
    session = request.session_view
    assert session is not None
    now = timezone.now()
    number = request.GET.get("trang", "")
    inbox = queries.page(session.person_id, int(number) if number.isascii() and number.isdigit() else 1)
    page = {
        "days": _days(inbox, local_day(now)),
        "page": _pager(inbox),
        "unread": queries.unread(session.person_id),
        "until": now.isoformat(),
        "confirmed": now,
    }
    return cookies.keep_offline(render(request, "citizen/notices/inbox.html", page))


@citizen
@require_safe
def notice(request: VisitRequest, notice_id: UUID) -> HttpResponse:
    """GET /thong-bao/<id>: to the notice's matter; a tap on a pushed notice comes this way. Raises NotYours.

    It changes nothing: who opens a notice says so with a form (`read`).
    """
    session = request.session_view
    assert session is not None
    return HttpResponseRedirect(queries.notice(session.person_id, notice_id).link)


@citizen
@require_safe
def count(request: VisitRequest) -> HttpResponse:
    """GET /thong-bao/so: how many are unread, for the bell."""
    session = request.session_view
    assert session is not None
    return JsonResponse({"unread": queries.unread(session.person_id)})


@citizen
@require_POST
def read(request: VisitRequest, notice_id: UUID) -> HttpResponse:
    """POST /thong-bao/<id>/da-doc, sent by a script as the notice is opened."""
    session = request.session_view
    assert session is not None
    notices.mark_read(session.person_id, notice_id, now=timezone.now())
    return redirect("citizen:notices")


@citizen
@require_POST
def read_all(request: VisitRequest) -> HttpResponse:
    """POST /thong-bao/doc-het: all that was there when the page was made (`den`)."""
    session = request.session_view
    assert session is not None
    now = timezone.now()
    until = moment_of(request.POST.get("den", ""))
    notices.mark_all_read(session.person_id, until=min(until or now, now), now=now)
    return redirect("citizen:notices")


def _days(inbox: InboxPage, today: date) -> list[dict[str, Any]]:
    by_day = groupby(inbox.notices, key=lambda notice_view: local_day(notice_view.created_at))
    return [
        {"name": _day_name(day, today), "notices": [_line(notice_view) for notice_view in same]}
        for day, same in by_day
    ]


def _day_name(day: date, today: date) -> str:
    if day == today:
        return _("Hôm nay")
    if day == today - timedelta(days=1):
        return _("Hôm qua")
    return f"{thu(day)}, {day:%d/%m/%Y}"


def _line(notice_view: NoticeView) -> dict[str, Any]:
    texts = words.paragraphs(notice_view.kind, notice_view.facts)
    return {
        "notice": notice_view,
        "title": words.title(notice_view.kind),
        "texts": texts,
        "icon": ICONS[notice_view.topic],
    }


def _pager(inbox: InboxPage) -> Any:
    before, after = inbox.number - 1, inbox.number + 1
    return SimpleNamespace(
        number=inbox.number,
        pages=inbox.pages,
        count=inbox.count,
        previous=f"?trang={before}" if before else "",
        next=f"?trang={after}" if after <= inbox.pages else "",
    )
