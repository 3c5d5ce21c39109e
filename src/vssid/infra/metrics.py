"""Counters for Prometheus; processes add up where PROMETHEUS_MULTIPROC_DIR is set (`serve` sets it)."""

from __future__ import annotations

import os

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

Gauges = dict[str, tuple[str, float | dict[str, float]]]
# Routes, never paths: a path can name a person's record, a route cannot.
REQUESTS = Counter("vssid_requests", "Requests answered", ["route", "method", "status"])
REQUEST_SECONDS = Histogram(
    "vssid_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
CREDENTIALS = Counter("vssid_card_credentials", "Signed credentials of cards issued")
# Anybody can invent a method; each label value is kept for ever.
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def request_answered(route: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request under its route name."""
    REQUESTS.labels(route, method if method in METHODS else "other", str(status)).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)


def exposition(gauges: Gauges) -> tuple[bytes, str]:
    """The text for Prometheus and its content type. `gauges`: name → (help, value), measured just now;
    several values are by task."""
    now_registry = CollectorRegistry()
    for name, (description, value) in gauges.items():
        if isinstance(value, dict):
            by_task = Gauge(name, description, ["task"], registry=now_registry)
            for task, one in value.items():
                by_task.labels(task).set(one)
        else:
            Gauge(name, description, registry=now_registry).set(value)
    return generate_latest(_counters()) + generate_latest(now_registry), CONTENT_TYPE_LATEST


def _counters() -> CollectorRegistry:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
