"""Registrations filled in at a counter, and by whom."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0003_add_closed_days"),
        ("registration", "0011_index_desk"),
    ]

    operations = [
        migrations.CreateModel(
            name="WalkIn",
            fields=[
                ("subject_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("officer_id", models.BigIntegerField()),
                ("officer_name", models.CharField(max_length=120)),
                ("begun_at", models.DateTimeField()),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="offices.office"
                    ),
                ),
            ],
            options={
                "db_table": "registration_walk_in",
            },
        ),
    ]
