"""The forms that employers may print; built while the table is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

INDEX = models.Index(
    fields=['person_id'],
    condition=Q(state='submitted', employer_prints_at__isnull=False),
    name='registration_employer_prints',
)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('registration', '0025_index_words'),
    ]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL(f'DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}', migrations.RunSQL.noop),
        AddIndexConcurrently(model_name='application', index=INDEX),
    ]
