"""Which times of a periodic job are queued."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.periodic import PeriodicRegistry, PeriodicTask

from vssid.infra.queue.catching_up import CatchingUp

pytestmark = pytest.mark.django_db(transaction=True)
NOW = 1_800_000_030  # half a minute past a whole one


@pytest.fixture
def minute() -> PeriodicTask[Any, Any, Any]:
    registry = PeriodicRegistry()
    return registry.register_task(app.tasks["participants.follow_merges"], "* * * * *", "", {})


def times(task: PeriodicTask[Any, Any, Any], since: int | None) -> list[int]:
    return list(CatchingUp(PeriodicRegistry()).get_timestamps(task, since, NOW))


def test_of_the_minutes_of_an_outage_only_the_last_one_counts(minute):
    assert times(minute, NOW - 3600) == [NOW - 30]
    assert times(minute, None) == [NOW - 30]
    assert times(minute, NOW - 30) == []


@pytest.mark.parametrize("cron", ["40 19 * * *", "5 1,6 10 * *", "20 * * * *"])
def test_what_is_rarer_is_made_up_for_however_long_ago_it_was_due(cron):
    rare: PeriodicTask[Any, Any, Any] = PeriodicRegistry().register_task(
        app.tasks["accounts.sweep"], cron, "", {}
    )
    (due,) = times(rare, None)
    assert due < NOW
    assert times(rare, due) == []


def test_every_minute_one_waits_at_most_and_runs_once_at_a_time():
    registry = PeriodicRegistry()
    for name in ("participants.follow_merges", "registration.tick", "house.retry_stalled"):
        registry.register_task(app.tasks[name], "* * * * *", "", {})
    waits = CatchingUp(registry)
    for n in range(5):
        later = list(waits.get_previous_tasks(at=NOW + 60 * n))
        assert len(later) == 3
        async_to_sync(waits.defer_jobs)(later)
    jobs = ProcrastinateJob.objects.filter(status="todo").values_list("task_name", "lock", "queueing_lock")
    assert sorted(jobs, key=str) == [
        ("house.retry_stalled", None, "house.retry_stalled"),
        ("participants.follow_merges", "participants.follow_merges", "participants.follow_merges"),
        ("registration.tick", "registration.tick", "registration.tick"),
    ]
