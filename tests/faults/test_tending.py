"""What tends the queue: very many finished jobs, nights that were missed, minutes that pile up."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day

import pytest

from tests.faults.machines.machine import Machine, WorkerProcess, until
from vssid.infra.queue import pruning

pytestmark = pytest.mark.faults
MANY = 20_000
# What comes each night, at that time (UTC), and how many nights ago it was last done; None: never.
NIGHTS = {
    "support.nightly": ("19:50", 1),
    "registration.nightly": ("19:40", 3),
    "participants.count_standings": ("19:55", None),
    "notifications.nightly": ("19:25", 0),
}


def finished(place: Machine, worker: int, *, days: int, count: int) -> None:
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


def done_by(place: Machine, worker: int) -> int:
    finished = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'test.old' AND worker_id = %s"
    return int(place.execute(finished, worker)[0][0])


def test_a_worker_starts_works_and_stops_among_very_many_finished_jobs(place: Machine) -> None:
    """And touches none of them: of the millions of a week each would take its time."""
    (dead,) = place.execute("INSERT INTO procrastinate_workers (last_heartbeat)"
                            " VALUES (now() - interval '2 days') RETURNING id")[0]  # fmt: skip
    finished(place, dead, days=1, count=MANY)
    worker = place.worker()
    place.queue("test.note", '{"n": 1}')
    until(lambda: "1" in place.notes())
    assert done_by(place, dead) == MANY
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
    assert done_by(place, alive) == MANY


def test_what_ended_long_ago_goes_step_by_step_while_the_worker_works(place: Machine) -> None:
    (dead,) = place.execute("INSERT INTO procrastinate_workers (last_heartbeat)"
                            " VALUES (now() - interval '9 days') RETURNING id")[0]  # fmt: skip
    finished(place, dead, days=8, count=5 * pruning.STEP)
    finished(place, dead, days=6, count=500)
    worker = place.worker()
    until(lambda: queued(place, "test.old") == 500, 120)
    until(lambda: worker.says("finished_jobs_pruned") >= 1)
    assert worker.terminate() == 0
    assert queued(place, "test.old") == 500


def last_due(clock: str) -> int:
    """Seconds since 1970 of the last time of day of that name (UTC)."""
    now = datetime.now(UTC)
    due = datetime.combine(now, time_of_day.fromisoformat(clock), UTC)
    return int((due if due < now else due - timedelta(days=1)).timestamp())


def test_nights_that_were_missed_are_made_up_for_once_by_several_workers(place: Machine) -> None:
    """One night, three nights, all nights ever; one that was there is not repeated."""
    place.execute("DELETE FROM procrastinate_periodic_defers WHERE task_name = ANY(%s)", list(NIGHTS))
    for name, (clock, nights) in NIGHTS.items():
        if nights is not None:
            done_last = last_due(clock) - nights * 86_400
            place.execute("INSERT INTO procrastinate_periodic_defers (task_name, periodic_id,"
                          " defer_timestamp) VALUES (%s, '', %s)", name, done_last)  # fmt: skip
    workers = [place.worker() for _ in range(2)]
    missed = sorted(
        (name, "succeeded", last_due(clock)) for name, (clock, nights) in NIGHTS.items() if nights != 0
    )
    done = ("SELECT task_name, status::text, (args->>'timestamp')::bigint FROM procrastinate_jobs"
            " WHERE task_name = ANY(%s) ORDER BY 1")  # fmt: skip
    until(lambda: place.execute(done, list(NIGHTS)) == missed)
    until(lambda: len(place.execute("SELECT id FROM procrastinate_workers")) == 2)
    time.sleep(3)
    assert place.execute(done, list(NIGHTS)) == missed
    assert [worker.terminate() for worker in workers] == [0, 0]


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
