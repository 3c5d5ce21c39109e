"""What staff are told at the top of every console page, until they put it away."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from vssid.domain.accounts.posts import cap_notices
from vssid.domain.notifications.inbox import notices, words
from vssid.domain.offices.rights import Right
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest, local_path, may


def told(person_id: int) -> list[dict[str, Any]]:
    """Today's, as the console draws them."""
    return [
        {
            "id": notice.id,
            "title": words.title(notice.kind),
            "lines": words.paragraphs(notice.kind, notice.facts),
            "link": notice.link,
        }
        for notice in cap_notices.unseen(person_id, timezone.now())
    ]


@may(Right.MANAGE_DELIVERY)
@require_POST
def seen(request: VisitRequest, notice_id: UUID) -> HttpResponse:
    """POST /can-bo/thong-bao/…/da-xem: put it away and stay where one is. Twice is once."""
    # Of somebody else, or erased: nothing is there to put away.
    with suppress(NotYours):
        notices.mark_read(request.actor.id or 0, notice_id, now=timezone.now())
    back = request.POST.get("tiep") or reverse("officer:delivery")
    return HttpResponseRedirect(local_path(request, back))


routes = [path("can-bo/thong-bao/<uuid:notice_id>/da-xem", seen, name="duty_seen")]
