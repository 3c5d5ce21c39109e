"""The table of workers is that which reports made; only whose it is changes, and the name that lists are sorted by.

Processes of the version before write it as they did. The names come with the first look of the job, in minutes.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0001_create_entry_seat_and_standing"),
        ("reports", "0003_add_texts"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Worker",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "person_id", "employer_code", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("person_id", models.BigIntegerField()),
                        ("employer_code", models.CharField(max_length=7)),
                        ("stage", models.SmallIntegerField(db_default=0, default=0)),
                    ],
                    options={
                        "db_table": "reports_worker",
                        "indexes": [models.Index(fields=["employer_code", "stage"], name="reports_worker_of")],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name="worker",
            name="sort_name",
            field=models.CharField(db_collation="C", db_default="", default="", max_length=120),
        ),
        migrations.CreateModel(
            name="RosterCount",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("runs", models.JSONField(default=dict)),
                ("as_of", models.DateTimeField()),
                ("aligned_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "employers_roster_count"},
        ),
    ]
