"""A third kind of wave: HR of who came in is asked to invite its workers. The constraint is widened without reading
the table under its lock, then validated.
"""

from django.db import migrations, models

NAME = 'employers_wave_kind'
WIDENED = models.CheckConstraint(condition=models.Q(('kind__in', ['letter', 'reminder', 'ask_hr'])), name=NAME)


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0012_add_registration_days'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name='wave', name=NAME),
                migrations.AddConstraint(model_name='wave', constraint=WIDENED),
            ],
            database_operations=[
                migrations.RunSQL(
                    f"""
                    ALTER TABLE employers_wave DROP CONSTRAINT IF EXISTS {NAME};
                    ALTER TABLE employers_wave ADD CONSTRAINT {NAME}
                      CHECK (kind IN ('letter', 'reminder', 'ask_hr')) NOT VALID;
                    ALTER TABLE employers_wave VALIDATE CONSTRAINT {NAME};
                    """,
                    migrations.RunSQL.noop,
                ),
            ],
        ),
    ]
