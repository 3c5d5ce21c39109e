import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Office',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('hours', models.JSONField(default=list)),
                ('province_code', models.CharField(max_length=2)),
                ('communes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list, size=None)),
                ('old_districts', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('places_version', models.CharField(max_length=10)),
                ('receives_applications', models.BooleanField(default=True)),
                ('is_synthetic', models.BooleanField(default=False)),
                ('mark', models.CharField(blank=True, max_length=10)),
                ('run_id', models.BigIntegerField()),
                ('line', models.BigIntegerField()),
                ('as_of', models.DateTimeField()),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'db_table': 'offices_office',
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^0\\d{4}$')), name='offices_office_code_form')],
            },
        ),
    ]
