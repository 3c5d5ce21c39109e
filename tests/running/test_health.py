"""What load balancers and Prometheus ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from vssid.config import health
from vssid.infra.static_files.storage import MANIFESTS

pytestmark = pytest.mark.django_db


def test_a_living_process_says_so_without_a_database() -> None:
    assert Client().get("/healthz").status_code == 200


@pytest.fixture
def collected(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The static files of this version lie there; gives their manifest. Nothing is remembered from before."""
    monkeypatch.setattr(health, "_migrated", False)
    settings.STATIC_ROOT = tmp_path
    manifest = tmp_path / MANIFESTS / storages["staticfiles"].manifest_name
    manifest.parent.mkdir()
    manifest.write_text('{"paths": {}, "version": "1.1", "hash": ""}')
    return manifest


def ready() -> tuple[int, list[str]]:
    """The status, and what stands in the way."""
    answer = Client().get("/readyz")
    checks = answer.json()["checks"]
    assert checks.keys() == {"database", "migrations", "clock", "static_files"}
    return answer.status_code, [name for name, good in checks.items() if not good]


@pytest.mark.usefixtures("collected")
def test_it_is_ready_when_database_and_static_files_are_of_its_version() -> None:
    assert ready() == (200, [])


def test_it_is_not_ready_before_its_static_files_lie_there(collected: Path) -> None:
    collected.rename(collected.with_name("0123456789abcdef.json"))  # of another version
    assert ready() == (503, ["static_files"])


@pytest.mark.usefixtures("collected")
def test_it_is_not_ready_before_the_database_holds_its_migrations() -> None:
    [(app, last)] = MigrationLoader(connection).graph.leaf_nodes("notifications")
    MigrationRecorder.Migration.objects.get(app=app, name=last).delete()
    assert ready() == (503, ["migrations"])
    MigrationRecorder(connection).record_applied(app, last)
    assert ready()[0] == 200


@pytest.mark.usefixtures("collected")
def test_a_database_that_is_ahead_of_it_does_not_make_it_unready() -> None:
    MigrationRecorder(connection).record_applied("notifications", "9999_of_the_next_version")
    assert ready()[0] == 200


def test_this_machine_may_read_the_metrics() -> None:
    answer = Client().get("/metrics")
    assert answer.status_code == 200
    assert b"vssid_jobs_waiting" in answer.content


def count_of(method: str) -> float:
    """How often a page of no role was answered, by what /metrics says."""
    text = Client().get("/metrics").content.decode()
    line = f'vssid_requests_total{{method="{method}",route="public:help",status="'
    return sum(float(sample.split()[-1]) for sample in text.splitlines() if sample.startswith(line))


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
