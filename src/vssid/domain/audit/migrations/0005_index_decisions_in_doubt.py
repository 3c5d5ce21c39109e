"""Decisions in spite of doubts, for who searches the log; built while events are added. They are a few of all."""

from django.db import migrations

NAME = "audit_event_despite"


class Migration(migrations.Migration):

    atomic = False
    dependencies = [("audit", "0004_index_search")]

    operations = [
        migrations.RunSQL(statement, f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}")
        for statement in (
            # What an attempt that was broken off left behind.
            f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}",
            f"CREATE INDEX CONCURRENTLY {NAME} ON audit_event (at) WHERE facts ? 'despite'",
        )
    ]
