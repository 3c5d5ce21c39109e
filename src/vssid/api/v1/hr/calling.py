"""Who calls: the program behind a token, and whether it may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from vssid.domain.employers.software import tokens
from vssid.domain.employers.software.scopes import Scope
from vssid.domain.employers.software.tokens import Caller
from vssid.domain.verification import limits
from vssid.domain.verification.errors import Limited

from ...problems import problem

REALM = 'Bearer realm="vssid-hr"'
Called = Callable[[HttpRequest, Caller], HttpResponse]


class BadParameter(Exception):
    """A parameter that says nothing; `name` is its name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def program(scope: Scope, method: str) -> Callable[[Called], Callable[[HttpRequest], HttpResponse]]:
    """A view for a program with this scope. 401 without a good token, 403 without the scope, 405 for another
    method, 422 for a bad parameter, 429 for one that asks too often.
    """

    def mark(view: Called) -> Callable[[HttpRequest], HttpResponse]:
        @csrf_exempt  # a program has no cookies: it proves itself by its token
        @sensitive_variables()
        @wraps(view)
        def closed(request: HttpRequest) -> HttpResponse:
            if request.method != method and not (method == "GET" and request.method == "HEAD"):
                return problem(405, "method_not_allowed", {"Allow": method})
            now = timezone.now()
            who = _caller(request)
            if who is None:
                return problem(401, "invalid_token", {"WWW-Authenticate": f'{REALM}, error="invalid_token"'})
            if scope not in who.scopes:
                needs = f'{REALM}, error="insufficient_scope", scope="{scope}"'
                return problem(403, "insufficient_scope", {"WWW-Authenticate": needs}, scope=scope.value)
            try:
                limits.hit("software_calls", who.client_id, now=now)
                answer = view(request, who)
            except Limited as limited:
                wait = max(1, int((limited.retry_at - now).total_seconds()))
                return problem(429, "too_many_calls", {"Retry-After": str(wait)})
            except BadParameter as bad:
                return problem(422, "bad_parameter", parameter=bad.name)
            answer["Cache-Control"] = "no-store"
            return answer

        closed.access = "token"  # type: ignore[attr-defined]  # the mark of web/ui/access.py
        return closed

    return mark


def _caller(request: HttpRequest) -> Caller | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return tokens.caller(token.strip(), now=timezone.now()) if kind.lower() == "bearer" and token else None
