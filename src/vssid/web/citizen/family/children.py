"""/con/<link>/…: the pages of a child for its guardian. The same pages as one's own, to read only."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.kernel.calendar import local_day
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

from ..card import card, credential, portrait
from ..card import words as card_words
from ..card.face import face, standing_of
from ..record import participation, words
from ..record.record_owner import of_child, people, record_of
from . import words as family_words


@citizen
@require_safe
def child(request: VisitRequest, link_id: uuid.UUID) -> HttpResponse:
    """GET /con/<link>: the child at a glance."""
    now = timezone.now()
    whose = record_of(request, link_id, now)
    assert whose.child is not None
    held, record, today = whose.record.card, whose.record.participation.of("bhxh"), local_day(now)
    standing = standing_of(whose.record, today)
    page = {
        "confirmed": now,
        "relation": family_words.RELATIONS[whose.child.relation],
        "card": held,
        "face": face(whose.record, today, name=whose.child.name, of=whose.of),
        "state": card_words.state(held, standing) if held else None,
        "ended": card_words.over(held) if held else None,
        "history_short": words.paid_short(record.totals),
        **whose.page,
        **people(request, now),
    }
    return cookies.keep_offline(render(request, "citizen/family/child.html", page))


OF = "con/<uuid:link_id>"
urlpatterns = [
    path(OF, of_child(child), name="child"),
    path(f"{OF}/chan-dung", of_child(portrait.of_child), name="child_portrait"),
    path(f"{OF}/the", of_child(card.card), name="child_card"),
    path(f"{OF}/the/ma", of_child(card.use), name="child_card_use"),
    path(f"{OF}/the/chung-thuc", of_child(credential.fresh), name="child_card_fresh"),
    path(f"{OF}/the/hinh-anh", of_child(card.picture), name="child_card_picture"),
    path(f"{OF}/qua-trinh", of_child(participation.periods), name="child_participation"),
    path(f"{OF}/qua-trinh/<slug:tab>", of_child(participation.periods), name="child_participation_of"),
    path(f"{OF}/qua-trinh/<slug:tab>/<int:number>", of_child(participation.detail), name="child_period"),
]
