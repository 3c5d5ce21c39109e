"""/con/<link>/…: the pages of a child for its guardian. The same pages as one's own, to read only."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from vssid.kernel.calendar import local_day
from vssid.web.ui import cookies
from vssid.web.ui.access import VisitRequest, citizen

from ..card import words as card_words
from ..card.face import face, standing_of
from ..record import words
from ..record.record_owner import people, record_of
from . import words as family_words


@citizen
@require_safe
def child(request: VisitRequest, link_id: uuid.UUID) -> HttpResponse:
    """GET /con/<link>: the child at a glance."""
    now = timezone.now()
    shown = record_of(request, link_id, now)
    assert shown.child is not None
    card, record, today = shown.record.card, shown.record.participation.of("bhxh"), local_day(now)
    standing = standing_of(shown.record, today)
    page = {
        "confirmed": now,
        "relation": family_words.RELATIONS[shown.child.relation],
        "card": card,
        "face": face(shown.record, today, name=shown.child.name, link_id=shown.link_id),
        "state": card_words.state(card, standing) if card else None,
        "ended": card_words.over(card) if card else None,
        "history_short": words.paid_short(record.totals),
        **shown.page,
        **people(request, now),
    }
    return cookies.keep_offline(render(request, "citizen/family/child.html", page))
