"""Folded names by today's table of letters, in batches, without a lock on the rest."""

from django.db import migrations

from vssid.infra.database import refolding


def fold_anew(apps, schema_editor):
    refolding.refold("registration_application", key="id", longest=100, schema_editor=schema_editor)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('registration', '0004_add_desk_fingerprints'),
    ]

    operations = [
        migrations.RunPython(fold_anew, migrations.RunPython.noop),
    ]
