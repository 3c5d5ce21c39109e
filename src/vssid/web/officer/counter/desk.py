"""The counter's page before anything is begun: a card or a number, the person, what can be done for them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from vssid.domain.accounts.models.accounts import CounterRequest
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.registration.counter import unfinished, visitors, walk_ins
from vssid.domain.registration.counter.visitors import LONGEST, Visitor
from vssid.kernel.errors import DomainError, Invalid
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, may

from .. import frame
from ..accounts.words import KINDS
from ..casework.troubles import Trouble
from . import place, steps, words


def person(request: VisitRequest) -> HttpResponse:
    """GET asks for a card; POST shows the person. Names and codes do not belong in addresses."""
    if request.method != "POST":
        return _page(request, {})
    return _served(request)


def refused(request: VisitRequest, trouble: Trouble) -> HttpResponse:
    """What was asked for is not shown to this officer."""
    return _page(request, {}, trouble=trouble)


@may(Right.CHECK_PAPERS)
@require_POST
def begin(request: VisitRequest) -> HttpResponse:
    """Begin a registration with the person of the card or number (`q`)."""
    try:
        walk_in = walk_ins.begin(
            _text(request), by=request.actor, address=client.address(request), now=timezone.now()
        )
    except (Invalid, *words.REFUSALS) as refused:
        return _served(request, refused)
    return redirect(place.of(walk_in))


def _served(request: VisitRequest, before: DomainError | None = None) -> HttpResponse:
    text = _text(request)
    context: dict[str, Any] = {"q": text if len(text) <= 15 else ""}
    try:
        visitor = visitors.identify(text, by=request.actor, now=timezone.now())
    except Invalid as refused:
        context["wrong"] = words.NOT_FOUND[refused.fields["q"]]
        return _page(request, context, status=422)
    except words.REFUSALS as refused:
        return _page(request, context, trouble=words.trouble(refused))
    context |= {"visitor": visitor, "card": text, **_of(visitor, request.actor.office)}
    known = before is not None and not isinstance(before, Invalid)
    return _page(request, context, trouble=words.trouble(before) if before and known else None)


def _of(visitor: Visitor, office: str) -> dict[str, Any]:
    """The files and acts to be offered."""
    files = [
        {
            "file": file,
            "address": place.of(file.id) if file.office == office else "",
            "office": offices.office(file.office).name,
        }
        for file in visitor.files
    ]
    acts = [
        {"kind": kind, "words": KINDS[kind], "key": str(key)}
        for key, kind in enumerate(_acts(visitor), start=1)
    ]
    can_register = visitor.account is None and not files
    going = walk_ins.going_on(visitor, office) if can_register else None
    return {
        "files": files,
        "acts": acts,
        "can_register": can_register,
        "going": place.of(going) if going else "",
        "steps": steps.of_visitor() if can_register else [],
    }


def _acts(visitor: Visitor) -> tuple[str, ...]:
    """What can be done with the account, in the order of the keys 1, 2, 3."""
    if visitor.account is None:
        return ()
    is_open = visitor.account.frozen_at is None
    lock = CounterRequest.FREEZE if is_open else CounterRequest.THAW
    return (CounterRequest.PASSWORD, CounterRequest.PHONE, lock)


def _text(request: VisitRequest) -> str:
    # The scan box may have the focus: a "/" pressed to reach it lands in front of the text.
    return request.POST.get("q", "").strip().lstrip("/")[:LONGEST]


def _page(
    request: VisitRequest, context: dict[str, Any], *, trouble: Trouble | None = None, status: int = 200
) -> HttpResponse:
    listed = [
        (row, place.of(row.id), *words.STAGES[row.stage]) for row in unfinished.at(request.actor.office)
    ]
    context = {"trouble": trouble, "unfinished": listed, "dropped": "xong" in request.GET, **context}
    return frame.page(
        request, "officer/counter/desk.html", context, status=trouble.status if trouble else status
    )


routes = [
    path("can-bo/quay/moi", begin, name="walk_in_new"),
]
