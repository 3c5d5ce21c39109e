"""/can-bo/tai-khoan/can-xem: phones and passwords changed at the desk, for who is answerable for it."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.accounts.counter import second_officer
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.offices.rights import Right
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from .words import KINDS

MOST = 200


@may(Right.WATCH_COUNTER)
@require_safe
def watch(request: VisitRequest) -> HttpResponse:
    """What nobody has looked at yet; both for one person first."""
    unseen = list(second_officer.unseen(request.actor)[:MOST])
    people = Account.objects.filter(person_id__in=[row.person_id for row in unseen])
    names = dict(people.values_list("person_id", "display_name"))
    rows = [(row, KINDS[row.kind], names.get(row.person_id, "")) for row in unseen]
    context = {"rows": rows, "own": request.actor.id, "done": request.GET.get("xong") == "da-xem"}
    return frame.page(request, "officer/accounts/watch.html", context)


@may(Right.REVIEW_COUNTER)
@require_POST
def seen(request: VisitRequest, request_id: uuid.UUID) -> HttpResponse:
    """It was looked at. One's own, and one out of reach, is not there."""
    try:
        second_officer.review(request_id, by=request.actor, now=timezone.now())
    except NotYours:
        raise Http404 from None
    return HttpResponseRedirect(reverse("officer:watch") + "?xong=da-xem")
