"""Posts with days, several to a person; the table of one post a person stays for the version before."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

ROLES = [
    'reception', 'reviewer', 'collection_officer', 'support_agent', 'data_officer', 'director',
    'administrator', 'auditor',
]
# Processes of the version before go on reading their table while both run: there every role but `data`
# decides on files, so the new ones must not stand in it. Nothing keeps its rows in step, so nothing may hang
# on them.
LET_GO = """
DO $$ DECLARE held text; BEGIN
  FOR held IN SELECT conname FROM pg_constraint WHERE conrelid = 'accounts_post'::regclass AND contype = 'f'
  LOOP EXECUTE format('ALTER TABLE accounts_post DROP CONSTRAINT %I', held); END LOOP;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0033_add_second_factors'),
        ('offices', '0003_add_closed_days'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel('Post')]),
        migrations.RunSQL(LET_GO, migrations.RunSQL.noop),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField()),
                ('until_on', models.DateField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('made_by', models.BigIntegerField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.BigIntegerField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.account')),
            ],
            options={
                'db_table': 'accounts_absence',
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='accounts_absence_days')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=20)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(null=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('made_by', models.BigIntegerField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.BigIntegerField(null=True)),
                ('ended_why', models.CharField(blank=True, default='', max_length=200)),
                ('chosen_at', models.DateTimeField(null=True)),
                ('absence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.absence')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.account')),
                ('deputises_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.post')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'db_table': 'accounts_staff_post',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('role__in', ROLES)), name='accounts_staff_post_role'),
                    models.CheckConstraint(condition=models.Q(('until_on', None), ('until_on__gte', models.F('from_on')), _connector='OR'), name='accounts_staff_post_days'),
                    models.CheckConstraint(condition=models.Q(('deputises_for', models.F('id')), _negated=True), name='accounts_staff_post_for_another'),
                ],
            },
        ),
        migrations.CreateModel(
            name='StaffPerson',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='accounts.account')),
                ('person_id', models.BigIntegerField(db_index=True)),
            ],
            options={'db_table': 'accounts_staff_person'},
        ),
        migrations.AddField('session', 'post_id', models.BigIntegerField(null=True)),
    ]
