from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_add_closed_days_and_served")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject_id", models.BigIntegerField(unique=True)),
                ("kind", models.CharField(max_length=10)),
                ("code", models.CharField(max_length=12)),
                (
                    "action",
                    models.CharField(
                        choices=[("create", "Create"), ("change", "Change"), ("close", "Close")],
                        max_length=10,
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField()),
                ("reason", models.CharField(max_length=500)),
                ("effective_on", models.DateField()),
                ("by_id", models.BigIntegerField()),
                ("by_name", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("withdrawn", "Withdrawn"),
                            ("refused", "Refused"),
                        ],
                        max_length=10,
                    ),
                ),
                ("refusals", models.JSONField(default=dict)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "db_table": "directory_change",
                "indexes": [
                    models.Index(fields=["kind", "code"], name="directory_change_place"),
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["effective_on"],
                        name="directory_change_due",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "waiting"), ("ended_at__isnull", False), _connector="OR"),
                        name="directory_change_end",
                    )
                ],
            },
        ),
    ]
