"""The pages of the signed form, as scanned."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0008_count_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignedPage",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "subject_id",
                        "version",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("subject_id", models.BigIntegerField()),
                ("version", models.SmallIntegerField()),
                ("number", models.SmallIntegerField()),
                ("blob_key", models.CharField(db_index=True, max_length=64)),
                ("digest", models.BinaryField()),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("filed_at", models.DateTimeField()),
                ("filed_by", models.CharField(max_length=120)),
            ],
            options={
                "db_table": "registration_signed_page",
            },
        ),
    ]
