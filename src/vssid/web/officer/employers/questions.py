"""/can-bo/don-vi/<code>/hoi: what the employer's HR and its office write to each other."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.casework import claims
from vssid.domain.casework.errors import InOtherHands
from vssid.domain.employers import questions
from vssid.domain.employers.errors import NobodyIn
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.domain.support.errors import NotOpenAnyMore
from vssid.domain.support.moves import EMPLOYERS_TICKET
from vssid.domain.support.notes import LONGEST, Written, written
from vssid.kernel.errors import Invalid
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.words import ticket_words

from .. import frame
from ..casework.words import Words
from ..errors import or_not_here
from . import pages

IN_HANDS: Words = _("Đồng nghiệp đang xử lý tin nhắn này. Thao tác vừa rồi không được ghi.")
CLOSED: Words = _("Tin nhắn đã đóng hoặc đã có người làm trước. Trang này là bản mới nhất.")
NOBODY: Words = _("Chưa có ai của đơn vị vào hệ thống nên không ai đọc được tin nhắn.")


@may(Right.SEE_EMPLOYERS)
@require_safe
@or_not_here
def question(request: VisitRequest, code: str, ticket_id: int) -> HttpResponse:
    """One message with all that was written; the look is an event."""
    return _shown(request, code, ticket_id)


@may(Right.FOLLOW_EMPLOYERS)
@require_POST
@or_not_here
def begin(request: VisitRequest, code: str) -> HttpResponse:
    """…/hoi: write to the employer's HR first."""
    try:
        sent = questions.begin(code, _what(request), by=request.actor, now=timezone.now())
    except NobodyIn:
        return pages.shown(request, code, trouble=NOBODY, status=409)
    except Invalid as invalid:
        return pages.shown(request, code, trouble=_wrong(invalid), status=422)
    return HttpResponseRedirect(reverse("officer:employer_question", args=[code, sent]))


@may(Right.FOLLOW_EMPLOYERS)
@require_POST
@or_not_here
def answer(request: VisitRequest, code: str, ticket_id: int) -> HttpResponse:
    """…/tra-loi"""

    def act() -> None:
        questions.answer(ticket_id, code, _what(request), by=request.actor, now=timezone.now())

    return _done(request, code, ticket_id, act)


@may(Right.FOLLOW_EMPLOYERS)
@require_POST
@or_not_here
def close(request: VisitRequest, code: str, ticket_id: int) -> HttpResponse:
    """…/dong: no more is needed."""

    def act() -> None:
        questions.close(ticket_id, code, by=request.actor, now=timezone.now())

    return _done(request, code, ticket_id, act)


def _done(request: VisitRequest, code: str, ticket_id: int, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Invalid as invalid:
        return _shown(request, code, ticket_id, trouble=_wrong(invalid), status=422)
    except InOtherHands:
        return _shown(request, code, ticket_id, trouble=IN_HANDS, status=409)
    except NotOpenAnyMore:
        return _shown(request, code, ticket_id, trouble=CLOSED, status=409)
    return HttpResponseRedirect(reverse("officer:employer_question", args=[code, ticket_id]))


def _shown(
    request: VisitRequest, code: str, ticket_id: int, *, trouble: Words = "", status: int = 200
) -> HttpResponse:
    by, now = request.actor, timezone.now()
    thread, sender = questions.look_at(ticket_id, code, by=by, now=now)
    state, pill = ticket_words.STATES[thread.row.state]
    context: dict[str, Any] = {
        "thread": thread,
        "row": thread.row,
        "sender": sender,
        "state": state,
        "pill": pill,
        "topic": ticket_words.TOPICS[thread.row.topic],
        "holder": claims.other(EMPLOYERS_TICKET.name, ticket_id, by=by, now=now),
        "answers": policy.allows(by, Right.FOLLOW_EMPLOYERS, thread.row.office_code),
        "typed": request.POST.get("text", "")[: LONGEST + 100],
        "once": request.POST.get("once", "")[:64] or secrets.token_urlsafe(12),
        "longest": LONGEST,
        "trouble": trouble,
    }
    return frame.page(request, "officer/employers/question.html", context, status=status)


def _what(request: VisitRequest) -> Written:
    return written(request.POST.get("text", ""), request.POST.get("once", ""))


def _wrong(invalid: Invalid) -> Words:
    return ticket_words.PROBLEMS["text", invalid.fields["text"]]


HERE = "can-bo/don-vi/<slug:code>/hoi"
routes = [
    path(HERE, begin, name="employer_ask"),
    path(f"{HERE}/<int:ticket_id>", question, name="employer_question"),
    path(f"{HERE}/<int:ticket_id>/tra-loi", answer, name="employer_answer"),
    path(f"{HERE}/<int:ticket_id>/dong", close, name="employer_question_close"),
]
