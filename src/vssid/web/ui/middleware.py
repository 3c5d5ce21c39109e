"""What happens around every view, outermost first; each is small and does one thing."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from vssid.domain.verification.errors import ChallengeNeeded
from vssid.infra import keys, metrics
from vssid.infra.database.away import is_away
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import DomainError

from . import cookies, errors
from .pages import proof_of_work, unavailable

Handler = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("vssid.web")

REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
LANGUAGES = frozenset({"vi", "en"})
NOBODY = Actor(ActorKind.PERSON)
# Doors of machines: whoever knocks, with whatever cookie, they answer also while the database is away.
SESSIONLESS = frozenset({"/healthz", "/readyz", "/workerz", "/metrics"})
# Views of libraries that carry no mark of ours.
UNMARKED_MODULES = ("django.views.static", "django.contrib.staticfiles.views")


def request_log(get_response: Handler) -> Handler:
    """One line a request: method, route, status, time. Neither path nor query, which may name a person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request_id = request_id_from(request.headers.get("X-Request-ID", ""))
        request.request_id = request_id  # type: ignore[attr-defined]
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = get_response(request)
            if not request.path_info.startswith(settings.STATIC_URL):
                seconds, route = time.perf_counter() - started, _route(request)
                log.info(
                    "request",
                    method=request.method,
                    route=route,
                    status=response.status_code,
                    ms=round(seconds * 1000, 1),
                )
                metrics.request_answered(route, request.method or "", response.status_code, seconds)
        response["X-Request-ID"] = request_id
        return response

    return middleware


def request_id_from(given: str) -> str:
    """The proxy's id when a proxy is trusted, else a new one."""
    if settings.TRUSTED_PROXIES and REQUEST_ID.fullmatch(given):
        return given
    return uuid.uuid4().hex


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.view_name or match.route) if match else "-"


def quiet_fetches(get_response: Handler) -> Handler:
    """A page that is fetched only to be stored (see sw.js) gives the browser no form token.

    Else its token could replace that of the page on the screen, whose form would then be refused.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "X-To-Store" in request.headers:
            response.cookies.pop(settings.CSRF_COOKIE_NAME, None)
        return response

    return middleware


def headers(get_response: Handler) -> Handler:
    """Headers of every page. Nothing is kept by caches unless the view said so."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers["X-Served-By"] = "vssid"  # what a network between says of a page is not ours
        return response

    return middleware


def language(get_response: Handler) -> Handler:
    """Vietnamese, unless the visitor chose English here. The browser's language is not asked."""

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(cookies.LANGUAGE, "vi")
        lang = chosen if chosen in LANGUAGES else "vi"
        request.LANGUAGE_CODE = lang
        with translation.override(lang):
            response = get_response(request)
        response.headers.setdefault("Content-Language", lang)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def access(get_response: Handler) -> Handler:
    """Turn away whoever may not open the page, before anything reads what they sent."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        refuse = getattr(view, "refuse", None)
        return refuse(request) if refuse else None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def session(get_response: Handler) -> Handler:
    """Who is signed in: `request.session_view` and `request.actor`. Refuses views without an access mark."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            view = _resolve(request)
        except Error as error:
            if away := unavailable.page(request, error):
                return away
            raise
        request.session_view = view  # type: ignore[attr-defined]
        request.actor = view.actor if view else NOBODY  # type: ignore[attr-defined]
        response = get_response(request)
        if view and view.fresh_token and cookies.SESSION not in response.cookies:
            cookies.set_session(response, view.fresh_token, at_work=view.kind != "citizen")
        asked = cookies.SESSION in request.COOKIES and request.path_info not in SESSIONLESS
        if view is None and asked and cookies.SESSION not in response.cookies:
            _forget_what_ended(response, request.COOKIES[cookies.SESSION])
        return response

    middleware.process_view = _refuse_unmarked  # type: ignore[attr-defined]
    return middleware


def _resolve(request: HttpRequest) -> Any:
    token = request.COOKIES.get(cookies.SESSION)
    if not token or request.path_info in SESSIONLESS:
        return None
    from vssid.domain.accounts.sign_in import sessions

    return sessions.resolve(token, now=timezone.now())


def _forget_what_ended(response: HttpResponse, token: str) -> None:
    """Ended from afar or run out: whichever page this device asks for, it forgets what it stored.

    While the session lives nothing is forgotten, though this request came with a secret that was replaced.
    """
    from vssid.domain.accounts.sign_in import sessions

    try:
        lives = sessions.lives(token)
    except Error as error:
        if is_away(error):
            return  # another page will find out
        raise
    if lives:
        cookies.leave_offline(response)
    else:
        cookies.wipe_offline(response)


def _refuse_unmarked(request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
    if getattr(view, "access", None) is None and view.__module__ not in UNMARKED_MODULES:
        log.error("view_without_access_mark", view=f"{view.__module__}.{getattr(view, '__name__', '?')}")
        raise PermissionDenied


def domain_errors(get_response: Handler) -> Handler:
    """A rule that said no becomes its page (errors.py), and so does a database that is away."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, ChallengeNeeded):
            return proof_of_work.page(request, error)
        if isinstance(error, DomainError):
            return errors.page_for(request, error)
        if isinstance(error, keys.CannotOpen) and not isinstance(error, keys.LacksKey):
            log.error("sealed_value_met", route=request.resolver_match and request.resolver_match.view_name)
            return errors.answer(request, errors.CANNOT_OPEN)
        return unavailable.page(request, error)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
