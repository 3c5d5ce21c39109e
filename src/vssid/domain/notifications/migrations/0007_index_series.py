"""Messages of a series, the newest first; built while the table is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('notifications', '0006_add_series'),
    ]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL('DROP INDEX CONCURRENTLY IF EXISTS message_by_series', migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name='message',
            index=models.Index(
                fields=['series', '-created_at'],
                condition=~Q(series=''),
                name='message_by_series',
            ),
        ),
    ]
