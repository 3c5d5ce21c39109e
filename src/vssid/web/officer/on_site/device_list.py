"""/can-bo/luu-dong/may: devices that hold files of registration days, and what came back from them."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.employers.on_site import devices, queries
from vssid.domain.offices.rights import Right
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..errors import or_not_here
from . import words


@may(Right.OWN_SESSION)
@require_safe
def listed(request: VisitRequest) -> HttpResponse:
    """The own devices, or those of the office; and the decisions that were not carried out."""
    rows = [
        {
            "decision": row,
            "what": words.WHAT[row.what],
            "title": words.OUTCOMES[row.outcome][0],
            "pill": words.OUTCOMES[row.outcome][1],
            "reason": words.said(row.said),
        }
        for row in queries.not_carried_out(request.actor)
    ]
    context = {
        "devices": queries.seen_by(request.actor)[: queries.SHOWN],
        "rows": rows,
        "now": timezone.now(),
        "done": request.GET.get("xong") == "thu-hoi",
    }
    return frame.page(request, "officer/on_site/devices.html", context)


@may(Right.OWN_SESSION)
@require_POST
@or_not_here
def withdraw(request: VisitRequest, device_id: int) -> HttpResponse:
    """…/<device>/thu-hoi: the device forgets the files at its next contact."""
    devices.withdraw(device_id, by=request.actor, now=timezone.now())
    return HttpResponseRedirect(f"{reverse('officer:on_site_devices')}?xong=thu-hoi")


HERE = "can-bo/luu-dong/may"
routes = [
    path(HERE, listed, name="on_site_devices"),
    path(f"{HERE}/<int:device_id>/thu-hoi", withdraw, name="on_site_withdraw"),
]
