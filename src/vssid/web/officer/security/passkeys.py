"""Passkeys of staff: sign in with one, add one, prove one again. JSON, for the scripts of the pages."""

from __future__ import annotations

import secrets

from django.http import HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vssid.domain.accounts.errors import AccountFrozen, PasskeyInDoubt, TooManyPasskeys, WrongCredentials
from vssid.domain.accounts.factors import factor_passkeys
from vssid.domain.accounts.factors.errors import ProofNeeded
from vssid.domain.accounts.models.accounts import Account
from vssid.domain.accounts.sign_in import passkey_sign_in
from vssid.domain.accounts.sign_in.sessions import SessionView
from vssid.domain.offices.rights import Right
from vssid.domain.verification.errors import WrongProof
from vssid.infra import metrics
from vssid.kernel.errors import DomainError
from vssid.web.ui import browser_name, passkey_answers
from vssid.web.ui.access import VisitRequest, may, member, public

from . import onward

REFUSED = (WrongProof, PasskeyInDoubt, AccountFrozen, WrongCredentials, ProofNeeded, TooManyPasskeys)


def _refuse(refused: DomainError) -> HttpResponse:
    if isinstance(refused, TooManyPasskeys):
        words = _("Đã có đủ số khóa truy cập. Hãy bỏ một khóa không dùng nữa rồi thêm.")
    elif isinstance(refused, ProofNeeded):
        words = _("Hãy tải lại trang và xác nhận lại là bạn rồi thêm khóa.")
    else:
        words = _("Khóa truy cập chưa dùng được ở đây. Hãy thử lại, hoặc dùng mật khẩu và ứng dụng xác thực.")
    return JsonResponse({"refused": words}, status=422)


@public
@require_POST
def begin_sign_in(request: VisitRequest) -> HttpResponse:
    """POST /can-bo/dang-nhap/khoa-truy-cap/bat-dau: a challenge; the device offers what it has."""
    secret = secrets.token_urlsafe(32)
    options = passkey_sign_in.begin("", browser=secret, now=timezone.now())
    return passkey_answers.asking(options, secret)


@public
@require_POST
def sign_in(request: VisitRequest) -> HttpResponse:
    """POST /can-bo/dang-nhap/khoa-truy-cap: the device's answer is both steps; says where to go."""
    try:
        with metrics.sign_in("staff", "passkey"):
            login, signed_in = passkey_sign_in.finish(
                passkey_answers.body(request),
                kind=Account.STAFF,
                browser=passkey_answers.browser(request),
                device=browser_name.name(request),
                is_known=lambda _login: True,
                now=timezone.now(),
            )
    except REFUSED as refused:
        return _refuse(refused)
    opened = onward.let_in(request, signed_in, login=login)
    moved = JsonResponse({"next": opened["Location"]})
    moved.cookies = opened.cookies
    return moved


@member
@require_POST
def begin_new(request: VisitRequest) -> HttpResponse:
    """POST /can-bo/xac-thuc/khoa-truy-cap/bat-dau: what the device needs to make one."""
    session, secret = _ready_to_add(request), secrets.token_urlsafe(32)
    try:
        if session.must_set_password:
            raise ProofNeeded
        options = factor_passkeys.begin_new(
            session.person_id, session_id=session.session_id, browser=secret, now=timezone.now()
        )
    except REFUSED as refused:
        return _refuse(refused)
    return passkey_answers.asking(options, secret)


@member
@require_POST
def add(request: VisitRequest) -> HttpResponse:
    """POST /can-bo/xac-thuc/khoa-truy-cap/them: what the device answered."""
    session = _ready_to_add(request)
    try:
        if session.must_set_password:
            raise ProofNeeded
        factor_passkeys.add(
            session.person_id,
            passkey_answers.body(request),
            session_id=session.session_id,
            browser=passkey_answers.browser(request),
            name=browser_name.name(request),
            now=timezone.now(),
        )
    except REFUSED as refused:
        return _refuse(refused)
    return JsonResponse({"next": reverse("officer:factors")})


def _ready_to_add(request: VisitRequest) -> SessionView:
    session = request.session_view
    assert session is not None  # the mark of the view has seen to it
    return session


@may(Right.OWN_SESSION)
@require_POST
def begin_proof(request: VisitRequest) -> HttpResponse:
    """POST /can-bo/xac-thuc/lai/bat-dau: a challenge for who is signed in."""
    secret = secrets.token_urlsafe(32)
    options = passkey_sign_in.begin("", browser=secret, now=timezone.now())
    return passkey_answers.asking(options, secret)


@may(Right.OWN_SESSION)
@require_POST
def prove(request: VisitRequest) -> HttpResponse:
    """POST /can-bo/xac-thuc/lai: proved; the page that asked then sends its form."""
    session = _ready_to_add(request)
    try:
        factor_passkeys.prove(
            session.person_id,
            passkey_answers.body(request),
            kind=session.kind,
            session_id=session.session_id,
            browser=passkey_answers.browser(request),
            now=timezone.now(),
        )
    except REFUSED as refused:
        return _refuse(refused)
    return JsonResponse({"next": ""})


routes = [
    path("can-bo/dang-nhap/khoa-truy-cap/bat-dau", begin_sign_in, name="passkey_begin"),
    path("can-bo/dang-nhap/khoa-truy-cap", sign_in, name="passkey_sign_in"),
    path("can-bo/xac-thuc/khoa-truy-cap/bat-dau", begin_new, name="passkey_new"),
    path("can-bo/xac-thuc/khoa-truy-cap/them", add, name="passkey_add"),
    path("can-bo/xac-thuc/lai/bat-dau", begin_proof, name="proof_begin"),
    path("can-bo/xac-thuc/lai", prove, name="proof"),
]
