from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Facility',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('province_code', models.CharField(max_length=2)),
                ('is_synthetic', models.BooleanField(default=False)),
                ('run_id', models.BigIntegerField()),
                ('line', models.BigIntegerField()),
                ('as_of', models.DateTimeField()),
            ],
            options={
                'db_table': 'directory_facility',
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^\\d{2}[0-9A-Z]\\d{2}$')), name='directory_facility_code_form')],
            },
        ),
    ]
