"""What an office with years of files is asked at every page; built while the table is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

INDEXES = (
    models.Index(fields=['office', 'bhxh_code'], name='registration_by_code'),
    models.Index(
        fields=['office', '-submitted_at'],
        include=['name_folded', 'id'],
        condition=models.Q(closed_at__isnull=False),
        name='registration_by_name',
    ),
    models.Index(
        fields=['office', '-closed_at', '-id'],
        condition=models.Q(closed_at__isnull=False),
        name='registration_closed_at',
    ),
)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('registration', '0010_index_turns'),
    ]

    operations = [
        operation
        for index in INDEXES
        for operation in (
            # What an attempt that was broken off left behind.
            migrations.RunSQL(f'DROP INDEX CONCURRENTLY IF EXISTS {index.name}', migrations.RunSQL.noop),
            AddIndexConcurrently(model_name='application', index=index),
        )
    ]
