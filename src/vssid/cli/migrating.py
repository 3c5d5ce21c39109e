"""Bringing the database and the collected static files up to date."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager

from . import boot

MIGRATION_LOCK = 7_714_001  # any number, the same for every process that migrates


def run() -> None:
    """Migrate, then collect static files; several may run at once, one works at a time."""
    boot.django()
    migrate()
    collect_static()


def is_migrated() -> bool:
    """Whether the database holds every migration of the code."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate() -> None:
    """Apply the missing migrations, then make what must exist once."""
    if not is_migrated():
        _apply()
    _first_key()


def _first_key() -> None:
    from django.utils import timezone

    from vssid.domain.cards import actions as cards

    cards.ensure_key(now=timezone.now())


def _apply() -> None:
    """A lock is waited for 5 s, a statement may take its time."""
    from django.core.management import call_command
    from django.db import connection

    with _one_at_a_time():
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


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


def collect_static() -> None:
    """Collect and hash the static files when any changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = settings.STATIC_ROOT.parent / "static.stamp"
    digest = _static_digest()
    if stamp.is_file() and stamp.read_text() == digest and settings.STATIC_ROOT.is_dir():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest)


def _static_digest() -> str:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    for finder in get_finders():
        for path, storage in finder.list(None):
            stat = (storage.size(path), storage.get_modified_time(path).timestamp())
            digest.update(f"{path}:{stat}\n".encode())
    return digest.hexdigest()
