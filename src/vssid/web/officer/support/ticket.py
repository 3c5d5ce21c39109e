"""/can-bo/tin-nhan/…: one conversation and what an officer does with it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from vssid.domain.casework.errors import InOtherHands
from vssid.domain.offices import queries as offices
from vssid.domain.support import answering, queries
from vssid.domain.support.errors import NotOpenAnyMore, SameOffice
from vssid.domain.support.keeping import LONGEST, written
from vssid.kernel.errors import Invalid
from vssid.web.ui import ticket_words
from vssid.web.ui.access import VisitRequest, officer

from .. import frame
from ..casework import hand
from ..casework.troubles import Trouble
from ..errors import or_not_here
from .queue import DONE, HERE, side


@officer
@require_safe
@or_not_here
def ticket(request: VisitRequest, ticket_id: int) -> HttpResponse:
    """The conversation. Another office's is 404; each look is audited."""
    return _draw(request, ticket_id)


def _draw(
    request: VisitRequest,
    ticket_id: int,
    *,
    trouble: Trouble | None = None,
    text: str = "",
    once: str = "",
    again: hand.Again | None = None,
) -> HttpResponse:
    now, actor = timezone.now(), request.actor
    thread, sender = queries.open_thread(ticket_id, by=actor, now=now)
    context = {
        "thread": thread,
        "row": thread.row,
        "sender": sender,
        "state": ticket_words.STATES[thread.row.state],
        "topic": ticket_words.TOPICS[thread.row.topic],
        "side": side(actor, now),
        "hand": hand.hold(request, "tin-nhan", ticket_id, is_open=thread.row.is_open, now=now),
        "offices": [
            one for one in offices.choices(offices.province_of(actor.office)) if one[0] != actor.office
        ],
        "photo_base": f"{HERE}/{ticket_id}/anh/",
        "trouble": trouble,
        "again": again,
        "done": DONE.get(request.GET.get("xong", ""), "") if trouble is None else "",
        "text": text,
        "once": once or secrets.token_urlsafe(12),
        "longest": LONGEST,
    }
    return frame.page(
        request, "officer/support/ticket.html", context, status=trouble.status if trouble else 200
    )


def _act(request: VisitRequest, ticket_id: int, act: Callable[[], None], done: str) -> HttpResponse:
    """Do it and show the conversation again; a refusal is said beside the buttons."""
    text, once = request.POST.get("text", "")[: LONGEST + 100], request.POST.get("once", "")[:64]
    hand.grasp(request, "tin-nhan", ticket_id)
    try:
        act()
    except NotOpenAnyMore:
        trouble = Trouble(
            409,
            _("Không làm được ở tình trạng này"),
            _("Phản ánh đã đóng hoặc đã có người làm trước. Trang này là bản mới nhất."),
        )
    except InOtherHands as refused:
        return _draw(request, ticket_id, trouble=hand.trouble(refused), again=hand.again(request))
    except SameOffice:
        trouble = Trouble(422, _("Chưa chuyển được"), _("Hãy chọn một cơ quan khác trong danh sách."))
    except Invalid as refused:
        trouble = Trouble(422, _("Chưa gửi được"), ticket_words.PROBLEMS["text", refused.fields["text"]])
    else:
        # A forwarded message lies elsewhere now.
        place = HERE if done == "chuyen" else f"{HERE}/{ticket_id}"
        return HttpResponseRedirect(f"{place}?xong={done}")
    return _draw(request, ticket_id, trouble=trouble, text=text, once=once)


@officer
@require_POST
@or_not_here
def take(request: VisitRequest, ticket_id: int) -> HttpResponse:
    """POST …/nhan: the office has read it."""
    act = partial(answering.take, ticket_id, by=request.actor, now=timezone.now())
    return _act(request, ticket_id, act, "nhan")


@officer
@require_POST
@or_not_here
def answer(request: VisitRequest, ticket_id: int) -> HttpResponse:
    """POST …/tra-loi: an answer; the person is told."""

    def act() -> None:
        what = written(request.POST.get("text", ""), request.POST.get("once", ""))
        answering.answer(ticket_id, what, by=request.actor, now=timezone.now())

    return _act(request, ticket_id, act, "tra-loi")


@officer
@require_POST
@or_not_here
def close(request: VisitRequest, ticket_id: int) -> HttpResponse:
    """POST …/dong."""
    act = partial(answering.close, ticket_id, by=request.actor, now=timezone.now())
    return _act(request, ticket_id, act, "dong")


@officer
@require_POST
@or_not_here
def forward(request: VisitRequest, ticket_id: int) -> HttpResponse:
    """POST …/chuyen: to another office."""
    to = request.POST.get("office_code", "")[:5]
    act = partial(answering.forward, ticket_id, to, by=request.actor, now=timezone.now())
    return _act(request, ticket_id, act, "chuyen")


@officer
@require_GET
@or_not_here
def photo(request: VisitRequest, ticket_id: int, seq: int) -> HttpResponse:
    """The photo of a note; each look is audited, and nobody on the way keeps it."""
    jpeg = queries.photo_for_officer(ticket_id, seq, by=request.actor, now=timezone.now())
    return HttpResponse(jpeg, content_type="image/jpeg", headers={"Cache-Control": "no-store, private"})
