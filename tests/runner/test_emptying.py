"""What a test with real commits wrote is gone after it, and what the migrations laid is there."""

from __future__ import annotations

import threading
import time

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests.making.registrations import NOW, make_application, make_office
from tests.runner.emptying import LANES, QUEUE
from vssid.domain.audit import actions as audit
from vssid.domain.audit.models import Lane
from vssid.domain.audit.verify import verify_chain
from vssid.domain.offices.models import Office
from vssid.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


def filled() -> set[str]:
    """The tables that hold anything, asked one by one."""
    tables = set()
    with connection.cursor() as cursor:
        for table in (*connection.introspection.django_table_names(only_existing=True), *QUEUE):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            if cursor.fetchone() != (0,):
                tables.add(table)
    return tables


def flush() -> None:
    call_command("flush", verbosity=0, interactive=False)


def test_nothing_but_the_lanes_of_the_log_is_left():
    make_application()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert {LANES, "audit_event", "procrastinate_jobs", "procrastinate_workers"} <= filled()
    flush()
    assert filled() == {LANES}


def test_the_log_takes_events_as_on_the_first_day():
    before = list(Lane.objects.order_by("lane").values())
    make_application()
    flush()
    assert list(Lane.objects.order_by("lane").values()) == before
    audit.record("test", subject=1, by=SYSTEM, now=NOW)
    assert verify_chain().sound


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE datname = current_database() AND NOT granted"
        )
        return bool(cursor.fetchone() != (0,))


def test_what_a_request_on_its_way_commits_last_is_gone_too():
    def empty_meanwhile() -> None:
        try:
            flush()
        finally:
            connection.close()

    emptying = threading.Thread(target=empty_meanwhile)
    with transaction.atomic():
        make_office()
        emptying.start()
        while not somebody_waits() and emptying.is_alive():
            time.sleep(0.01)
    emptying.join(30)
    assert not Office.objects.exists()
