"""Our clock beside the database's."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from vssid.cli import database
from vssid.infra.database import clock


@pytest.fixture
def ours(monkeypatch):
    """A wall clock that can be turned, beside a steady one."""
    real, turned = clock.time, SimpleNamespace(by=0.0)
    monkeypatch.setattr(
        clock,
        "time",
        SimpleNamespace(time=lambda: real.time() + turned.by, monotonic=real.monotonic),
    )
    return turned


def compared(watch: clock.Watch) -> bool:
    real = clock.time.time()
    return watch.compare(real, real, real)


def test_before_it_was_compared_it_is_not_believed():
    watch = clock.Watch()
    assert not watch.agrees
    compared(watch)
    assert watch.agrees


@pytest.mark.parametrize("seconds", [40 * 86_400, -40 * 86_400])
def test_a_jump_is_felt_at_once_and_told_when_compared(ours, seconds):
    watch = clock.Watch()
    compared(watch)
    ours.by = seconds
    assert not watch.agrees
    right = clock.time.time() - seconds
    assert watch.compare(right + seconds, right, right + seconds)
    assert (watch.is_certain, watch.agrees) == (True, False)
    ours.by = 0.0
    assert not compared(watch)
    assert watch.agrees


def test_it_is_told_once():
    watch = clock.Watch()
    assert [watch.compare(100.0, 5000.0, 100.0) for _ in range(3)] == [True, False, False]


def test_the_limit_is_a_setting(settings):
    assert [clock.agrees(seconds) for seconds in (60.0, 61.0)] == [True, False]
    settings.CLOCK_SECONDS = 5
    assert not clock.agrees(6.0)


@pytest.mark.django_db
def test_a_web_process_with_a_wrong_clock_is_not_ready_and_tells_how_far(ours):
    ours.by = 3600.0
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["clock"]) == (503, False)
    (line,) = [
        line
        for line in Client().get("/metrics").content.decode().splitlines()
        if line.startswith("vssid_clock_away_seconds ")
    ]
    assert 3500 < float(line.split()[1]) <= 3600


@pytest.mark.django_db
def test_it_does_not_start_to_serve(ours):
    database.right_clock()
    ours.by = -3600.0
    with pytest.raises(SystemExit, match="Đồng hồ máy này lệch"):
        database.right_clock()
