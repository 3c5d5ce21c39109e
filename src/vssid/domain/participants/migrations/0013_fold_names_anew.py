"""Folded names by today's table of letters, in batches, without a lock on the rest."""

from django.db import migrations

from vssid.infra.database import refolding


def fold_anew(apps, schema_editor):
    refolding.refold("participants_person", key="person_id", longest=120, schema_editor=schema_editor)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('participants', '0012_spell_employers_anew'),
    ]

    operations = [
        migrations.RunPython(fold_anew, migrations.RunPython.noop),
    ]
