"""How the workers and the periodic jobs stand, from the database, for probes and metrics."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db import connection
from procrastinate.contrib.django import app

from vssid.infra import metrics

# A worker that lives says so every ten seconds.
ALIVE_SECONDS = 30


@dataclass(frozen=True)
class Workers:
    """How many live, and how long ago the last one said so (None: never)."""

    alive: int
    heartbeat_seconds: float | None


@dataclass(frozen=True)
class Periodic:
    """A periodic job: since when it was last queued, for how long the next time is overdue, how that went."""

    task: str
    age_seconds: float
    late_seconds: float
    unfinished: bool


def workers() -> Workers:
    """The workers by their heartbeats, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE last_heartbeat > now() - make_interval(secs => %s)),"
            " extract(epoch FROM now() - max(last_heartbeat))::float FROM procrastinate_workers",
            [ALIVE_SECONDS],
        )
        return Workers(*cursor.fetchone())


def periodic() -> list[Periodic]:
    """Every periodic job that was ever queued; `unfinished` until the last one has succeeded."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT defer.task_name, max(defer.defer_timestamp),"
            " bool_or(job.status IS NOT NULL AND job.status <> 'succeeded'), extract(epoch FROM now())::float"
            " FROM procrastinate_periodic_defers defer"
            " LEFT JOIN procrastinate_jobs job ON job.id = defer.job_id"
            " GROUP BY defer.task_name ORDER BY 1"
        )
        rows = cursor.fetchall()
    crons = {name: task.cron for (name, _), task in app.periodic_registry.periodic_tasks.items()}
    return [
        Periodic(name, now - last, max(0.0, now - _after(crons[name], last)), unfinished)
        for name, last, unfinished, now in rows
        if name in crons
    ]


def _after(cron: str, last: int) -> float:
    from croniter import croniter  # type: ignore[import-untyped]

    return float(croniter(cron, last).get_next(float))


def waiting() -> list[tuple[str, int]]:
    """Jobs that wait or were in hand, by task, the most first; without those that send one message."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name, count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
            " AND task_name <> 'notifications.send' GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return [(str(task), int(count)) for task, count in cursor.fetchall()]


def gauges() -> metrics.Gauges:
    """For Prometheus."""
    presence, jobs = workers(), periodic()
    silent = time.time() if presence.heartbeat_seconds is None else presence.heartbeat_seconds
    return {
        "vssid_workers_alive": metrics.gauge("Workers that said so within 30 seconds", presence.alive),
        "vssid_worker_heartbeat_age_seconds": metrics.gauge("Since any worker said that it lives", silent),
        "vssid_periodic_age_seconds": _by_task(
            "Since the time for which a periodic job was last queued",
            {job.task: job.age_seconds for job in jobs},
        ),
        "vssid_periodic_late_seconds": _by_task(
            "For how long the next time of a periodic job is overdue",
            {job.task: job.late_seconds for job in jobs},
        ),
        "vssid_periodic_unfinished": _by_task(
            "Whether the last of a periodic job has not succeeded (yet)",
            {job.task: float(job.unfinished) for job in jobs},
        ),
    }


def _by_task(description: str, values: dict[str, float]) -> metrics.Measured:
    return description, ("task",), {(task,): value for task, value in values.items()}
