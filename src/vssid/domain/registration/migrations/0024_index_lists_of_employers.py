"""The lists of one employer; built while the table is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

INDEX = models.Index(
    fields=['employer_code', '-made_at'], condition=~Q(employer_code=''), name='registration_handovers_of'
)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('registration', '0023_let_employers_hand_in'),
    ]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL(f'DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}', migrations.RunSQL.noop),
        AddIndexConcurrently(model_name='handoverlist', index=INDEX),
    ]
