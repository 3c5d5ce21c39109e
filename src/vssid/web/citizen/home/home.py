"""/: the person's own wallet, or the welcome for everybody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.domain.accounts.guardianship import guardians
from vssid.domain.accounts.sign_in import passkeys
from vssid.domain.families import queries as families
from vssid.domain.privacy import looking
from vssid.domain.procedures import queries as requests
from vssid.domain.record import children as children_records
from vssid.domain.record import wallet as register
from vssid.kernel.calendar import local_day, start_of
from vssid.kernel.errors import NotYours
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, public

from ..card.face import Face, face, sample, standing_of
from ..record import words
from . import lines

# So many details are kept for reading without a network; the lists themselves always are.
WARM_DETAILS = 12


@public
@require_safe
def home(request: VisitRequest) -> HttpResponse:
    """GET /"""
    session = request.session_view
    if session is None:
        return cookies.wipe_offline(render(request, "citizen/home/welcome.html", {"face": sample()}))
    if session.kind != "citizen":
        return redirect("employer:home" if session.kind == "employer" else "officer:today")
    if session.must_set_password:
        return redirect("citizen:first_password")
    now = timezone.now()
    page = _wallet(session.person_id, session.display_name, now)
    return cookies.keep_offline(render(request, "citizen/home/home.html", page))


def _wallet(person_id: int, name: str, now: datetime) -> dict[str, Any]:
    today = local_day(now)
    own = register.of(person_id, now=now)
    faces, family = _children(person_id, now)
    card = standing_of(own.record, today)
    due = [
        lines.unknown(is_known=own.is_known),
        lines.late(card),
        lines.children(family),
        lines.files(requests.open_of(person_id, now=now), families.open_of(person_id, now=now)),
    ]
    looks = looking.since(person_id, start_of(today.replace(day=1)))
    happened = lines.happened(own.benefit, own.visit, today)
    return {
        "confirmed": now,
        "name": name,
        "initial": words.initial(name),
        "faces": [face(own.record, today, name=name), *faces],
        "family": family,
        "lines": lines.chosen(due, lines.own_card(card), happened, lines.looked(looks)),
        "passkey_offered": passkeys.is_to_be_offered(person_id),
        "warm_details": _warm(own, happened),
    }


def _children(person_id: int, now: datetime) -> tuple[list[Face], list[lines.Child]]:
    """The children's cards, each record asked for with its live link."""
    faces, family, today = [], [], local_day(now)
    for child in guardians.children_of(person_id, now=now):
        try:
            record = children_records.child_record(child, now=now)
        except NotYours:  # the link ended since the list was read
            continue
        faces.append(face(record, today, name=child.name, link_id=child.link_id))
        family.append(lines.Child(child.name, child.link_id, standing_of(record, today)))
    return faces, family


def _warm(own: register.Wallet, happened: list[lines.Line]) -> list[str]:
    periods = own.record.participation.of("bhxh").periods
    newest = range(len(periods), max(0, len(periods) - WARM_DETAILS), -1)
    return [
        *(line.href for line in happened),
        *(reverse("citizen:period", args=["bhxh", number]) for number in newest),
    ]
