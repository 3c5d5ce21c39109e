"""Who may send a large body here? Asked before it is read (infra/edge)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.urls import resolve
from django.utils import timezone

from vssid.domain.accounts.sign_in import sessions
from vssid.infra.edge.door import Plan

from . import cookies


def plan(environ: dict[str, Any]) -> Plan:
    """Refuse what the page would refuse whatever the body says: no such page, no right, no form of ours."""
    request = WSGIRequest(environ)
    try:
        view = resolve(request.path_info).func
    except Http404:
        return Plan.REFUSE
    if not getattr(view, "csrf_exempt", False) and settings.CSRF_COOKIE_NAME not in request.COOKIES:
        return Plan.REFUSE
    token = request.COOKIES.get(cookies.SESSION, "")
    request.session_view = sessions.resolve(token, now=timezone.now()) if token else None  # type: ignore[attr-defined]
    lets_in = getattr(view, "lets_in", None)
    if lets_in is None or not lets_in(request):
        return Plan.REFUSE
    return Plan.STREAM if getattr(view, "takes_large_files", False) else Plan.KEEP
