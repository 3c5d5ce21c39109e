"""Who began or corrects a draft is found by its number, also when the application before it was closed."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

INDEX = models.Index(
    fields=['draft_id'], condition=models.Q(draft_id__isnull=False), name='employers_invitee_draft'
)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('employers', '0018_mean_industries'),
    ]

    operations = [
        # Again after an attempt that was broken off: what it left half done goes.
        migrations.RunSQL(f'DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}', migrations.RunSQL.noop),
        AddIndexConcurrently(model_name='invitee', index=INDEX),
        migrations.RunSQL(
            'DROP INDEX CONCURRENTLY IF EXISTS employers_invitee_began',
            migrations.RunSQL.noop,
            state_operations=[migrations.RemoveIndex('invitee', 'employers_invitee_began')],
        ),
    ]
