"""/can-bo/tin-gui-di/cong/<name>: switch a gateway off or on by hand, with a reason."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from vssid.domain.notifications.gateways import switching
from vssid.domain.offices.rights import Right
from vssid.kernel.errors import DomainError, NotYours
from vssid.web.ui.access import VisitRequest, may

from ..security.asking import asks_again
from . import board, reach, words

REFUSED = (switching.ReasonNeeded, switching.LastGateway, switching.SwitchedAlready)
LONGEST = 1_000


@may(Right.MANAGE_DELIVERY)
@asks_again
@require_POST
def switch(request: VisitRequest, name: str) -> HttpResponse:
    """Off or on, as the button says; refused, the page says why beside the field and keeps what was typed."""
    typed, on = request.POST.get("ly-do", "").strip()[:LONGEST], request.POST.get("bat") == "1"
    if not reach.manages_all(request.actor):
        return board.page(request, status=409, meant=name, typed=typed, error=words.NOT_OF_ALL)
    try:
        switching.switch(name, on=on, why=typed, by=request.actor, now=timezone.now())
    except NotYours:
        raise Http404 from None
    except REFUSED as refused:
        return _refused(request, name, typed, refused)
    return HttpResponseRedirect(reverse("officer:delivery") + "?da=doi")


def _refused(request: VisitRequest, name: str, typed: str, refused: DomainError) -> HttpResponse:
    status = 422 if isinstance(refused, switching.ReasonNeeded) else 409
    return board.page(request, status=status, meant=name, typed=typed, error=words.not_switched(refused))
