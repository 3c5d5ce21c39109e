"""Doors that programs of this machine knock at: the gateway's receipts, health checks, Prometheus.

They call the house 127.0.0.1, localhost or by a container's name, which no list of public names has. What a
receipt or the metrics may do is asked of them as of everybody; only the name is not.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import client

DOORS = ("/healthz", "/readyz", "/workerz", "/metrics", "/api/sms/bien-nhan/")


def by_any_name(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Take what a program of this machine asks at these doors as asked by our own name."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(DOORS) and client.is_this_machine(request):
            request.META["HTTP_HOST"] = urlsplit(settings.BASE_URL).netloc
        return get_response(request)

    return middleware
