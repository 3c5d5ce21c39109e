"""The words of the names of closed files; built while the table is written to."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Q

from vssid.domain.registration.models.words import OfficeWords

INDEX = GinIndex(
    OfficeWords('office_id', 'name_folded'),
    condition=Q(closed_at__isnull=False),
    fastupdate=False,
    name='registration_by_words',
)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('registration', '0024_index_lists_of_employers'),
    ]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL(f'DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}', migrations.RunSQL.noop),
        AddIndexConcurrently(model_name='application', index=INDEX),
    ]
