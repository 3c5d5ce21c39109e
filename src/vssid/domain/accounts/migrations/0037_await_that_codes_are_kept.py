"""Recovery codes that were shown wait here until the member says they are kept. What is there stays."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0036_ask_for_another_word'),
    ]

    operations = [
        migrations.CreateModel(
            name='RecoverySheet',
            fields=[
                ('person_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('session_id', models.UUIDField()),
                ('code_hashes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=10)),
                ('shown_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'accounts_recovery_sheet',
            },
        ),
    ]
