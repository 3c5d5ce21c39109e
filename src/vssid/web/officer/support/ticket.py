"""/can-bo/tin-nhan/…: one conversation and what an officer does with it."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.urls import path, reverse

from vssid.domain.offices import queries as offices
from vssid.domain.support import answering, looks
from vssid.domain.support.notes import LONGEST, written
from vssid.kernel.actor import Actor
from vssid.web.ui.access import VisitRequest
from vssid.web.ui.words import ticket_words

from ..casework import colleague_pages, pages
from ..casework.pages import FileKind, Key, button
from . import lists, words


def _opened(request: VisitRequest, key: Key, now: datetime) -> tuple[bool, dict[str, Any]]:
    thread, sender = looks.look_at(*key, by=request.actor, now=now)
    office = request.actor.office
    state_words, pill = ticket_words.STATES[thread.row.state]
    return thread.row.is_open, {
        "thread": thread,
        "row": thread.row,
        "status": thread.row,
        "sender": sender,
        "state_words": state_words,
        "pill": pill,
        "topic": ticket_words.TOPICS[thread.row.topic],
        "side": lists.side(request.actor, now),
        "offices": [choice for choice in offices.choices(offices.province_of(office)) if choice[0] != office],
        "photo_base": reverse("officer:ticket", args=key) + "/anh/",
        # As it was sent, when it is drawn again; the key of the form stays, so that it is written once.
        "typed": request.POST.get("text", "")[: LONGEST + 100],
        "once": request.POST.get("once", "")[:64] or secrets.token_urlsafe(12),
        "longest": LONGEST,
    }


def _answer(ticket_id: int, *, text: str, once: str, by: Actor, now: datetime) -> None:
    answering.answer(ticket_id, written(text, once), by=by, now=now)


def _written(request: VisitRequest) -> dict[str, Any]:
    return {"text": request.POST.get("text", ""), "once": request.POST.get("once", "")}


def _office(request: VisitRequest) -> dict[str, Any]:
    return {"to": request.POST.get("office_code", "")[:5]}


FILE = FileKind(
    lists.QUEUE,
    "officer/support/ticket.html",
    _opened,
    words.DONE,
    words.REFUSALS,
    words.trouble,
    invalid=words.invalid,
    forms=(),
)
# A forwarded message lies elsewhere now.
forward = button(FILE, answering.forward, "chuyen", read=_office, to="officer:tickets")
HERE = "can-bo/tin-nhan/<int:ticket_id>"
routes = [
    path(HERE, pages.page(FILE), name="ticket"),
    path(f"{HERE}/nhan", button(FILE, answering.take, "nhan"), name="ticket_take"),
    path(f"{HERE}/tra-loi", button(FILE, _answer, "tra-loi", read=_written), name="ticket_answer"),
    path(f"{HERE}/dong", button(FILE, answering.close, "dong"), name="ticket_close"),
    path(f"{HERE}/chuyen", forward, name="ticket_forward"),
    path(f"{HERE}/anh/<int:seq>", pages.picture(lists.QUEUE, looks.look_at_photo), name="ticket_photo"),
    *colleague_pages.routes(FILE, HERE),
]
