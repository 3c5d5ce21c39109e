"""With two roles of PostgreSQL: the one that serves can write events, and can change or remove none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from vssid.cli import migrating
from vssid.domain.audit import actions as audit
from vssid.domain.audit.verify import verify_chain
from vssid.domain.imports.read import staging
from vssid.infra.database import rights
from vssid.kernel.actor import SYSTEM

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ROLE = "vssid_app_of_a_test"


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def serving(settings) -> Iterator[None]:
    """Connected as a role that was made by `CREATE ROLE` and given its rights by `migrate`."""
    settings.APP_ROLE = ROLE
    audit.record("x", subject=1, by=SYSTEM, now=NOW)
    run(f"CREATE ROLE {ROLE}")
    migrating.migrate()
    run(f"SET LOCAL search_path = public, {rights.STAGING}")
    run(f"SET LOCAL ROLE {ROLE}")
    yield
    run("RESET ROLE")


def test_the_serving_role_adds_events(serving):
    before = verify_chain().events
    audit.record("x", subject=1, by=SYSTEM, now=NOW)
    report = verify_chain()
    assert (report.events, report.sound) == (before + 1, True)
    assert not rights.could_change_the_log()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET kind = 'y'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "DROP TABLE audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_event_append_only ON audit_event",
        "SET LOCAL session_replication_role = replica",
        "DELETE FROM audit_lane",
        "INSERT INTO audit_lane (lane, seq, hash) VALUES (99, 0, '')",
        "UPDATE audit_lane SET founded_seq = 99",
        "DELETE FROM django_migrations",
        "CREATE TABLE public.audit (one int)",
    ],
)
def test_the_serving_role_changes_no_event(serving, statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        run(statement)


def test_the_serving_role_makes_the_table_of_an_import(serving):
    importer = SimpleNamespace(columns=[], staged=lambda: {"name": "text"})
    with connection.cursor() as cursor:
        staging.create(cursor, 7, importer)
        cursor.execute("INSERT INTO imports_staging_7 (name) VALUES ('x')")
        staging.finish(cursor, 7)
        staging.drop(cursor, 7)


def test_an_owner_is_told_that_it_could():
    assert rights.could_change_the_log()


def test_migrating_as_the_role_that_owns_nothing_is_refused_in_a_sentence(serving, monkeypatch):
    monkeypatch.setattr(migrating, "is_migrated", lambda: False)
    with pytest.raises(SystemExit, match="người sở hữu"):
        migrating.migrate()
