"""At an office one unsent walk-in a person; built while the table is written to. Old rows name nobody."""

from django.db import migrations, models

NAME = 'registration_walk_in_visitor'


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('registration', '0017_mark_walk_in'),
    ]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL(f'DROP INDEX CONCURRENTLY IF EXISTS {NAME}', migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f'CREATE UNIQUE INDEX CONCURRENTLY {NAME} ON registration_walk_in (office_id, visitor)'
                    ' WHERE visitor IS NOT NULL',
                    f'DROP INDEX CONCURRENTLY IF EXISTS {NAME}',
                )
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name='walkin',
                    constraint=models.UniqueConstraint(
                        fields=['office', 'visitor'],
                        condition=models.Q(visitor__isnull=False),
                        name=NAME,
                    ),
                )
            ],
        ),
    ]
