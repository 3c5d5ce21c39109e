"""Letters of a campaign go by e-mail too: columns with defaults, and an index of what is under way.

Each statement may come again after an attempt that was broken off.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

WAY = models.CheckConstraint(
    condition=models.Q(('way__in', ['post', 'email', 'both'])), name='employers_wave_way'
)
INDEX = models.Index(
    fields=['wave', 'email'],
    condition=models.Q(('email__in', ['waiting', 'failed', 'changed'])),
    name='employers_mailing_by_email',
)


def _word(most):
    return models.CharField(blank=True, db_default='', default='', max_length=most)


COLUMNS = (
    ('wave', 'way', "varchar(5) DEFAULT 'post' NOT NULL",
     models.CharField(db_default='post', default='post', max_length=5)),
    ('part', 'on_paper', 'integer NULL', models.IntegerField(null=True)),
    ('part', 'emailed', 'integer DEFAULT 0 NOT NULL', models.IntegerField(db_default=0, default=0)),
    ('part', 'mail_subject_id', 'bigint NULL', models.BigIntegerField(null=True)),
    ('part', 'is_instead', 'boolean DEFAULT false NOT NULL',
     models.BooleanField(db_default=False, default=False)),
    ('target', 'email', "varchar(7) DEFAULT '' NOT NULL", _word(7)),
    ('mailing', 'by_post', 'boolean DEFAULT true NOT NULL',
     models.BooleanField(db_default=True, default=True)),
    ('mailing', 'email', "varchar(7) DEFAULT '' NOT NULL", _word(7)),
    ('mailing', 'message_id', 'uuid NULL', models.UUIDField(null=True)),
)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('employers', '0021_keep_site_decisions'),
    ]

    operations = [
        *(
            migrations.RunSQL(
                f'ALTER TABLE employers_{model} ADD COLUMN IF NOT EXISTS {name} {kind}',
                f'ALTER TABLE employers_{model} DROP COLUMN IF EXISTS {name}',
                state_operations=[migrations.AddField(model_name=model, name=name, field=field)],
            )
            for model, name, kind, field in COLUMNS
        ),
        migrations.RunSQL(
            f"""
            ALTER TABLE employers_wave DROP CONSTRAINT IF EXISTS {WAY.name};
            ALTER TABLE employers_wave ADD CONSTRAINT {WAY.name} CHECK (way IN ('post', 'email', 'both'));
            """,
            f'ALTER TABLE employers_wave DROP CONSTRAINT IF EXISTS {WAY.name}',
            state_operations=[migrations.AddConstraint(model_name='wave', constraint=WAY)],
        ),
        migrations.RunSQL(f'DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}', migrations.RunSQL.noop),
        AddIndexConcurrently(model_name='mailing', index=INDEX),
    ]
