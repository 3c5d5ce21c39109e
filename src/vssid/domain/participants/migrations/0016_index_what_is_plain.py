"""Rows with a street or a diagnosis in plain, to find and to miss them at once; built while tables are written to."""

from django.db import migrations

PLAIN = {
    'participants_person': ('person_id', "street <> ''"),
    'participants_visit': ('person_id, id', "diagnosis_code <> '' OR diagnosis_name <> ''"),
    'participants_certificate': ('person_id, id', "diagnosis_code <> '' OR diagnosis_name <> ''"),
    'participants_version': (
        'person_id, id',
        "was->>'street' <> '' OR was->>'diagnosis_code' <> '' OR was->>'diagnosis_name' <> ''",
    ),
}


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('participants', '0015_seal_street_and_diagnoses'),
    ]

    operations = [
        migrations.RunSQL(statement, migrations.RunSQL.noop)
        for table, (key, is_plain) in PLAIN.items()
        for statement in (
            # What an attempt that was broken off left behind.
            f'DROP INDEX CONCURRENTLY IF EXISTS {table}_plain',
            f'CREATE INDEX CONCURRENTLY {table}_plain ON {table} ({key}) WHERE {is_plain}',
        )
    ]
