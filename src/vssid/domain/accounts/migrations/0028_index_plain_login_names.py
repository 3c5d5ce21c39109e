"""Login names that are ID numbers, to find and to miss them at once; built while tables are written to."""

from django.db import migrations

PLAIN = {'accounts_login_name': 'name', 'accounts_account': 'login'}


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('accounts', '0027_seal_login_of_twelve_digits'),
    ]

    operations = [
        migrations.RunSQL(statement, migrations.RunSQL.noop)
        for table, column in PLAIN.items()
        for statement in (
            # What an attempt that was broken off left behind.
            f'DROP INDEX CONCURRENTLY IF EXISTS {table}_plain',
            rf"CREATE INDEX CONCURRENTLY {table}_plain ON {table} ({column}) WHERE {column}::text ~ '^\d{{12}}$'",
        )
    ]
