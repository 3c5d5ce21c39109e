"""Refusals as RFC 9457 says them; programs read `code`."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse, JsonResponse


def problem(status: int, code: str, headers: Mapping[str, str] | None = None, **more: Any) -> HttpResponse:
    """`more` are members of its own, such as the parameter that was wrong."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code} | more
    return JsonResponse(
        said,
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store, private"} | dict(headers or {}),
    )
