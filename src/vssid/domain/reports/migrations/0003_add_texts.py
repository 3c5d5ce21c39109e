"""Texts counted by the office of the file they tell of."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_add_schedules")]

    operations = [
        migrations.CreateModel(
            name="TextLine",
            fields=[
                ("day", models.DateField()),
                ("office_code", models.CharField(blank=True, max_length=5)),
                ("kind", models.CharField(max_length=40)),
                ("outcome", models.CharField(max_length=9)),
                ("seconds", models.IntegerField()),
                ("texts", models.IntegerField()),
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "day",
                        "office_code",
                        "kind",
                        "outcome",
                        "seconds",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
            options={"db_table": "reports_text"},
        ),
    ]
