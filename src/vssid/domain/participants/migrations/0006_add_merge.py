import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0001_create_office'),
        ('participants', '0005_add_certificate'),
    ]

    operations = [
        migrations.AddField(
            model_name='identifier',
            name='merged_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('merged_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField(db_index=True)),
                ('merged_code', models.CharField(max_length=12, unique=True)),
                ('kept_code', models.CharField(max_length=12)),
                ('current_code', models.CharField(max_length=12)),
                ('decided_on', models.DateField()),
                ('decision_number', models.CharField(blank=True, max_length=50)),
                ('run_id', models.BigIntegerField()),
                ('line', models.BigIntegerField()),
                ('as_of', models.DateTimeField(db_index=True)),
                ('office', models.ForeignKey(db_column='office_code', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'db_table': 'participants_merge',
                'constraints': [models.CheckConstraint(condition=models.Q(('merged_id', models.F('person_id')), _negated=True), name='participants_merge_of_two'), models.CheckConstraint(condition=models.Q(('merged_code', models.F('kept_code')), _negated=True), name='participants_merge_two_codes')],
            },
        ),
    ]
