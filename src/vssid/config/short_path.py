"""The short path: the hottest read answered before Django's middleware (docs/adr/0008).

It answers only the plain case, a citizen's GET of the own record with a session that holds. Everything else
(no session, another method, a secret due for replacement, a foreign host, a database that does not answer)
goes to Django as if this were not here, so every refusal is made in one place.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import structlog
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.utils import timezone

from vssid.api.v1 import record as door
from vssid.domain.record import statement as records
from vssid.infra import metrics
from vssid.infra.database.prepared import Prepared, Unavailable
from vssid.infra.log import request_line
from vssid.web.ui import cookies, middleware

Environ = dict[str, Any]
StartResponse = Any  # as WSGI has it
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
log = structlog.get_logger("vssid.web")

PATH = f"/{door.PATH}"
# Django's own arguments for its connections, which plain psycopg does not want.
DJANGOS_OWN = {"context", "cursor_factory", "prepare_threshold"}


def around(django: Application) -> Application:
    """`django`, with the short path in front unless settings.SHORT_PATH is off."""
    if not settings.SHORT_PATH:
        return django
    database = Prepared(connection_parameters())

    def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == PATH and environ["REQUEST_METHOD"] == "GET":
            body = _answer(environ, start_response, database)
            if body is not None:
                return [body]
        return django(environ, start_response)

    return application


def connection_parameters() -> dict[str, Any]:
    """How Django connects, for psycopg."""
    parameters: dict[str, Any] = connections["default"].get_connection_params()
    return {name: value for name, value in parameters.items() if name not in DJANGOS_OWN}


def _answer(environ: Environ, start_response: StartResponse, database: Prepared) -> bytes | None:
    """Send the record and give its body; None when Django must answer."""
    started = time.perf_counter()
    sent = parse_cookie(environ.get("HTTP_COOKIE", ""))
    token = sent.get(cookies.SESSION)
    if not token or not _is_our_host(environ.get("HTTP_HOST", "")):
        return None
    try:
        record = records.of_session(token, database, now=timezone.now())
    except Unavailable as error:
        log.warning("short_path_unavailable", error=type(error.__cause__).__name__)
        return None
    if record is None:
        return None
    made = door.answer(
        record,
        if_none_match=environ.get("HTTP_IF_NONE_MATCH", ""),
        accept_encoding=environ.get("HTTP_ACCEPT_ENCODING", ""),
    )
    request_id = middleware.request_id_from(environ.get("HTTP_X_REQUEST_ID", ""))
    headers = [
        *_frame(_is_secure(environ), sent.get(cookies.LANGUAGE) == "en", made.status),
        *made.varying.items(),
        ("Content-Length", str(len(made.body))),
        ("X-Request-ID", request_id),
    ]
    start_response(f"{made.status} {HTTPStatus(made.status).phrase}", headers)
    seconds = time.perf_counter() - started
    request_line(
        method="GET",
        route=door.ROUTE,
        status=made.status,
        ms=round(seconds * 1000, 1),
        request_id=request_id,
    )
    metrics.request_answered(door.ROUTE, "GET", made.status, seconds)
    return made.body


@lru_cache(maxsize=8)
def _frame(secure: bool, english: bool, status: int) -> tuple[tuple[str, str], ...]:
    """The headers that all such answers share, made by the middleware that makes them elsewhere."""

    def view(_request: HttpRequest) -> HttpResponse:
        return door.response(door.Answer(status, {}, b""))

    chain: Any = view
    for layer in (XFrameOptionsMiddleware, middleware.language, middleware.headers, CSPMiddleware):
        chain = layer(chain)
    scheme = "https" if secure else "http"
    request = WSGIRequest({"REQUEST_METHOD": "GET", "wsgi.url_scheme": scheme, "wsgi.input": io.BytesIO()})
    request.COOKIES[cookies.LANGUAGE] = "en" if english else "vi"
    made: Any = SecurityMiddleware(chain)(request)
    return tuple(made.items())


def _is_secure(environ: Environ) -> bool:
    """As HttpRequest.is_secure."""
    if settings.SECURE_PROXY_SSL_HEADER:
        name, secure_value = settings.SECURE_PROXY_SSL_HEADER
        given = environ.get(name)
        if given is not None:
            return bool(given.split(",", 1)[0].strip() == secure_value)
    return bool(environ["wsgi.url_scheme"] == "https")


@lru_cache(maxsize=64)
def _is_our_host(host: str) -> bool:
    """As HttpRequest.get_host, which CommonMiddleware asks."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
