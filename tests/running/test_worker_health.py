"""What probes, operators and Prometheus learn of the workers."""

from __future__ import annotations

import time

import pytest
from croniter import croniter
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app

from vssid.cli.checks import checking

pytestmark = pytest.mark.django_db


def run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def gauge(line: str) -> float:
    text = Client().get("/metrics").content.decode()
    (value,) = [sample.rsplit(" ", 1)[1] for sample in text.splitlines() if sample.startswith(f"{line} ")]
    return float(value)


@pytest.mark.parametrize(
    ("beats", "alive", "status"),
    [
        ([], 0, 503),
        (["40 seconds"], 0, 503),
        (["2 seconds"], 1, 200),
        (["1 day", "0 seconds", "9 seconds"], 2, 200),
    ],
)
def test_a_worker_lives_while_its_heart_beats(beats, alive, status, capsys):
    run("TRUNCATE procrastinate_workers CASCADE")
    for ago in beats:
        run("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)", ago)
    answer = Client().get("/workerz")
    assert (answer.status_code, answer.json()["alive"]) == (status, alive)
    assert gauge("vssid_workers_alive") == alive
    assert checking._workers() == (0 if alive else 1)


@pytest.mark.parametrize("task", ["registration.tick", "support.nightly", "accounts.arrears_begin"])
def test_a_periodic_job_that_nobody_queued_is_late(task):
    (cron,) = [
        periodic.cron for (name, _), periodic in app.periodic_registry.periodic_tasks.items() if name == task
    ]
    times = croniter(cron, time.time())
    due, before = times.get_prev(float), times.get_prev(float)
    known = (
        "INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, periodic_id)"
        " VALUES (%s, %s, '')"
    )
    run(known, task, int(before))
    assert gauge(f'vssid_periodic_late_seconds{{task="{task}"}}') == pytest.approx(time.time() - due, abs=5)
    run(known, task, int(due))
    assert gauge(f'vssid_periodic_age_seconds{{task="{task}"}}') == pytest.approx(time.time() - due, abs=5)


@pytest.mark.parametrize(
    ("status", "unfinished"), [("succeeded", 0), ("failed", 1), ("todo", 1), ("doing", 1)]
)
def test_a_periodic_job_is_unfinished_until_its_last_one_succeeded(status, unfinished):
    run("WITH job AS (INSERT INTO procrastinate_jobs (queue_name, task_name, status)"
        " VALUES ('default', 'vault.rewrap', %s) RETURNING id)"
        " INSERT INTO procrastinate_periodic_defers (task_name, defer_timestamp, periodic_id, job_id)"
        " SELECT 'vault.rewrap', 1, '', id FROM job", status)  # fmt: skip
    assert gauge('vssid_periodic_unfinished{task="vault.rewrap"}') == unfinished
