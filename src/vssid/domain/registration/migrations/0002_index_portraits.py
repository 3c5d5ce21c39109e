"""Find the approved registration of a person while its photos are kept. Partial, so it stays small."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("registration", "0001_create_application"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["person_id", "-closed_at"],
                condition=models.Q(("images_erased_at__isnull", True), ("state", "approved")),
                name="registration_portrait",
            ),
        ),
    ]
