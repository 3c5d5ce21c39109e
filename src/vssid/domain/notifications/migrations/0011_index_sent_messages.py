"""Messages by number, by phone and by time; built while the table is written to."""

from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

INDEXES = (
    models.Index(fields=['id'], name='message_by_number'),
    models.Index(fields=['to_print'], condition=Q(to_print__isnull=False), name='message_by_phone'),
    BrinIndex(fields=['created_at'], autosummarize=True, name='message_by_time'),
)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('notifications', '0010_count_messages'),
    ]

    operations = [
        step
        for index in INDEXES
        for step in (
            # What an attempt that was broken off left behind.
            migrations.RunSQL(
                f'DROP INDEX CONCURRENTLY IF EXISTS {index.name}', migrations.RunSQL.noop
            ),
            AddIndexConcurrently(model_name='message', index=index),
        )
    ]
