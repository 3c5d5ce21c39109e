"""The newest closed files of several offices together; built while the table is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

INDEX = models.Index(
    fields=['-closed_at', '-id'], condition=Q(closed_at__isnull=False), name='registration_newest_closed'
)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('registration', '0021_look_at_trials'),
    ]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL(f'DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}', migrations.RunSQL.noop),
        AddIndexConcurrently(model_name='application', index=INDEX),
    ]
