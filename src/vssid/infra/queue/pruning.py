"""Jobs that ended some time ago go, a thousand at a time, so that millions are no heavier than a few."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection

log = structlog.get_logger()
STEP = 1000
SECONDS = 60.0  # of one go; the next follows soon
KEPT = timedelta(days=7)
# What did not succeed is looked into later, if at all.
FAILED_KEPT = timedelta(days=90)

# Numbers rise with the time of creation, and a job ends after that: the first step whose jobs were all made
# within KEPT is the last one to look at. Jobs in the order of their primary key, the events of each by the
# index procrastinate_events_job_id_fkey_v1: some thousand rows a step, however many there are.
_STEP = """
WITH step AS MATERIALIZED (
    SELECT id, status
    FROM procrastinate_jobs
    WHERE id > %(after)s
      AND status IN ('succeeded', 'failed', 'cancelled', 'aborted')
    ORDER BY id
    LIMIT %(step)s
), aged AS MATERIALIZED (
    SELECT step.id, step.status, event.made, event.ended
    FROM step
    CROSS JOIN LATERAL (
        SELECT min(at) AS made, max(at) AS ended
        FROM procrastinate_events
        WHERE job_id = step.id
    ) event
), gone AS (
    DELETE FROM procrastinate_jobs job
    USING aged
    WHERE job.id = aged.id
      AND job.status = aged.status
      AND (
        aged.ended IS NULL
        OR aged.ended < now() - CASE aged.status WHEN 'succeeded' THEN %(kept)s ELSE %(failed)s END
      )
    RETURNING 1
)
SELECT max(id), (SELECT count(*) FROM gone), coalesce(bool_and(made > now() - %(kept)s), true)
FROM aged
"""
# One at a time: PostgreSQL looks for jobs that name it. A worker that lives beats every ten seconds.
_DEAD = """
DELETE FROM procrastinate_workers WHERE id = (
    SELECT id FROM procrastinate_workers worker
    WHERE last_heartbeat < now() - interval '1 day'
    AND NOT EXISTS (SELECT FROM procrastinate_jobs WHERE worker_id = worker.id)
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
)
"""


def prune(seconds: float = SECONDS) -> int:
    """Delete what ended long enough ago, each step by itself, for some time; returns how many."""
    until, after, done, last = time.monotonic() + seconds, 0, 0, False
    facts: dict[str, Any] = {"step": STEP, "kept": KEPT, "failed": FAILED_KEPT}
    with connection.cursor() as cursor:
        while not last and time.monotonic() < until:
            cursor.execute(_STEP, {"after": after, **facts})
            highest, gone, last = cursor.fetchone()
            after, done = highest or after, done + gone
        if done:
            log.info("finished_jobs_pruned", count=done)
        while time.monotonic() < until:
            cursor.execute(_DEAD)
            if not cursor.rowcount:
                break
    return done
