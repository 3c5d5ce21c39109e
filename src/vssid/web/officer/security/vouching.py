"""A new factor by another administrator's word: the member asks, an administrator answers; and a reset.

The member stands at the second step and has nothing to prove: /can-bo/dang-nhap/cho-quan-tri.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.accounts import staff
from vssid.domain.accounts.factors import second_step as steps
from vssid.domain.accounts.factors import vouching
from vssid.domain.accounts.factors.errors import OwnWord, StepOver, WordOver
from vssid.domain.offices.rights import Right
from vssid.domain.verification.errors import Limited
from vssid.kernel.errors import NotYours
from vssid.web.ui import browser_name
from vssid.web.ui.access import VisitRequest, may, public
from vssid.web.ui.security import onward

from .. import frame
from ..errors import or_not_here
from .asking import asks_again
from .door import DOOR

DONE: dict[str, Any] = {
    "dong-y": _("Đã xác nhận. Người này đăng nhập lại trên cùng trình duyệt để thêm cách xác thực mới."),
    "tu-choi": _("Đã từ chối."),
    "da-xong": _("Yêu cầu này đã được trả lời hoặc đã quá hạn."),
    "chinh-minh": _("Không ai tự xác nhận cho mình. Hãy nhờ quản trị khác."),
}


@public
@require_POST
def ask(request: VisitRequest) -> HttpResponse:
    """From the second step: no phone and no recovery code."""
    now = timezone.now()
    secret = onward.word_of(request) or onward.new_secret()
    try:
        account = steps.waiting(onward.step_of(request), kind=DOOR.kind, now=now)
        vouching.ask(account.person_id, browser=secret, device=browser_name.name(request), now=now)
    except StepOver:
        return redirect(f"{reverse('officer:sign_in')}?het-buoc=1")
    except Limited as limited:
        return _state(request, None, limited=limited, status=429)
    response = redirect("officer:word")
    onward.set_word(response, DOOR, secret)
    return response


@public
@require_safe
def word(request: VisitRequest) -> HttpResponse:
    """The number to read out, and what the administrator said."""
    asked = vouching.of_browser(onward.word_of(request), now=timezone.now())
    if asked is None:
        return redirect("officer:sign_in")
    return _state(request, asked)


def _state(
    request: HttpRequest, asked: vouching.State | None, *, limited: Limited | None = None, status: int = 200
) -> HttpResponse:
    context = {"asked": asked, "retry_at": limited.retry_at if limited else None}
    return render(request, "officer/security/word.html", context, status=status)


@may(Right.MANAGE_STAFF)
@require_safe
def asked(request: VisitRequest) -> HttpResponse:
    """/can-bo/nhan-su/xac-thuc: who in the administrator's reach asks for the word."""
    return _asked(request)


def _asked(request: VisitRequest, *, username: str = "", status: int = 200) -> HttpResponse:
    context = {
        "rows": vouching.waiting(request.actor, now=timezone.now()),
        "done": DONE.get(request.GET.get("xong", ""), ""),
        "username": username,
        "is_unknown": status != 200,
    }
    return frame.page(request, "officer/security/asked.html", context, status=status)


@may(Right.MANAGE_STAFF)
@asks_again
@require_POST
@or_not_here
def answer(request: VisitRequest, person_id: int, request_id: uuid.UUID) -> HttpResponse:
    """Yes to this asking (`go=dong-y`), else no. One's own is refused, a member out of reach is not here."""
    granted = request.POST.get("go") == "dong-y"
    done = "dong-y" if granted else "tu-choi"
    try:
        vouching.answer(person_id, request_id, granted=granted, by=request.actor, now=timezone.now())
    except WordOver:
        done = "da-xong"
    except OwnWord:
        done = "chinh-minh"
    return redirect(f"{reverse('officer:words_asked')}?xong={done}")


@may(Right.MANAGE_STAFF)
@asks_again
@require_POST
@sensitive_variables("done", "context")
def reset(request: VisitRequest) -> HttpResponse:
    """/can-bo/nhan-su/cap-lai: everything was lost; a new activation code, shown in this answer alone."""
    username = request.POST.get("username", "")[:80]
    try:
        done = vouching.reset(username, by=request.actor, now=timezone.now())
    except OwnWord:
        return redirect(f"{reverse('officer:words_asked')}?xong=chinh-minh")
    except (NotYours, staff.NoSuchStaff):
        return _asked(request, username=username, status=422)
    hours = int(settings.ACTIVATION_LIFE.total_seconds() // 3600)
    context = {"reset": done, "hours": hours}
    return frame.page(request, "officer/security/activation.html", context)


routes = [
    path("can-bo/dang-nhap/nho-quan-tri", ask, name="ask_word"),
    path("can-bo/dang-nhap/cho-quan-tri", word, name="word"),
    path("can-bo/nhan-su/xac-thuc", asked, name="words_asked"),
    path("can-bo/nhan-su/xac-thuc/<int:person_id>/<uuid:request_id>", answer, name="word_answer"),
    path("can-bo/nhan-su/cap-lai", reset, name="member_reset"),
]
