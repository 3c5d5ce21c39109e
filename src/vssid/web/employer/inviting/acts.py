"""What HR does: invite those chosen once it has seen how many, and print slips and the poster."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.employers.errors import EmployerOver
from vssid.domain.employers.invitations import inviting, paper
from vssid.domain.employers.invitations.errors import NobodyToInvite
from vssid.domain.employers.invitations.rules import Channel
from vssid.domain.employers.roster.queries import Asked
from vssid.domain.employers.seats.roles import Act
from vssid.web.ui import pdfs

from .. import frame
from ..errors import or_not_here
from ..roster.roster import asked_of
from ..seat import SeatRequest, hr
from . import pages, words

MOST_TICKED = 500
REFUSED = 422


@hr(Act.WORK)
@require_POST
def invite(request: SeatRequest) -> HttpResponse:
    """Show whom an invitation would reach; with `buoc-moi=2` invite them."""
    employer, now, error = request.seat.employer_code, timezone.now(), ""
    asked, channel = _chosen(request), _channel(request)
    if request.POST.get("buoc-moi") == "2":
        try:
            number = inviting.invite(employer, asked, channel, by=request.actor, now=now)
            return redirect("employer:invitation_round", round_id=number)
        except (NobodyToInvite, EmployerOver) as refused:
            error = words.refused(refused)
    told = inviting.foresee(employer, asked, channel, now=now)
    context = {
        "many": len(told.people),
        "skipped": [(many, words.skipped(why, channel)) for why, many in told.skipped.items()],
        "channel": channel.value,
        "channel_words": words.CHANNELS[channel],
        "people": asked.people or (),
        "everybody": asked.people is None,
        "asked": {name: request.POST.get(name, "") for name in ("tim", "buoc", "phong")},
        "channels": list(words.CHANNELS.items()),
        "error": error,
        "leaves": pages.waits_until(channel, now),
    }
    return frame.page(request, "employer/inviting/invite.html", context, status=REFUSED if error else 200)


@hr(Act.WORK)
@or_not_here
@require_safe
def slips(request: SeatRequest, round_id: int) -> HttpResponse:
    """GET /don-vi/moi/<round_id>/phieu.pdf: the same slips each time."""
    content = paper.slips(round_id, request.seat.employer_code, _site(request), now=timezone.now())
    return pdfs.to_keep(f"phieu-moi-{round_id}", content)


@hr(Act.READ)
@or_not_here
@require_safe
def poster(request: SeatRequest) -> HttpResponse:
    """GET /don-vi/moi/ap-phich.pdf"""
    content = paper.poster(request.seat.employer_code, _site(request), now=timezone.now())
    return pdfs.to_keep("ap-phich-moi", content)


@hr(Act.WORK)
@require_POST
def poster_code(request: SeatRequest) -> HttpResponse:
    """Make the code of poster and link; `moi=1` another one, and the one before opens nothing more."""
    anew = request.POST.get("moi") == "1"
    with suppress(EmployerOver):  # the page of the employer says so
        paper.make_poster_code(request.seat.employer_code, anew=anew, by=request.actor, now=timezone.now())
    return redirect("employer:invitations")


def _chosen(request: SeatRequest) -> Asked:
    """Those ticked; or, where all that fit are meant, whoever fits what was asked for."""
    if request.POST.get("tat-ca") == "1":
        return replace(asked_of(request.POST, searches=True), after=0)
    ticked = list[int]()
    for text in request.POST.getlist("nguoi")[:MOST_TICKED]:
        with suppress(ValueError):
            ticked.append(int(text[:18]))
    return Asked(people=tuple(dict.fromkeys(ticked)))


def _channel(request: SeatRequest) -> Channel:
    text = request.POST.get("kenh", "")
    return Channel(text) if text in set(Channel) else Channel.SLIP


def _site(request: SeatRequest) -> paper.Site:
    at = request.build_absolute_uri(reverse("public:invitations"))
    return paper.Site(at, request.get_host())


routes: list[URLPattern] = [
    path("don-vi/moi/gui", invite, name="invite"),
    path("don-vi/moi/ma-chung", poster_code, name="poster_code"),
    path("don-vi/moi/ap-phich.pdf", poster, name="poster"),
    path("don-vi/moi/<int:round_id>/phieu.pdf", slips, name="slips"),
]
