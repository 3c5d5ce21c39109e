"""Which draft a worker began by an invitation: a column that may be empty, and an index of those who began."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

INDEX = models.Index(fields=['draft_id'], condition=models.Q(step=2), name='employers_invitee_began')


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('employers', '0010_add_print_runs'),
    ]

    operations = [
        # Again after an attempt that was broken off: what it did stays, what it left half done goes.
        migrations.RunSQL(
            'ALTER TABLE employers_invitee ADD COLUMN IF NOT EXISTS draft_id bigint NULL',
            'ALTER TABLE employers_invitee DROP COLUMN IF EXISTS draft_id',
            state_operations=[
                migrations.AddField(
                    model_name='invitee', name='draft_id', field=models.BigIntegerField(null=True)
                ),
            ],
        ),
        migrations.RunSQL(f'DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}', migrations.RunSQL.noop),
        AddIndexConcurrently(model_name='invitee', index=INDEX),
    ]
