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
from vssid.domain.accounts.counter.doubt_classes import CLASSES
from vssid.domain.accounts.counter.reasons import REASONS
from vssid.domain.accounts.counter.states import State
from vssid.domain.accounts.models.accounts import CounterRequest
from vssid.domain.casework.errors import Unconfirmed
from vssid.domain.casework.reasons import labels
from vssid.domain.casework.why import told
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as participants
from vssid.domain.verification.errors import Limited
from vssid.kernel.text import digits
from vssid.web.ui import client
from vssid.web.ui.access import VisitRequest, may
from vssid.web.ui.forms.number_field import NumberField
from vssid.web.ui.words.delivery import message_steps

from .. import frame
from ..casework import pages, scope, why
from ..casework.pages import Written
from ..casework.troubles import Trouble
from ..errors import or_not_here
from ..security.asking import asks_again
from . import words


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
        choices=list(words.KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": words.WRONG["bad_choice"], "invalid_choice": words.WRONG["bad_choice"]},
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
            form.add_error(None, words.limited(limited))
            status = 429
    offices = scope.read(request, Right.SEE_COUNTER)
    waiting = officer_decisions.waiting_at(offices.at)
    rows = [(counter_request, words.KINDS[counter_request.kind], name) for counter_request, name in waiting]
    context = {"form": form, "rows": rows, "scope": offices, "kept": ()}
    return frame.page(
        request, "officer/accounts/accounts.html", context, status=status if form.errors else 200
    )


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
    confirm: str = "",
    refusal: Written | None = None,
) -> HttpResponse:
    desk_view = officer_decisions.look_at(person_id, request_id, by=request.actor, now=timezone.now())
    asked, ready = desk_view.request, desk_view.ready
    context: dict[str, Any] = {
        "confirm": confirm,
        "refusal": refusal or Written(),
        "reasons": REASONS.values(),
        "given_reasons": labels(asked.reasons, REASONS),
        "warnings": [words.DOUBTS.get(code, code) for code in ready.doubts] if asked.is_open else [],
        "groups": why.groups(request, ready.doubts if asked.is_open else (), CLASSES),
        "despite": told(asked.despite, CLASSES),
        "typed_phone": request.POST.get("phone", "")[:80],
        "desk": desk_view,
        "asked": asked,
        "kind_words": words.KINDS[asked.kind],
        "state_words": words.STATES[asked.state],
        "register": participants.person(person_id),
        "missing": [words.MISSING[missing_code] for missing_code in ready.missing] if asked.is_open else [],
        "message_steps": message_steps(desk_view.message) if desk_view.message else [],
        "can_issue_again": asked.kind == CounterRequest.PASSWORD
        and asked.state == State.DONE
        and desk_view.must_set_password,
        "done": words.DONE.get(done, ""),
        "trouble": trouble,
    }
    status = trouble.status if trouble else 409 if confirm else 200
    return frame.page(request, "officer/accounts/account.html", context, status=status)


def _decide(
    request: VisitRequest, person_id: int, request_id: uuid.UUID, act: Callable[[], None], done: str
) -> HttpResponse:
    try:
        act()
    except Unconfirmed as asked:
        return _draw(request, person_id, request_id, confirm=asked.mark)
    except words.REFUSALS as refused:
        written = pages.written(request, words.wrong(refused))
        return _draw(request, person_id, request_id, trouble=words.trouble(refused), refusal=written)
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
        officer_decisions.carry_out,
        person_id,
        request_id,
        also_trusted=also,
        by=request.actor,
        now=now,
        **why.approval(request, CLASSES),
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
    """Not done, with reasons."""
    said, now = pages.reasons(request), timezone.now()
    act = partial(officer_decisions.refuse, person_id, request_id, **said, by=request.actor, now=now)
    return _decide(request, person_id, request_id, act, "tu-choi")
