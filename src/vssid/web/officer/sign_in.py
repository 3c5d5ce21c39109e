"""Staff sign in, sign out and stay."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import ActivationExpired, WrongCredentials
from vssid.domain.accounts.factors import second_step
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.sign_in import passkeys, sessions
from vssid.domain.offices.rights import Right
from vssid.domain.verification.errors import Limited
from vssid.infra import metrics
from vssid.web.ui import browser_name, client, cookies
from vssid.web.ui.access import VisitRequest, may, public
from vssid.web.ui.forms.number_field import NumberField

from .security import onward


class SignInForm(forms.Form):
    """User name and password of a member of staff."""

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


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: VisitRequest) -> HttpResponse:
    """/can-bo/dang-nhap: the first of two steps. Says why it is shown when a session ended, and when to come
    back when limited.
    """
    if request.method != "POST":
        return _page(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    secret = onward.new_secret()
    try:
        with metrics.sign_in("staff", "password"):
            signed_in = second_step.begin(
                form.cleaned_data["username"],
                form.cleaned_data["password"],
                kind=Account.STAFF,
                browser=secret,
                address=client.address(request),
                device=browser_name.name(request),
                known_device=onward.MARKS.know(request, actions.login_of(form.cleaned_data["username"])),
                now=timezone.now(),
                word=onward.word_of(request),
            )
    except (WrongCredentials, ActivationExpired):
        form.add_error(
            None, _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ.")
        )
        return _page(request, form, status=422)
    except Limited as limited:
        return _page(request, form, status=429, retry_at=limited.retry_at)
    return onward.let_in(request, signed_in) if signed_in else onward.to_second_step(request, secret)


def _page(
    request: VisitRequest, form: SignInForm, *, status: int = 200, retry_at: datetime | None = None
) -> HttpResponse:
    session = request.session_view
    without_post = bool(session and session.kind == "staff" and session.is_ready and session.post is None)
    context = {
        "form": form,
        "retry_at": retry_at,
        "next": onward.next_page(request),
        "here_as": session if session and session.kind == "staff" and not without_post else None,
        "without_post": without_post,
        "as_citizen": session is not None and session.kind == "citizen",
        "step_over": request.method != "POST" and request.GET.get("het-buoc") == "1",
        "ended": session is None and cookies.SESSION in request.COOKIES and request.method != "POST",
        "passkeys_on": passkeys.is_on(),
        "shift_hours": int(settings.STAFF_SHIFT.total_seconds() // 3600),
        "idle_minutes": int(settings.STAFF_IDLE.total_seconds() // 60),
    }
    response = cookies.wipe_offline(render(request, "officer/sign_in.html", context, status=status))
    if retry_at is not None:
        response["Retry-After"] = str(max(1, int((retry_at - timezone.now()).total_seconds()) + 1))
    return response


@public
@require_POST
def sign_out(request: VisitRequest) -> HttpResponse:
    """/can-bo/dang-xuat: ends this session; twice is fine."""
    _end(request)
    response = redirect("officer:sign_in")
    cookies.clear_session(response)
    return response


def _end(request: VisitRequest) -> None:
    if request.session_view is not None:
        sessions.end(request.session_view.person_id, request.session_view.session_id)


@may(Right.OWN_SESSION)
@require_POST
def stay(request: VisitRequest) -> HttpResponse:
    """/can-bo/con-day: the officer is at the desk, typing; the session stays open."""
    return HttpResponse(status=204)
