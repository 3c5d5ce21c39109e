"""Passkeys: /tai-khoan/khoa-truy-cap lists them; the rest is for the script of the page, in JSON."""

from __future__ import annotations

import secrets
import uuid

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from vssid.domain.accounts.errors import AccountFrozen, PasskeyInDoubt, TooManyPasskeys, WrongCredentials
from vssid.domain.accounts.sign_in import new_passkeys, passkey_sign_in, passkeys
from vssid.domain.accounts.sign_in.sessions import SessionView
from vssid.domain.verification.errors import Limited, WrongProof
from vssid.infra import metrics
from vssid.kernel.errors import DomainError
from vssid.web.ui import passkey_answers
from vssid.web.ui.access import VisitRequest, citizen, local_path, public

from . import browser
from . import words as account_words
from .password import prove
from .sign_in import REFUSED, let_in


def _refuse(words: str, status: int = REFUSED) -> HttpResponse:
    return JsonResponse({"refused": words}, status=status)


def _words(refused: DomainError) -> tuple[str, int]:
    if isinstance(refused, WrongCredentials):
        return _("Mật khẩu chưa đúng."), REFUSED
    if isinstance(refused, TooManyPasskeys):
        return _("Đã có đủ số khóa truy cập. Hãy xóa một khóa không dùng nữa rồi thêm."), 409
    if isinstance(refused, Limited):
        return account_words.limited(refused), 429
    if isinstance(refused, PasskeyInDoubt):
        return _(
            "Khóa truy cập này cần được xác nhận một lần. Hãy đăng nhập bằng mật khẩu, rồi chọn “Đúng là khóa"
            " của tôi” ở mục Đăng nhập bằng vân tay, khuôn mặt."
        ), REFUSED
    if isinstance(refused, AccountFrozen):
        return _("Tài khoản đang khóa. Mở lại tại cơ quan BHXH hoặc trong mục Mở khóa tài khoản."), 403
    return _("Khóa truy cập chưa dùng được ở đây. Hãy thử lại, hoặc đăng nhập bằng mật khẩu."), REFUSED


@citizen
@require_safe
def show(request: VisitRequest) -> HttpResponse:
    """GET /tai-khoan/khoa-truy-cap"""
    session = request.session_view
    assert session is not None
    return _page(request, session)


def _page(
    request: HttpRequest, session: SessionView, *, doubted: uuid.UUID | None = None, wrong: str = ""
) -> HttpResponse:
    page = {"passkeys": passkeys.of(session.person_id), "on": passkeys.is_on(), "login": session.login}
    page |= {"doubted": doubted, "wrong": wrong}
    return render(request, "citizen/account/passkeys.html", page, status=REFUSED if wrong else 200)


@citizen
@sensitive_post_parameters()
@require_POST
def begin(request: VisitRequest) -> HttpResponse:
    """POST …/bat-dau: with the password, the options for a new passkey."""
    session = request.session_view
    assert session is not None
    secret = secrets.token_urlsafe(32)
    try:
        prove(request, session, str(passkey_answers.body(request).get("password", ""))[:256])
        options = new_passkeys.begin(session.person_id, browser=secret, now=timezone.now())
    except (WrongCredentials, WrongProof, TooManyPasskeys, Limited) as refused:
        return _refuse(*_words(refused))
    return passkey_answers.asking(options, secret)


@citizen
@require_POST
def add(request: VisitRequest) -> HttpResponse:
    """POST …/them: what the device answered."""
    session = request.session_view
    assert session is not None
    try:
        new_passkeys.finish(
            session.person_id,
            passkey_answers.body(request),
            browser=passkey_answers.browser(request),
            name=browser.name(request),
            now=timezone.now(),
        )
    except (WrongProof, TooManyPasskeys) as refused:
        return _refuse(*_words(refused))
    return JsonResponse({"next": reverse("citizen:passkeys")})


@citizen
@require_POST
def put_off(request: VisitRequest) -> HttpResponse:
    """POST …/de-sau: no passkey now; the first page does not offer it again."""
    session = request.session_view
    assert session is not None
    passkeys.answer_offer(session.person_id, now=timezone.now())
    return redirect("citizen:home")


@citizen
@sensitive_post_parameters()
@require_POST
def change(request: VisitRequest, passkey_id: uuid.UUID) -> HttpResponse:
    """POST …/<id>: rename, remove with `go=xoa`, or, with the password, `go=dung`: one in doubt is theirs.

    Another person's is not there, so nothing happens.
    """
    session = request.session_view
    assert session is not None
    if request.POST.get("go") == "dung":
        try:
            prove(request, session, request.POST.get("password", "")[:256])
        except (WrongCredentials, Limited) as refused:
            return _page(request, session, doubted=passkey_id, wrong=_words(refused)[0])
        passkeys.vouch(session.person_id, passkey_id, now=timezone.now())
    elif request.POST.get("go") == "xoa":
        passkeys.remove(session.person_id, passkey_id, now=timezone.now())
    else:
        passkeys.rename(session.person_id, passkey_id, request.POST.get("name", ""))
    return redirect("citizen:passkeys")


@public
@require_POST
def begin_sign_in(request: VisitRequest) -> HttpResponse:
    """POST /dang-nhap/khoa-truy-cap/bat-dau: a challenge; `name` may be empty."""
    secret = secrets.token_urlsafe(32)
    try:
        options = passkey_sign_in.begin(
            str(passkey_answers.body(request).get("name", ""))[:60],
            browser=secret,
            now=timezone.now(),
        )
    except WrongProof as refused:
        return _refuse(*_words(refused))
    return passkey_answers.asking(options, secret)


@public
@require_POST
def sign_in(request: VisitRequest) -> HttpResponse:
    """POST /dang-nhap/khoa-truy-cap: the device's answer; says where to go."""
    try:
        answer = passkey_answers.body(request)
        with metrics.sign_in("citizen", "passkey"):
            login, signed_in = passkey_sign_in.finish(
                answer,
                browser=passkey_answers.browser(request),
                device=browser.name(request),
                is_known=lambda name: browser.is_known(request, name),
                now=timezone.now(),
            )
    except (WrongProof, PasskeyInDoubt, AccountFrozen, WrongCredentials) as refused:
        return _refuse(*_words(WrongProof() if isinstance(refused, WrongCredentials) else refused))
    next_path = local_path(request, str(answer.get("tiep", "")))
    response = let_in(request, signed_in, login)
    moved = JsonResponse({"next": next_path})
    moved.cookies = response.cookies
    moved.delete_cookie(passkey_answers.COOKIE, samesite="Strict")
    return moved
