"""/can-bo/tai-khoan: what the counter does for accounts, once the original ID was seen."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vssid.domain.accounts.counter import officer_decisions, owner_requests
from vssid.domain.accounts.counter.states import State
from vssid.domain.accounts.errors import (
    NotActivating,
    OlderValue,
    RequestClosed,
    RequestNotReady,
    SecondNeeded,
)
from vssid.domain.accounts.models.accounts import CounterRequest
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as participants
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.kernel.errors import DomainError, Invalid
from vssid.kernel.text import digits
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.forms.number_field import NumberField
from vssid.web.ui.words.delivery import message_steps

from .. import frame
from ..casework import scope, troubles
from ..casework.troubles import Trouble
from ..casework.words import Words
from ..casework.words import at as when
from ..errors import or_not_here
from ..security.asking import asks_again

KINDS: dict[str, Any] = {
    CounterRequest.PASSWORD: gettext_lazy("Cấp mật khẩu kích hoạt mới"),
    CounterRequest.PHONE: gettext_lazy("Đổi số điện thoại"),
    CounterRequest.THAW: gettext_lazy("Mở khóa tài khoản"),
    CounterRequest.FREEZE: gettext_lazy("Khóa tài khoản"),
}
STATES: dict[str, tuple[Words, str]] = {
    State.OPEN: (gettext_lazy("Đang chờ"), "warn"),
    State.DONE: (gettext_lazy("Đã xong"), "good"),
    State.REFUSED: (gettext_lazy("Đã từ chối"), "bad"),
    State.WITHDRAWN: (gettext_lazy("Người dân đã rút"), "plain"),
    State.EXPIRED: (gettext_lazy("Hết hạn"), "plain"),
}
MISSING: dict[str, Words] = {
    "original": gettext_lazy("chưa đối chiếu bản chính giấy tờ"),
    "phone": gettext_lazy("số mới chưa xác nhận bằng mã"),
    "second": gettext_lazy("số điện thoại do chính bạn vừa đổi: cán bộ khác phải thực hiện"),
    "account_phone": gettext_lazy("tài khoản không có số điện thoại: hãy đổi số trước"),
}
WRONG: dict[str, Any] = {
    "bad_phone": gettext_lazy("Không phải số di động Việt Nam. Hãy xem lại số."),
    "required": gettext_lazy("Viết lý do để người dân biết cần làm gì."),
    "too_long": gettext_lazy("Lý do dài quá 500 ký tự. Hãy viết ngắn lại."),
    "bad_choice": gettext_lazy("Chọn việc cần làm."),
}
DONE: dict[str, Words] = {
    "ban-chinh": gettext_lazy("Đã ghi nhận đối chiếu bản chính."),
    "ma": gettext_lazy("Đã gửi mã đến số mới."),
    "so-moi": gettext_lazy("Số mới đã xác nhận."),
    "thuc-hien": gettext_lazy("Đã thực hiện. Người dân được nhắn tin báo."),
    "gui-lai": gettext_lazy("Đang gửi mật khẩu mới. Mật khẩu trước không còn dùng được."),
    "tu-choi": gettext_lazy("Đã từ chối. Người dân được nhắn tin báo."),
}


class DeskForm(forms.Form):
    """Who stands at the counter and what for."""

    name = NumberField(
        label=gettext_lazy("Mã số BHXH hoặc số CCCD trên bản chính"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Hãy nhập mã số BHXH hoặc số CCCD.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Việc cần làm"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": WRONG["bad_choice"], "invalid_choice": WRONG["bad_choice"]},
    )


@may(Right.SEE_COUNTER, change=Right.SERVE_COUNTER)
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: VisitRequest) -> HttpResponse:
    """GET lists the open requests of the office; POST opens one for the person at the counter."""
    form = DeskForm(request.POST if request.method == "POST" else None)
    status = 422
    if form.is_valid():
        try:
            opened = officer_decisions.open_at_desk(
                form.cleaned_data["name"], form.cleaned_data["kind"], by=request.actor, now=timezone.now()
            )
            if opened is not None:
                return redirect("officer:account", *opened)
            form.add_error(
                "name", _("Không có tài khoản nào với số này. Người chưa có tài khoản cần đăng ký mới.")
            )
        except Limited as limited:
            form.add_error(None, _limited(limited))
            status = 429
    offices = scope.read(request, Right.SEE_COUNTER)
    waiting = officer_decisions.waiting_at(offices.at)
    rows = [(counter_request, KINDS[counter_request.kind], name) for counter_request, name in waiting]
    context = {"form": form, "rows": rows, "scope": offices, "kept": ()}
    return frame.page(
        request, "officer/accounts/accounts.html", context, status=status if form.errors else 200
    )


def _limited(limited: Limited) -> str:
    at = when(limited.retry_at)
    return _("Đã thử nhiều lần liên tiếp. Thử lại được từ %(at)s.") % {"at": at}


@may(Right.SEE_COUNTER)
@require_safe
@or_not_here
def show(request: VisitRequest, person_id: int, request_id: uuid.UUID) -> HttpResponse:
    """The request beside what the register holds. Another office's is 404."""
    return _draw(request, person_id, request_id, done=request.GET.get("xong", ""))


def _draw(
    request: VisitRequest,
    person_id: int,
    request_id: uuid.UUID,
    *,
    done: str = "",
    trouble: Trouble | None = None,
) -> HttpResponse:
    desk_view = officer_decisions.look_at(person_id, request_id, by=request.actor, now=timezone.now())
    asked = desk_view.request
    context: dict[str, Any] = {
        "desk": desk_view,
        "asked": asked,
        "kind_words": KINDS[asked.kind],
        "state_words": STATES[asked.state],
        "register": participants.person(person_id),
        "missing": [MISSING[missing_code] for missing_code in desk_view.missing] if asked.is_open else [],
        "message_steps": message_steps(desk_view.message) if desk_view.message else [],
        "can_issue_again": asked.kind == CounterRequest.PASSWORD
        and asked.state == State.DONE
        and desk_view.must_set_password,
        "done": DONE.get(done, ""),
        "trouble": trouble,
    }
    return frame.page(
        request, "officer/accounts/account.html", context, status=trouble.status if trouble else 200
    )


def _trouble(refused: DomainError) -> Trouble:
    if isinstance(refused, RequestNotReady):
        return Trouble(
            409,
            _("Chưa làm được"),
            _("Còn thiếu:"),
            tuple(MISSING[missing_code] for missing_code in refused.facts["missing"]),
        )
    if isinstance(refused, RequestClosed):
        who = refused.facts["by"] or _("Hệ thống")
        words = _("Yêu cầu này đã kết thúc: %(state)s, %(who)s.")
        state = STATES[refused.facts["state"]][0]
        return Trouble(409, words % {"state": state, "who": who}, _("Thao tác vừa rồi không được ghi."))
    if isinstance(refused, NotActivating):
        return Trouble(
            409, _("Không cần gửi lại"), _("Người dân đã đặt mật khẩu riêng, hoặc yêu cầu đã quá hạn.")
        )
    if isinstance(refused, SecondNeeded):
        return troubles.second(refused)
    if isinstance(refused, OwnFile):
        return troubles.own_file(refused)
    if isinstance(refused, OlderValue):
        return troubles.older()
    if isinstance(refused, Limited):
        return Trouble(429, _("Chưa gửi được mã"), _limited(refused))
    if isinstance(refused, WrongCode):
        return Trouble(422, _("Mã chưa đúng"), _("Còn %(left)s lần thử.") % {"left": refused.tries_left})
    if isinstance(refused, CodeExpired):
        return Trouble(422, _("Mã không còn dùng được"), _("Hãy gửi mã mới đến số mới."))
    assert isinstance(refused, Invalid)
    code = next(iter(refused.fields.values()))
    return Trouble(422, _("Chưa làm được"), WRONG.get(code, _("Chưa đúng.")))


REFUSALS = (
    RequestNotReady,
    SecondNeeded,
    OlderValue,
    OwnFile,
    RequestClosed,
    NotActivating,
    Limited,
    WrongCode,
    CodeExpired,
    Invalid,
)


def _decide(
    request: VisitRequest, person_id: int, request_id: uuid.UUID, act: Callable[[], None], done: str
) -> HttpResponse:
    try:
        act()
    except REFUSALS as refused:
        return _draw(request, person_id, request_id, trouble=_trouble(refused))
    return HttpResponseRedirect(reverse("officer:account", args=[person_id, request_id]) + f"?xong={done}")


@may(Right.SERVE_COUNTER)
@require_POST
@or_not_here
def see_original(request: VisitRequest, person_id: int, request_id: uuid.UUID) -> HttpResponse:
    """The original ID was seen and it is this person."""
    act = partial(officer_decisions.see_original, person_id, request_id, by=request.actor, now=timezone.now())
    return _decide(request, person_id, request_id, act, "ban-chinh")


@may(Right.SERVE_COUNTER)
@require_POST
@or_not_here
def phone(request: VisitRequest, person_id: int, request_id: uuid.UUID) -> HttpResponse:
    """Type the new phone: it gets a code, which the person reads from it."""
    act = partial(
        officer_decisions.set_phone,
        person_id,
        request_id,
        request.POST.get("phone", "")[:80],
        by=request.actor,
        address=client.address(request),
        now=timezone.now(),
    )
    return _decide(request, person_id, request_id, act, "ma")


@may(Right.SERVE_COUNTER)
@require_POST
@or_not_here
def code(request: VisitRequest, person_id: int, request_id: uuid.UUID) -> HttpResponse:
    """The code that came to the new phone."""
    row = officer_decisions.at_desk(person_id, request_id, by=request.actor)
    typed = digits(request.POST.get("code", "")[:60])
    act = partial(owner_requests.enter_code, row, typed, address=client.address(request), now=timezone.now())
    return _decide(request, person_id, request_id, act, "so-moi")


@may(Right.SERVE_COUNTER)
@asks_again
@require_POST
@or_not_here
def carry_out(request: VisitRequest, person_id: int, request_id: uuid.UUID) -> HttpResponse:
    """Do what was asked."""
    also, now = request.POST.get("nguoi-tin-cay") == "1", timezone.now()
    act = partial(
        officer_decisions.carry_out, person_id, request_id, also_trusted=also, by=request.actor, now=now
    )
    return _decide(request, person_id, request_id, act, "thuc-hien")


@may(Right.SERVE_COUNTER)
@asks_again
@require_POST
@or_not_here
def issue_again(request: VisitRequest, person_id: int, request_id: uuid.UUID) -> HttpResponse:
    """The activation password did not arrive: another."""
    also, now = request.POST.get("nguoi-tin-cay") == "1", timezone.now()
    act = partial(
        officer_decisions.issue_again, person_id, request_id, also_trusted=also, by=request.actor, now=now
    )
    return _decide(request, person_id, request_id, act, "gui-lai")


@may(Right.SERVE_COUNTER)
@require_POST
@or_not_here
def refuse(request: VisitRequest, person_id: int, request_id: uuid.UUID) -> HttpResponse:
    """Not done, with a reason."""
    act = partial(
        officer_decisions.refuse,
        person_id,
        request_id,
        request.POST.get("reason", "")[:2000],
        by=request.actor,
        now=timezone.now(),
    )
    return _decide(request, person_id, request_id, act, "tu-choi")
