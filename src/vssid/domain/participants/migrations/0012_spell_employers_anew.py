"""Words of employers' names by the one way to fold a name: a generated column changes only by being made anew."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

import vssid.domain.participants.employers.sql_words


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0011_forget_standings_by_the_old_rule'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='employer', name='participants_employer_words'),
        migrations.RemoveField(model_name='employer', name='words'),
        migrations.AddField(
            model_name='employer',
            name='words',
            field=models.GeneratedField(db_persist=True, expression=vssid.domain.participants.employers.sql_words.WordsOf('name'), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='employer',
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['words'], name='participants_employer_words'),
        ),
    ]
