"""Messages to people are never behind an import."""

from __future__ import annotations

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from vssid.cli import working
from vssid.domain.imports.merge import undo
from vssid.domain.imports.uploads import submission
from vssid.domain.notifications.inbox.kinds import Channel
from vssid.infra import jobs


def test_every_job_waits_in_a_queue_that_the_worker_knows() -> None:
    known = {
        task.queue for name, task in app.tasks.items() if not name.startswith(("builtin", "procrastinate"))
    }
    assert known | set(Channel.values) == working.QUEUES


def test_a_worker_of_queues_that_do_not_exist_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working.boot, "django", lambda: None)
    with pytest.raises(SystemExit, match="tinnhan"):
        working.run(concurrency=2, queues="sms,tinnhan")


def _next() -> tuple[str, ...]:
    """The order in which one free worker would take what waits."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        (worker,) = cursor.fetchone()
        taken = []
        while True:
            cursor.execute("SELECT task_name FROM procrastinate_fetch_job_v2(NULL, %s)", [worker])
            row = cursor.fetchone()
            if row is None or row[0] is None:
                return tuple(taken)
            taken.append(row[0])


@pytest.mark.django_db
def test_a_message_that_came_after_ten_files_goes_first() -> None:
    for number in range(10):
        submission.defer_run(number)
    undo.defer(1)
    jobs.defer("notifications.send", queue="sms", message_id=1, subject_id=1)
    assert _next() == ("notifications.send", "imports.run_upload")  # and one file at a time
