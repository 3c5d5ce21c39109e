"""People at work sign in, sign out and stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import forms
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import ActivationExpired, WrongCredentials
from vssid.domain.accounts.factors import second_step
from vssid.domain.accounts.sign_in import passkeys, sessions
from vssid.domain.verification.errors import Limited
from vssid.infra import metrics

from .. import browser_name, client, cookies
from ..access import VisitRequest, public
from ..forms.number_field import NumberField
from . import onward
from .door import Door


class SignInForm(forms.Form):
    """A user name and its password."""

    username = NumberField(
        label=_("Tên đăng nhập"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Hãy nhập tên đăng nhập.")},
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Hãy nhập mật khẩu.")},
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: VisitRequest, door: Door) -> HttpResponse:
    """/…/dang-nhap: the first of two steps. Says why it is shown when a session ended, and when to come
    back when limited.
    """
    if request.method != "POST":
        return _page(request, door, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, door, form, status=422)
    secret = onward.new_secret()
    try:
        with metrics.sign_in(door.kind, "password"):
            signed_in = second_step.begin(
                form.cleaned_data["username"],
                form.cleaned_data["password"],
                kind=door.kind,
                browser=secret,
                address=client.address(request),
                device=browser_name.name(request),
                known_device=door.marks.know(request, actions.login_of(form.cleaned_data["username"])),
                now=timezone.now(),
                word=onward.word_of(request),
            )
    except (WrongCredentials, ActivationExpired):
        form.add_error(
            None, _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ.")
        )
        return _page(request, door, form, status=422)
    except Limited as limited:
        return _page(request, door, form, status=429, retry_at=limited.retry_at)
    if signed_in:
        return onward.let_in(request, door, signed_in)
    return onward.to_second_step(request, door, secret)


def _page(
    request: VisitRequest,
    door: Door,
    form: SignInForm,
    *,
    status: int = 200,
    retry_at: datetime | None = None,
) -> HttpResponse:
    session = request.session_view
    own = session if session is not None and session.kind == door.kind else None
    is_shut = own is not None and own.is_ready and door.is_shut(own)
    context = {
        "form": form,
        "retry_at": retry_at,
        "next": onward.next_page(request, door),
        "here_as": own if not is_shut else None,
        "is_shut": is_shut,
        "as_another": session is not None and own is None,
        "step_over": request.method != "POST" and request.GET.get("het-buoc") == "1",
        "ended": session is None and cookies.SESSION in request.COOKIES and request.method != "POST",
        "passkeys_on": passkeys.is_on(),
        "shift_hours": int((sessions.longest(door.kind) or timedelta.max).total_seconds() // 3600),
        "idle_minutes": int(sessions.idle_limit(door.kind).total_seconds() // 60),
    }
    response = cookies.wipe_offline(door.draw_outside(request, door.sign_in_page, context, status=status))
    if retry_at is not None:
        response["Retry-After"] = str(max(1, int((retry_at - timezone.now()).total_seconds()) + 1))
    return response


@require_POST
def sign_out(request: VisitRequest, door: Door) -> HttpResponse:
    """/…/dang-xuat: ends this session; twice is fine."""
    _end(request)
    response = door.lead("sign_in")
    cookies.clear_session(response)
    return response


def _end(request: VisitRequest) -> None:
    if request.session_view is not None:
        sessions.end(request.session_view.person_id, request.session_view.session_id)


@require_POST
def stay(_request: VisitRequest, _door: Door) -> HttpResponse:
    """/…/con-day: somebody is there, typing; the session stays open."""
    return HttpResponse(status=204)


def routes(door: Door) -> list[URLPattern]:
    """The pages, at a door."""
    return [
        path("dang-nhap", public(door.bound(sign_in)), name="sign_in"),
        path("dang-xuat", public(door.bound(sign_out)), name="sign_out"),
        path("con-day", door.signed_in(door.bound(stay)), name="stay"),
    ]
