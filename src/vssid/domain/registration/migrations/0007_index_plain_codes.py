"""Codes that are ID numbers, to find and to miss them at once; built while the table is written to."""

from django.db import migrations

TABLE = 'registration_application'


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('registration', '0006_widen_code'),
    ]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL(f'DROP INDEX CONCURRENTLY IF EXISTS {TABLE}_plain', migrations.RunSQL.noop),
        migrations.RunSQL(
            rf"CREATE INDEX CONCURRENTLY {TABLE}_plain ON {TABLE} (bhxh_code) WHERE bhxh_code::text ~ '^\d{{12}}$'",
            migrations.RunSQL.noop,
        ),
    ]
