"""What tends the queue: millions of finished jobs, nights that were missed, minutes that pile up."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.machines.machine import Machine, WorkerProcess, until

pytestmark = pytest.mark.faults
# Far below what writing the finished jobs below takes, far above what any step does.
SHORT = "-c%20statement_timeout%3D1500"
MANY = 400_000
NIGHT = "support.nightly"


def finished(place: Machine, worker: int, *, days: int, count: int = MANY) -> None:
    """Jobs that this worker did so many days ago."""
    place.execute(
        "SET session_replication_role = replica;"
        "WITH done AS (INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
        f" SELECT 'default', 'test.old', 'succeeded', {worker} FROM generate_series(1, {count}) RETURNING id)"
        " INSERT INTO procrastinate_events (job_id, type, at) SELECT id, kind::procrastinate_job_event_type,"
        f" now() - interval '{days} days' FROM done, unnest(ARRAY['deferred', 'succeeded']) kind;"
        "RESET session_replication_role; ANALYZE procrastinate_jobs, procrastinate_events"
    )


def queued(place: Machine, name: str) -> int:
    return int(place.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = %s", name)[0][0])


def test_a_worker_starts_works_and_stops_among_very_many_finished_jobs(place: Machine) -> None:
    (dead,) = place.execute("INSERT INTO procrastinate_workers (last_heartbeat)"
                            " VALUES (now() - interval '2 days') RETURNING id")[0]  # fmt: skip
    finished(place, dead, days=1)
    worker = place.worker(VSSID_DATABASE_URL=f"{place.url}&options={SHORT}")
    place.queue("test.note", '{"n": 1}')
    until(lambda: "1" in place.notes())
    (alive,) = place.execute("SELECT max(id) FROM procrastinate_workers")[0]
    place.execute(
        "SET session_replication_role = replica;"
        f"UPDATE procrastinate_jobs SET worker_id = {alive} WHERE task_name = 'test.old'"
    )
    assert worker.terminate() == 0
    assert "Traceback" not in worker.log()
    # It said that it ended, and its row stays for as long as its jobs are kept.
    assert worker.says("worker_ended_without_saying_so") == 0
    ended = "SELECT last_heartbeat = to_timestamp(0) FROM procrastinate_workers WHERE id = %s"
    assert place.execute(ended, alive) == [(True,)]
    assert place.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'test.old'") == [(MANY,)]


def test_what_ended_long_ago_goes_step_by_step_while_the_worker_works(place: Machine) -> None:
    (dead,) = place.execute("INSERT INTO procrastinate_workers (last_heartbeat)"
                            " VALUES (now() - interval '9 days') RETURNING id")[0]  # fmt: skip
    finished(place, dead, days=8, count=30_000)
    finished(place, dead, days=6, count=500)
    worker = place.worker(VSSID_DATABASE_URL=f"{place.url}&options={SHORT}")
    until(lambda: queued(place, "test.old") == 500, 120)
    until(lambda: worker.says("finished_jobs_pruned") >= 1)
    assert worker.terminate() == 0
    assert queued(place, "test.old") == 500


def last_due() -> int:
    """Seconds since 1970 of the last 19:50 UTC."""
    now = datetime.now(UTC)
    due = now.replace(hour=19, minute=50, second=0, microsecond=0)
    return int((due if due < now else due - timedelta(days=1)).timestamp())


@pytest.mark.parametrize("days", [1, 3, None], ids=["last night", "three nights", "never before"])
def test_a_night_that_was_missed_is_made_up_for_once_by_several_workers(place: Machine, days) -> None:
    if days:
        place.execute("INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, periodic_id)"
                      " VALUES (%s, %s, '')", NIGHT, last_due() - days * 86_400)  # fmt: skip
    workers = [place.worker() for _ in range(2)]
    done = "SELECT status::text, (args->>'timestamp')::bigint FROM procrastinate_jobs WHERE task_name = %s"
    until(lambda: place.execute(done, NIGHT) == [("succeeded", last_due())])
    until(lambda: len(place.execute("SELECT id FROM procrastinate_workers")) == 2)
    time.sleep(3)
    assert queued(place, NIGHT) == 1
    assert [worker.terminate() for worker in workers] == [0, 0]


def test_a_night_that_was_there_is_not_repeated_at_the_next_start(place: Machine) -> None:
    place.execute("INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, periodic_id)"
                  " VALUES (%s, %s, '')", NIGHT, last_due())  # fmt: skip
    place.worker()
    until(lambda: queued(place, "support.nightly") + queued(place, "registration.nightly") > 0)
    time.sleep(2)
    assert queued(place, NIGHT) == 0


def test_what_came_due_while_the_database_was_away_comes_once_when_it_is_back(place: Machine) -> None:
    due, worker = away_before_it_is_due(place)
    until(lambda: time.time() > due + 1, 150)
    place.start()
    until(lambda: str(due) in place.notes())
    until(lambda: worker.says("database_back") == 1)
    assert worker.terminate() == 0
    ran = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'test.due' AND args->>'timestamp' = %s"
    assert place.execute(ran, str(due)) == [(1,)]


def away_before_it_is_due(place: Machine) -> tuple[int, WorkerProcess]:
    """A time that is still to come, and a worker that has something to do then and lost its database.

    A machine with other things to do starts a worker late: it gets a later time.
    """
    for ahead in (8, 30, 90):
        due = int(time.time()) + ahead
        worker = place.worker(VSSID_TEST_DUE=str(due))
        until(lambda: place.notes() != [])  # that of the year before, which nobody did
        place.stop()
        until(lambda worker=worker: worker.says("database_lost") == 1)  # type: ignore[misc]
        if time.time() < due - 1:
            return due, worker
        place.clear()
    raise AssertionError("no worker starts within 90 seconds")
