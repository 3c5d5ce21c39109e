"""Bringing the database and the collected static files up to date."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from . import adopting, boot, database

MIGRATION_LOCK = 7_714_001  # any number, the same for every process that migrates


def run() -> None:
    """Migrate, then lay down the static files; several may run at once, one works at a time."""
    boot.django()
    database.ready()
    from vssid.infra.static_files import collecting

    migrate()
    collecting.collect()


def is_migrated() -> bool:
    """Whether the database holds every migration of the code."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate() -> None:
    """Apply the missing migrations, then make what must exist once."""
    if not is_migrated():
        _refuse_without_ownership()
        _apply()
    _give_rights()
    adopting.tell_at_start()
    _first_key()


def _refuse_without_ownership() -> None:
    from django.conf import settings

    from vssid.infra.database import rights

    if settings.APP_ROLE and rights.user() == settings.APP_ROLE:
        raise SystemExit(
            f"Người dùng {settings.APP_ROLE} (VSSID_APP_ROLE) không sở hữu bảng nào nên không cập nhật được"
            " cấu trúc; hãy chạy migrate với VSSID_DATABASE_URL của người sở hữu."
            " Xem docs/operations/database.md."
        )


def _give_rights() -> None:
    from django.conf import settings

    from vssid.infra.database import rights

    if settings.APP_ROLE and rights.user() != settings.APP_ROLE:
        rights.give(settings.APP_ROLE)


def _first_key() -> None:
    from django.utils import timezone

    from vssid.domain.cards import actions as cards

    cards.ensure_key(now=timezone.now())


def _apply() -> None:
    """A lock is waited for 5 s, a statement may take its time."""
    from django.core.management import call_command

    from vssid.infra.database import patience

    with patience.lifted(), _one_at_a_time():
        _limit("SET statement_timeout = 0", "SET idle_in_transaction_session_timeout = 0")
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        _limit("RESET statement_timeout", "RESET idle_in_transaction_session_timeout")


def _limit(*statements: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    from django.db import connection

    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATION_LOCK])
            if cursor.fetchone()[0]:
                break
        time.sleep(0.5)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
