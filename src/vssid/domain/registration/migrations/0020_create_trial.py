"""Files with a known answer: their mark, their cases and their results. The version before makes none, and the
constraint keeps it from closing one. Old rows are looked at in the next migration.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    contracts = 'no row is a file with a known answer, and the version before makes none'

    dependencies = [
        ('offices', '0003_add_closed_days'),
        ('registration', '0019_tell_office_of_draft'),
    ]

    operations = [
        migrations.CreateModel(
            name='TrialPace',
            fields=[
                ('pk', models.CompositePrimaryKey('office_code', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
                ('office_code', models.CharField(max_length=5)),
                ('year', models.SmallIntegerField()),
                ('seen', models.IntegerField()),
            ],
            options={
                'db_table': 'registration_trial_pace',
            },
        ),
        migrations.AddField(
            model_name='application',
            name='is_trial',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name='KnownCase',
            fields=[
                ('subject_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60, unique=True)),
                ('digest', models.BinaryField()),
                ('expected', models.CharField(max_length=10)),
                ('reasons', models.JSONField(default=list)),
                ('findings', models.JSONField(default=list)),
                ('lesson', models.CharField(max_length=500)),
                ('sealed', models.BinaryField()),
                ('loaded_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'registration_known_case',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('expected', 'approve'), ('reasons', [])), models.Q(('expected', 'refuse'), models.Q(('reasons', []), _negated=True)), _connector='OR'), name='registration_case_answer')],
            },
        ),
        migrations.CreateModel(
            name='Trial',
            fields=[
                ('application_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('case_name', models.CharField(max_length=60)),
                ('expected', models.CharField(max_length=10)),
                ('reasons', models.JSONField(default=list)),
                ('findings', models.JSONField(default=list)),
                ('lesson', models.CharField(max_length=500)),
                ('register', models.BinaryField()),
                ('laid_at', models.DateTimeField()),
                ('hand_in_at', models.DateTimeField()),
                ('handed_in_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('taken_by', models.CharField(blank=True, max_length=120)),
                ('ends_at', models.DateTimeField(db_index=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'db_table': 'registration_trial',
                'constraints': [models.UniqueConstraint(fields=('case_name',), name='registration_trial_once')],
            },
        ),
        migrations.CreateModel(
            name='TrialResult',
            fields=[
                ('application_id', models.BigIntegerField()),
                ('officer_id', models.BigIntegerField()),
                ('officer_name', models.CharField(blank=True, max_length=120)),
                ('number', models.CharField(max_length=20)),
                ('case_name', models.CharField(max_length=60)),
                ('expected', models.CharField(max_length=10)),
                ('reasons', models.JSONField(default=list)),
                ('findings', models.JSONField(default=list)),
                ('lesson', models.CharField(max_length=500)),
                ('given', models.CharField(blank=True, max_length=10)),
                ('given_reasons', models.JSONField(default=list)),
                ('outcome', models.CharField(max_length=20)),
                ('decided_at', models.DateTimeField()),
                ('seconds', models.IntegerField(null=True)),
                ('pk', models.CompositePrimaryKey('application_id', 'officer_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('office', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'db_table': 'registration_trial_result',
                'indexes': [models.Index(fields=['office', 'decided_at'], name='registration_trial_results'), models.Index(fields=['officer_id', 'decided_at'], name='registration_trial_own'), models.Index(fields=['decided_at'], name='registration_trial_decided')],
            },
        ),
        AddConstraintNotValid(
            model_name='application',
            constraint=models.CheckConstraint(
                condition=models.Q(('is_trial', False), models.Q(('person_id__isnull', True), ('state__in', ['received', 'submitted'])), _connector='OR'),
                name='registration_trial_open',
            ),
        ),
    ]
