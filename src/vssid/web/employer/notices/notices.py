"""/don-vi/thong-bao: what the office did with lists, forms and requests of the employer, for each reader."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.accounts.contacts import work_email
from vssid.domain.employers import telling
from vssid.domain.employers.seats.roles import Act
from vssid.domain.notifications.inbox import words
from vssid.domain.notifications.inbox.queries import NoticeView
from vssid.infra import mail
from vssid.kernel.calendar import moment_of

from .. import frame
from ..seat import SeatRequest, hr


@hr(Act.READ)
@require_safe
def notices(request: SeatRequest) -> HttpResponse:
    """The newest notices about the employer, and whether they go out by e-mail too."""
    now, person_id = timezone.now(), request.seat.person_id
    rows = telling.of_person(person_id, request.seat.employer_code)
    context = {
        "rows": [_line(row) for row in rows],
        "until": now.isoformat(),
        "email": work_email.of(person_id, now=now).confirmed,
        "offered": mail.is_offered(),
        "most": telling.SHOWN,
    }
    return frame.page(request, "employer/notices/notices.html", context)


@hr(Act.READ)
@require_POST
def read(request: SeatRequest) -> HttpResponse:
    """…/da-doc: all that was there when the page was made (`den`)."""
    now = timezone.now()
    until = min(moment_of(request.POST.get("den", "")) or now, now)
    telling.mark_read(request.seat.person_id, request.seat.employer_code, until=until, now=now)
    return HttpResponseRedirect(reverse("employer:notices"))


def _line(row: NoticeView) -> dict[str, Any]:
    return {
        "notice": row,
        "title": words.title(row.kind),
        "lines": words.paragraphs(row.kind, row.facts),
    }


routes: list[URLPattern] = [
    path("don-vi/thong-bao", notices, name="notices"),
    path("don-vi/thong-bao/da-doc", read, name="notices_read"),
]
