"""/can-bo: what needs the officer today. The start of the console."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.casework import claims
from vssid.domain.offices.rights import Right, rights_of
from vssid.kernel.actor import Actor
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..casework.words import Words
from ..families import lists as families
from ..procedures import lists as procedures
from ..registration import lists as registration
from ..support import lists as support
from . import items

QUEUES = (registration.QUEUE, procedures.QUEUE, families.QUEUE, support.QUEUE)
# What the queue of registrations, which was here before, had in its addresses.
OF_THE_QUEUE = ("xem", "sap", "khac", "trang", "co-quan", "het")


@dataclass(frozen=True, slots=True)
class File:
    """An open file of the officer's. `what`: which queue it is of."""

    url: str
    number: str
    what: Words
    since: datetime | None = None


@may(Right.OWN_SESSION)
@require_safe
def today(request: VisitRequest) -> HttpResponse:
    """Whose post has nothing that could wait is led to what it is for, an old address of the queue to it."""
    by, now = request.actor, timezone.now()
    if not request.GET.keys().isdisjoint(OF_THE_QUEUE) and Right.SEE_FILES in rights_of(by.role):
        return redirect(f"{reverse('officer:queue')}?{request.GET.urlencode()}")
    if not items.starts_here(by.role):
        return redirect(frame.start_page(by.role))
    context = {"items": items.of(by, now), "in_hand": in_hand(by, now), "now": now}
    return frame.page(request, "officer/today/today.html", context)


def in_hand(by: Actor, now: datetime) -> list[File]:
    """The open files of the own office that the officer has in hand, the longest first."""
    mine = claims.of(by=by, now=now)
    return [
        File(reverse(queue.file, args=arguments), number, queue.what, mine[queue.kind.name, file_id])
        for queue in QUEUES
        for file_id, number, arguments in queue.named(
            by.office, [file_id for kind, file_id in mine if kind == queue.kind.name]
        )
    ]


routes = [path("can-bo", today, name="today")]
