"""Counters for Prometheus; the processes of `serve` add up (`tallies`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from vssid.infra import tallies
from vssid.kernel.errors import DomainError

# A gauge's help, the names of its labels, and its value for each set of label values.
Measured = tuple[str, tuple[str, ...], dict[tuple[str, ...], float]]
Gauges = dict[str, Measured]
# Routes, never paths: a path can name a person's record, a route cannot.
REQUESTS = Counter("vssid_requests", "Requests answered", ["route", "method", "status"])
SIGN_INS = Counter("vssid_sign_ins", "Tries to sign in, by what became of them", ["kind", "way", "outcome"])
REQUEST_SECONDS = Histogram(
    "vssid_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
CREDENTIALS = Counter("vssid_card_credentials", "Signed credentials of cards issued")
TEXTS_REFUSED = Counter("vssid_stranger_texts_refused", "Texts not sent: the budget is used up", ["scope"])
REFUSED = Counter("vssid_edge_refused", "Requests refused before any page was asked", ["why"])
# Anybody can invent a method; each label value is kept for ever.
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def request_answered(route: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request under its route name."""
    REQUESTS.labels(route, method if method in METHODS else "other", str(status)).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)


@contextmanager
def sign_in(kind: str, way: str) -> Iterator[None]:
    """Count what becomes of a try to sign in: `ok`, or the code of the rule that said no."""
    try:
        yield
    except DomainError as refused:
        SIGN_INS.labels(kind, way, refused.code).inc()
        raise
    SIGN_INS.labels(kind, way, "ok").inc()


def text_refused(scope: str) -> None:
    """Count a stranger's text for which there was no budget: `network` or `all`."""
    TEXTS_REFUSED.labels(scope).inc()


def gauge(description: str, value: float) -> Measured:
    """A gauge without labels."""
    return description, (), {(): value}


class _Now(Collector):
    """Gauges as they were just measured; a `Gauge` would leave a file for each process ever asked."""

    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable[GaugeMetricFamily]:
        for name, (description, labels, values) in self._gauges.items():
            family = GaugeMetricFamily(name, description, labels=labels)
            for chosen, value in values.items():
                family.add_metric(chosen, value)
            yield family


def exposition(gauges: Gauges) -> tuple[bytes, str]:
    """The text for Prometheus and its content type: counters of all processes, gauges measured now."""
    now = CollectorRegistry()
    now.register(_Now(gauges))
    return tallies.counters() + generate_latest(now), CONTENT_TYPE_LATEST
