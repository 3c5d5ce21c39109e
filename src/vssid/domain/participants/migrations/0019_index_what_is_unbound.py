"""People whose sealed part is bound to no row, to find and to miss them at once; built while tables are written.

The condition is that of `vault.binding.Rows.unbound`, which PostgreSQL compares with it.
"""

from django.db import migrations

UNBOUND = r"substr(sealed, 1, 4) <> '\x76733200'::bytea AND substr(sealed, 1, 4) <> '\x76733300'::bytea"


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('participants', '0018_look_for_plain_personal_numbers'),
    ]

    operations = [
        migrations.RunSQL(statement, migrations.RunSQL.noop)
        for statement in (
            # What an attempt that was broken off left behind.
            'DROP INDEX CONCURRENTLY IF EXISTS participants_person_unbound',
            'CREATE INDEX CONCURRENTLY participants_person_unbound ON participants_person (person_id) '
            f'WHERE {UNBOUND}',
        )
    ]
