"""Events by time, kind, officer and office, for who searches the log; built while events are added.

Events come in the order of time, so each of these grows at the end of each of its keys: pages that are in
memory. What an officer or an office did is a small part of all, hence the conditions.
"""

from django.db import migrations

INDEXES = {
    "audit_event_at": "(at)",
    "audit_event_kind": "(kind, at)",
    "audit_event_officer": "(actor_id, at) WHERE actor_kind = 'officer'",
    "audit_event_office": "(office, at) WHERE office <> ''",
}


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("audit", "0003_found_lanes")]

    operations = [
        migrations.RunSQL(statement, f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        for name, of in INDEXES.items()
        for statement in (
            # What an attempt that was broken off left behind.
            f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
            f"CREATE INDEX CONCURRENTLY {name} ON audit_event {of}",
        )
    ]
