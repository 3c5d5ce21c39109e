"""Jobs that ended long ago go a step at a time."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from vssid.infra.queue import pruning

pytestmark = pytest.mark.django_db
OLD = """
WITH done AS (
    INSERT INTO procrastinate_jobs (queue_name, task_name, status)
    SELECT 'default', 'test.old', 'succeeded' FROM generate_series(1, %s) RETURNING id
)
INSERT INTO procrastinate_events (job_id, type, at)
SELECT id, 'succeeded', now() - interval '8 days' FROM done
"""


def test_no_step_of_pruning_takes_more_than_a_thousand_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pruning.STEP <= 1_000
    monkeypatch.setattr(pruning, "STEP", 10)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no events of their making
        cursor.execute(OLD, [25])
        cursor.execute("SET LOCAL session_replication_role = origin")
    with CaptureQueriesContext(connection) as asked:
        assert pruning.prune() == 25
    steps = [query for query in asked if "WITH step" in query["sql"]]
    assert len(steps) == 4  # the last finds nothing
