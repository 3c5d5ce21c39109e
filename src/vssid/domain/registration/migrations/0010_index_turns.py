"""The desk's list in the order of its turns: what lies longest with its form first; built while written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

TABLE = 'registration_application'


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('registration', '0009_create_signed_page'),
    ]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL('DROP INDEX CONCURRENTLY IF EXISTS registration_turns', migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name='application',
            index=models.Index(fields=['office', 'state', 'form_received_at', 'due_at'], name='registration_turns'),
        ),
    ]
