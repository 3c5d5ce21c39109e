"""Staff sign in, sign out and stay."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from vssid.domain.accounts import actions
from vssid.domain.accounts.errors import ActivationExpired, WrongCredentials
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.verification.errors import Limited
from vssid.infra import metrics
from vssid.web.ui import client, cookies
from vssid.web.ui.access import VisitRequest, local_path, public, staff
from vssid.web.ui.forms.number_field import NumberField


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
    """/can-bo/dang-nhap: says why it is shown when a session ended, and when to come back when limited."""
    if request.method != "POST":
        return _page(request, SignInForm())
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    now = timezone.now()
    try:
        with metrics.sign_in("staff", "password"):
            signed_in = actions.sign_in(
                form.cleaned_data["username"],
                form.cleaned_data["password"],
                kind="staff",
                address=client.address(request),
                device=request.headers.get("User-Agent", "")[:80],
                now=now,
            )
    except (WrongCredentials, ActivationExpired):
        form.add_error(
            None, _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ.")
        )
        return _page(request, form, status=422)
    except Limited as limited:
        return _page(request, form, status=429, retry_at=limited.retry_at)
    _end(request)
    response = HttpResponseRedirect(_next(request))
    cookies.set_session(response, signed_in.token, staff=True)
    return response


def _page(
    request: VisitRequest, form: SignInForm, *, status: int = 200, retry_at: datetime | None = None
) -> HttpResponse:
    session = request.session_view
    context = {
        "form": form,
        "retry_at": retry_at,
        "next": _next(request),
        "here_as": session if session and session.kind == "staff" else None,
        "as_citizen": session is not None and session.kind == "citizen",
        "ended": session is None and cookies.SESSION in request.COOKIES and request.method != "POST",
        "idle_minutes": int(settings.STAFF_IDLE.total_seconds() // 60),
    }
    response = cookies.wipe_offline(render(request, "officer/sign_in.html", context, status=status))
    if retry_at is not None:
        response["Retry-After"] = str(max(1, int((retry_at - timezone.now()).total_seconds()) + 1))
    return response


def _next(request: VisitRequest) -> str:
    """Where to go afterwards: the wanted page, or the file whose button found the session ended."""
    next_path = request.POST.get("tiep") or request.GET.get("tiep")
    if not next_path:
        next_path = _came_from(request)
    home, imports, directory = (reverse(f"officer:{name}") for name in ("queue", "imports", "directory"))
    path = local_path(request, next_path, home)
    inside = path == home or path.startswith((f"{home}/ho-so/", imports, directory, f"{home}?"))
    return path if inside else home


def _came_from(request: VisitRequest) -> str:
    """The page of this site the browser says it comes from, or nothing."""
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    return page.path if page.netloc == request.get_host() else ""


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


@staff
@require_POST
def stay(request: VisitRequest) -> HttpResponse:
    """/can-bo/con-day: the officer is at the desk, typing; the session stays open."""
    return HttpResponse(status=204)
