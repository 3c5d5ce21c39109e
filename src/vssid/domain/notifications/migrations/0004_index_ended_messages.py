"""Messages by how they ended, for /metrics; built while the table is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('notifications', '0003_index_retention'),
    ]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL('DROP INDEX CONCURRENTLY IF EXISTS message_ended', migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name='message',
            index=models.Index(
                fields=['state', 'ended_at'],
                condition=Q(state__in=('delivered', 'failed', 'expired')),
                name='message_ended',
            ),
        ),
    ]
