"""Marks by which a kept image is found again under another subject; images from before have none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("identity", "0002_allow_birth_certificates")]

    operations = [
        migrations.CreateModel(
            name="ImageMark",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id", "kind", "place", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("subject_id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("place", models.SmallIntegerField()),
                ("mark", models.BinaryField()),
            ],
            options={
                "db_table": "identity_mark",
                "indexes": [models.Index(fields=["mark"], name="identity_mark_mark")],
            },
        ),
    ]
