from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0024_hand_over_secrets")]

    operations = [
        migrations.CreateModel(
            name="TextCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "key", "starts_at", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.BinaryField()),
                ("starts_at", models.DateTimeField()),
                ("count", models.IntegerField()),
            ],
            options={"db_table": "accounts_text_count"},
        ),
    ]
