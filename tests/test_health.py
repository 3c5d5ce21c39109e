"""What load balancers and Prometheus ask."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_living_process_says_so_without_a_database() -> None:
    assert Client().get("/healthz").status_code == 200


def test_it_is_ready_when_the_database_holds_every_migration() -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "checks": {"database": True, "migrations": True, "clock": True}}


def test_this_machine_may_read_the_metrics() -> None:
    answer = Client().get("/metrics")
    assert answer.status_code == 200
    assert b"vssid_jobs_waiting" in answer.content


def count_of(method: str) -> float:
    """How often a page of no role was answered, by what /metrics says."""
    text = Client().get("/metrics").content.decode()
    line = f'vssid_requests_total{{method="{method}",route="public:help",status="'
    return sum(float(one.split()[-1]) for one in text.splitlines() if one.startswith(line))


def test_requests_are_counted_by_route_and_never_by_path() -> None:
    before, odd = count_of("GET"), count_of("other")
    Client().get("/tro-giup?ai=0912345678")
    Client().generic("INVENTED", "/tro-giup")
    assert (count_of("GET"), count_of("other")) == (before + 1, odd + 1)
    assert "0912345678" not in Client().get("/metrics").content.decode()


@pytest.mark.parametrize(
    "headers",
    [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}],
    ids=["from outside", "through a proxy on this machine"],
)
def test_metrics_do_not_exist_for_others(headers: dict[str, str]) -> None:
    assert Client().get("/metrics", **headers).status_code == 404


def test_without_a_token_nobody_reads_the_metrics_of_a_site_that_people_reach(settings) -> None:
    settings.SECURE, settings.SECURE_SSL_REDIRECT = True, False
    assert Client().get("/metrics").status_code == 404
    settings.DEMO = True
    assert Client().get("/metrics").status_code == 200


def test_metrics_ask_for_the_token_when_there_is_one(settings) -> None:
    settings.METRICS_TOKEN = "a-token"
    assert Client().get("/metrics").status_code == 404
    assert Client().get("/metrics", HTTP_AUTHORIZATION="Bearer a-token").status_code == 200
