from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from vssid.domain.audit import actions, queries
from vssid.domain.audit.verify import verify_chain
from vssid.kernel.actor import SYSTEM, Actor, ActorKind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def make_event(subject=1, kind="application.seen"):
    officer = Actor(ActorKind.OFFICER, 7, "Minh", "03101")
    return actions.record(kind, subject=subject, by=officer, now=NOW, facts={"n": 1})


def test_events_of_a_subject_are_read_newest_first():
    make_event(kind="a")
    make_event(kind="b")
    make_event(subject=2, kind="c")
    assert [event.kind for event in queries.events_of(1)] == ["b", "a"]


def test_an_untouched_log_is_sound():
    for subject in range(40):
        make_event(subject=subject)
    report = verify_chain()
    assert (report.events, report.sound) == (40, True)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET kind = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"]
)
def test_the_database_refuses_to_change_the_log(statement):
    make_event()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("UPDATE audit_event SET actor_name = 'Hạnh' WHERE seq = 2", "content changed"),
        ("UPDATE audit_event SET facts = '{}' WHERE seq = 2", "content changed"),
        ("DELETE FROM audit_event WHERE seq = 2", "expected seq 2"),
        ("DELETE FROM audit_event WHERE seq = 3", "tail was cut"),
        ("DELETE FROM audit_lane", "there is none"),
    ],
)
def test_a_change_behind_the_guard_shows(statement, complaint):
    for _ in range(3):
        make_event()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    assert any(complaint in line for line in verify_chain().broken)


def test_an_event_is_gone_when_the_act_is_rolled_back():
    with transaction.atomic():
        actions.record("x", subject=5, by=SYSTEM, now=NOW)
        transaction.set_rollback(True)
    assert queries.events_of(5) == []
    assert verify_chain().sound
