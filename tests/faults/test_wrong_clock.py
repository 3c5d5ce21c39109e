"""A worker whose clock is not the database's does nothing, says so, and destroys nothing."""

from __future__ import annotations

import pytest

from tests.faults.machines.machine import Machine, until

pytestmark = pytest.mark.faults
FORTY_DAYS = str(40 * 86_400)


def deferred(place: Machine) -> list[tuple[str, str]]:
    return place.execute(
        "SELECT task_name, status::text FROM procrastinate_jobs WHERE task_name <> 'test.note'"
    )


@pytest.mark.parametrize("seconds", [FORTY_DAYS, "-3600"])
def test_it_takes_no_job_and_queues_none(place: Machine, seconds: str) -> None:
    place.queue("test.note", '{"n": 1}')
    wrong = place.worker(VSSID_TEST_CLOCK_AWAY=seconds)
    until(lambda: wrong.says("clock_disagrees") == 1)
    until(lambda: place.execute("SELECT facts->>'seconds' FROM audit_event WHERE kind = 'clock.disagreed'"))
    assert (place.notes(), deferred(place)) == ([], [])
    right = place.worker()
    until(lambda: "1" in place.notes())
    assert (wrong.terminate(), right.terminate()) == (0, 0)


def test_a_clock_within_the_limit_is_no_fault(place: Machine) -> None:
    place.queue("test.note", '{"n": 1}')
    worker = place.worker(VSSID_TEST_CLOCK_AWAY="3600", VSSID_CLOCK_SECONDS="3600")
    until(lambda: "1" in place.notes())
    assert worker.says("clock_disagrees") == 0
    assert worker.terminate() == 0
