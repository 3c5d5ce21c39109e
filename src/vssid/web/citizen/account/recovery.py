"""Without a session: /quen-mat-khau, /khoa-tai-khoan, /mo-khoa-tai-khoan, each with its page for the code.

Every answer is the same whether there is an account or not. The browser's claim is named by a secret that the
form brings along, so a second tap sends nothing twice; afterwards it stays in a cookie of these pages.
"""

from __future__ import annotations

import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from vssid.domain.accounts import queries
from vssid.domain.accounts.errors import AccountFrozen, ClaimOver, TooSoon, WrongCredentials
from vssid.domain.accounts.models.accounts import Claim
from vssid.domain.accounts.recovery import claims, freezing, password_reset
from vssid.domain.accounts.recovery.claims import ClaimView
from vssid.domain.verification.errors import CodeExpired, Limited, WrongCode
from vssid.infra import mail
from vssid.kernel.errors import Invalid
from vssid.web.ui import client, cookies
from vssid.web.ui.access import VisitRequest, public
from vssid.web.ui.templatetags.ui import gio, ngay_gio
from vssid.web.ui.words.delivery import Step, message_steps

from . import browser
from . import words as account_words
from .forms import CodeForm, FreezeForm, NameForm, PasswordForm
from .password import password_words
from .sign_in import REFUSED, frozen_page, limited_page
from .sign_in_forms import NewPasswordForm

# The name of each purpose's first page; the page of its code and the one after it are named after it.
PAGES = {Claim.RESET: "forgotten", Claim.FREEZE: "freeze", Claim.THAW: "thaw"}
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
METHODS = ["GET", "HEAD", "POST"]


# --- addresses -----------------------------------------------------------------------------


def _first_page(purpose: str) -> str:
    return reverse(f"citizen:{PAGES[purpose]}")


def _code_address(purpose: str) -> str:
    return reverse(f"citizen:{PAGES[purpose]}_code")


def _password_address(purpose: str) -> str:
    return reverse(f"citizen:{PAGES[purpose]}_password")


# --- the browser's claim -------------------------------------------------------------------


def _cookie(purpose: str) -> str:
    return f"vssid-claim-{purpose}"


def _secret(request: HttpRequest, purpose: str) -> str:
    return request.COOKIES.get(_cookie(purpose), "")


def _to_code(purpose: str, secret: str) -> HttpResponse:
    response = HttpResponseRedirect(_code_address(purpose))
    response.set_cookie(
        _cookie(purpose),
        secret,
        max_age=int(settings.CLAIM_LIFE.total_seconds()),
        path=_first_page(purpose),
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )
    return response


def _drop(response: HttpResponse, purpose: str) -> HttpResponse:
    response.delete_cookie(_cookie(purpose), path=_first_page(purpose), samesite="Lax")
    return response


# --- ask -----------------------------------------------------------------------------------


@public
@require_http_methods(METHODS)
def ask(request: VisitRequest, purpose: str) -> HttpResponse:
    """GET and POST /quen-mat-khau and /mo-khoa-tai-khoan: the login name, and where the code shall go."""
    form = NameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _ask(request, purpose, form)
    return _asking(request, purpose, form, status=REFUSED if form.errors else 200)


def _ask(request: VisitRequest, purpose: str, form: NameForm) -> HttpResponse:
    name = form.cleaned_data["name"]
    channel = _channel(request, purpose)
    secret = _claim_secret(request, purpose, name, channel)
    try:
        claims.ask(
            purpose,
            name,
            channel,
            secret=secret,
            address=client.address(request),
            known_device=browser.is_known(request, name),
            now=timezone.now(),
            before=_secret(request, purpose),
        )
    except Limited as limited:
        form.add_error(None, account_words.limited(limited))
        return _asking(request, purpose, form, status=429)
    return _to_code(purpose, secret)


def _channel(request: HttpRequest, purpose: str) -> str:
    asked = request.POST.get("kenh", "")
    if purpose == Claim.RESET and (asked == Claim.BOTH or (asked == Claim.EMAIL and mail.is_offered())):
        return asked
    return Claim.SMS


def _claim_secret(request: HttpRequest, purpose: str, name: str, channel: str) -> str:
    """The same form sent twice is one claim; gone back to and corrected it is another."""
    said = f"{_given_secret(request)}|{purpose}|{name}|{channel}"
    return urlsafe_b64encode(sha256(said.encode()).digest()).decode().rstrip("=")


def _given_secret(request: HttpRequest) -> str:
    given = request.POST.get("khoa", "")
    return given if SECRET.fullmatch(given) else secrets.token_urlsafe(32)


def _asking(request: VisitRequest, purpose: str, form: NameForm, *, status: int = 200) -> HttpResponse:
    page = {
        "form": form,
        "secret": _given_secret(request),
        "mail_on": mail.is_offered(),
        "thaw_hours": int(settings.THAW_WAIT.total_seconds() // 3600),
    }
    return render(request, f"citizen/account/recovery_{purpose}.html", page, status=status)


@public
@sensitive_post_parameters("password")
@require_http_methods(METHODS)
def freeze(request: VisitRequest) -> HttpResponse:
    """GET and POST /khoa-tai-khoan: with the password at once, else by a code to the account's phone."""
    by_password = request.POST.get("cach") == "mat-khau"
    form = FreezeForm(request.POST if request.method == "POST" else None, needs_password=by_password)
    if not form.is_valid():
        return _asking(request, Claim.FREEZE, form, status=REFUSED if form.errors else 200)
    if not by_password:
        return _ask(request, Claim.FREEZE, form)
    name = form.cleaned_data["name"]
    try:
        freezing.freeze_by_password(
            name,
            form.cleaned_data["password"],
            address=client.address(request),
            known_device=browser.is_known(request, name),
            now=timezone.now(),
        )
    except WrongCredentials:
        form.add_error(None, _("Mã số hoặc mật khẩu chưa đúng. Hãy xem lại cả hai rồi thử lần nữa."))
        return _asking(request, Claim.FREEZE, form, status=REFUSED)
    except Limited as limited:
        return limited_page(request, limited)
    return _frozen()


def _frozen() -> HttpResponse:
    response = redirect("citizen:frozen")
    cookies.clear_session(response)
    return _drop(response, Claim.FREEZE)


@public
@require_safe
def frozen(request: VisitRequest) -> HttpResponse:
    """GET /khoa-tai-khoan/xong: what a frozen account means. Says the same to everybody."""
    hours = int(settings.THAW_WAIT.total_seconds() // 3600)
    return cookies.wipe_offline(render(request, "citizen/account/frozen.html", {"thaw_hours": hours}))


# --- the code ------------------------------------------------------------------------------


@public
@require_http_methods(METHODS)
def code(request: VisitRequest, purpose: str) -> HttpResponse:
    """GET and POST …/ma: the code; `go=again` asks for another."""
    secret = _secret(request, purpose)
    claim = claims.view(secret, now=timezone.now()) if secret else None
    if claim is None or claim.purpose != purpose:
        return HttpResponseRedirect(_first_page(purpose))
    if claim.state == Claim.PROVED and purpose != Claim.FREEZE:
        return HttpResponseRedirect(_password_address(purpose))
    if request.method != "POST":
        return _code_page(request, claim, CodeForm())
    if request.POST.get("go") == "again":
        return _again(request, claim, secret)
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _code_page(request, claim, form, status=REFUSED)
    return _enter(request, claim, secret, form)


def _again(request: VisitRequest, claim: ClaimView, secret: str) -> HttpResponse:
    try:
        claims.ask_again(secret, address=client.address(request), now=timezone.now())
    except Limited as limited:
        return _refused(request, claim, account_words.limited(limited), status=429)
    except ClaimOver:
        return HttpResponseRedirect(_first_page(claim.purpose))
    return HttpResponseRedirect(_code_address(claim.purpose))


def _enter(request: VisitRequest, claim: ClaimView, secret: str, form: CodeForm) -> HttpResponse:
    typed, address, now = form.cleaned_data["code"], client.address(request), timezone.now()
    try:
        if claim.purpose == Claim.FREEZE:
            freezing.freeze_by_code(secret, typed, address=address, now=now)
            return _frozen()
        claims.enter(secret, claim.purpose, typed, address=address, now=now)
    except (WrongCode, CodeExpired, Limited) as refused:
        # Another tap of the same finger may have used the code up.
        fresh = claims.view(secret, now=now)
        if fresh is not None and fresh.state == Claim.PROVED:
            return HttpResponseRedirect(_password_address(claim.purpose))
        status = 429 if isinstance(refused, Limited) else REFUSED
        return _refused(request, claim, account_words.of_code(refused), status=status)
    except ClaimOver:
        return HttpResponseRedirect(_first_page(claim.purpose))
    return HttpResponseRedirect(_password_address(claim.purpose))


def _refused(request: VisitRequest, claim: ClaimView, words: str, *, status: int) -> HttpResponse:
    form = CodeForm({"code": "000000"})
    form.add_error("code", words)
    form.data = {}
    return _code_page(request, claim, form, status=status)


def _code_page(request: VisitRequest, claim: ClaimView, form: CodeForm, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    page: dict[str, Any] = {
        "form": form,
        "claim": claim,
        "mail_on": mail.is_offered(),
        "first_page": _first_page(claim.purpose),
        "code_address": _code_address(claim.purpose),
        "steps": _steps(claim),
        "other_steps": message_steps(claim.other_message)[1:] if claim.other_message else [],
        "may_again": claim.again_at <= now,
        "seconds": max(1, int((claim.again_at - now).total_seconds()) + 1),
    }
    return render(request, "citizen/account/recovery_code.html", page, status=status)


def _steps(claim: ClaimView) -> list[Step]:
    """The way of the message: as the network says for a device the account knows, else as it usually is."""
    asked = Step("done", _("Đã yêu cầu mã"), ngay_gio(claim.asked_at))
    if claim.message is not None:
        return [asked, *message_steps(claim.message)[1:]]
    usual = _("Tin thường đến trong 1 phút. Chưa đến: gửi lại được từ %(at)s.") % {"at": gio(claim.again_at)}
    return [asked, Step("now", _("Chờ mã đến"), "", usual)]


# --- after the code ------------------------------------------------------------------------


@public
@sensitive_post_parameters("new", "again")
@require_http_methods(METHODS)
def new_password(request: VisitRequest) -> HttpResponse:
    """GET and POST /quen-mat-khau/mat-khau: only with a proved claim."""
    secret = _secret(request, Claim.RESET)
    claim = claims.view(secret, now=timezone.now()) if secret else None
    if claim is None or claim.person_id is None or claim.purpose != Claim.RESET:
        return redirect("citizen:forgotten")
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return _set(request, secret, form.cleaned_data["new"], claim.person_id)
        except Invalid as refused:
            form.add_error("new", password_words(refused))
        except AccountFrozen as frozen_error:
            return frozen_page(request, frozen_error)
        except ClaimOver:
            return redirect("citizen:forgotten")
    safety = queries.safety_of(claim.person_id)
    page = {"form": form, "login": safety.login, "passkeys": safety.passkeys}
    return render(
        request, "citizen/account/recovery_password.html", page, status=REFUSED if form.errors else 200
    )


def _set(request: VisitRequest, secret: str, new: str, person_id: int) -> HttpResponse:
    login = queries.safety_of(person_id).login
    signed_in = password_reset.finish(secret, new, device=browser.name(request), now=timezone.now())
    response = HttpResponseRedirect(reverse("citizen:account", query={"xong": "mat-khau"}))
    cookies.set_session(response, signed_in.token)
    browser.remember(request, response, login)
    return _drop(response, Claim.RESET)


@public
@sensitive_post_parameters("password")
@require_http_methods(METHODS)
def thaw(request: VisitRequest) -> HttpResponse:
    """GET and POST /mo-khoa-tai-khoan/mat-khau: with a proved claim, the password opens the account."""
    secret = _secret(request, Claim.THAW)
    claim = claims.view(secret, now=timezone.now()) if secret else None
    if claim is None or claim.state != Claim.PROVED or claim.purpose != Claim.THAW:
        return redirect("citizen:thaw")
    form, too_soon = PasswordForm(request.POST if request.method == "POST" else None), None
    if form.is_valid():
        try:
            freezing.thaw_by_code(
                secret, form.cleaned_data["password"], address=client.address(request), now=timezone.now()
            )
        except WrongCredentials:
            form.add_error("password", _("Mật khẩu chưa đúng."))
        except Limited as limited:
            return limited_page(request, limited)
        except TooSoon as refused:
            too_soon = refused.at
        except ClaimOver:
            return redirect("citizen:thaw")
        else:
            return _drop(
                HttpResponseRedirect(reverse("citizen:sign_in", query={"xong": "mo-khoa"})), Claim.THAW
            )
    status = REFUSED if form.errors else 409 if too_soon else 200
    return render(
        request,
        "citizen/account/recovery_thaw_password.html",
        {"form": form, "too_soon": too_soon},
        status=status,
    )
