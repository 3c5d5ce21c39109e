from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_keep_erased_keys_a_day")]
    operations = [
        migrations.CreateModel(
            name="FingerprintKey",
            fields=[
                ("mark", models.BinaryField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=40)),
                ("is_marked", models.BooleanField()),
                ("added_at", models.DateTimeField()),
                ("prepared_at", models.DateTimeField(null=True)),
                ("first_at", models.DateTimeField(null=True)),
                ("free_at", models.DateTimeField(null=True)),
            ],
            options={"db_table": "vault_fingerprint_key"},
        ),
    ]
