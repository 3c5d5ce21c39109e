"""Passkeys of people at work: sign in with one, add one, prove one again. JSON, for the scripts."""

from __future__ import annotations

import secrets

from django.http import HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vssid.domain.accounts.errors import AccountFrozen, PasskeyInDoubt, TooManyPasskeys, WrongCredentials
from vssid.domain.accounts.factors import factor_passkeys
from vssid.domain.accounts.factors.errors import ProofNeeded
from vssid.domain.accounts.sign_in import passkey_sign_in
from vssid.domain.accounts.sign_in.sessions import SessionView
from vssid.domain.verification.errors import WrongProof
from vssid.infra import metrics
from vssid.kernel.errors import DomainError

from .. import browser_name, passkey_answers
from ..access import VisitRequest, public
from . import onward
from .door import Door

REFUSED = (WrongProof, PasskeyInDoubt, AccountFrozen, WrongCredentials, ProofNeeded, TooManyPasskeys)


def _refuse(refused: DomainError) -> HttpResponse:
    if isinstance(refused, TooManyPasskeys):
        words = _("Đã có đủ số khóa truy cập. Hãy bỏ một khóa không dùng nữa rồi thêm.")
    elif isinstance(refused, ProofNeeded):
        words = _("Hãy tải lại trang và xác nhận lại là bạn rồi thêm khóa.")
    else:
        words = _("Khóa truy cập chưa dùng được ở đây. Hãy thử lại, hoặc dùng mật khẩu và ứng dụng xác thực.")
    return JsonResponse({"refused": words}, status=422)


@require_POST
def begin_sign_in(request: VisitRequest, door: Door) -> HttpResponse:
    """POST /…/dang-nhap/khoa-truy-cap/bat-dau: a challenge; the device offers what it has."""
    secret = secrets.token_urlsafe(32)
    options = passkey_sign_in.begin("", browser=secret, now=timezone.now())
    return passkey_answers.asking(options, secret)


@require_POST
def sign_in(request: VisitRequest, door: Door) -> HttpResponse:
    """POST /…/dang-nhap/khoa-truy-cap: the device's answer is both steps; says where to go."""
    try:
        with metrics.sign_in(door.kind, "passkey"):
            login, signed_in = passkey_sign_in.finish(
                passkey_answers.body(request),
                kind=door.kind,
                browser=passkey_answers.browser(request),
                device=browser_name.name(request),
                is_known=lambda _login: True,
                now=timezone.now(),
            )
    except REFUSED as refused:
        return _refuse(refused)
    opened = onward.let_in(request, door, signed_in, login=login)
    moved = JsonResponse({"next": opened["Location"]})
    moved.cookies = opened.cookies
    return moved


@require_POST
def begin_new(request: VisitRequest, door: Door) -> HttpResponse:
    """POST /…/xac-thuc/khoa-truy-cap/bat-dau: what the device needs to make one."""
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


@require_POST
def add(request: VisitRequest, door: Door) -> HttpResponse:
    """POST /…/xac-thuc/khoa-truy-cap/them: what the device answered."""
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
    return JsonResponse({"next": door.address("factors")})


def _ready_to_add(request: VisitRequest) -> SessionView:
    session = request.session_view
    assert session is not None  # the mark of the view has seen to it
    return session


@require_POST
def begin_proof(request: VisitRequest, door: Door) -> HttpResponse:
    """POST /…/xac-thuc/lai/bat-dau: a challenge for who is signed in."""
    secret = secrets.token_urlsafe(32)
    options = passkey_sign_in.begin("", browser=secret, now=timezone.now())
    return passkey_answers.asking(options, secret)


@require_POST
def prove(request: VisitRequest, door: Door) -> HttpResponse:
    """POST /…/xac-thuc/lai: proved; the page that asked then sends its form."""
    session = _ready_to_add(request)
    try:
        factor_passkeys.prove(
            session.person_id,
            passkey_answers.body(request),
            kind=door.kind,
            session_id=session.session_id,
            browser=passkey_answers.browser(request),
            now=timezone.now(),
        )
    except REFUSED as refused:
        return _refuse(refused)
    return JsonResponse({"next": ""})


def routes(door: Door) -> list[URLPattern]:
    """The addresses, at a door."""
    member, own = door.member, door.signed_in
    return [
        path("dang-nhap/khoa-truy-cap/bat-dau", public(door.bound(begin_sign_in)), name="passkey_begin"),
        path("dang-nhap/khoa-truy-cap", public(door.bound(sign_in)), name="passkey_sign_in"),
        path("xac-thuc/khoa-truy-cap/bat-dau", member(door.bound(begin_new)), name="passkey_new"),
        path("xac-thuc/khoa-truy-cap/them", member(door.bound(add)), name="passkey_add"),
        path("xac-thuc/lai/bat-dau", own(door.bound(begin_proof)), name="proof_begin"),
        path("xac-thuc/lai", own(door.bound(prove)), name="proof"),
    ]
