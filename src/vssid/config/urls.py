"""The one URL tree. Each door keeps its own routes beside its views."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from . import health

DOORS = [
    "vssid.web.public",
    "vssid.web.citizen",
    "vssid.web.officer",
    "vssid.web.employer",
    "vssid.api",
    "vssid.web.ui",
]


def _doors() -> list[URLPattern | URLResolver]:
    present = [door for door in DOORS if find_spec(door) and find_spec(f"{door}.urls")]
    return [path("", include(f"{door}.urls")) for door in present]


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("workerz", health.workerz, name="workerz"),
    path("metrics", health.metrics_page, name="metrics"),
    *_doors(),
]

handler400 = "vssid.web.ui.errors.bad_request"
handler403 = "vssid.web.ui.errors.forbidden"
handler404 = "vssid.web.ui.errors.not_found"
handler500 = "vssid.web.ui.errors.server_error"
