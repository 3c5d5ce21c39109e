from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_create_subject_key")]
    operations = [
        migrations.CreateModel(
            name="ErasedKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("subject_id", models.BigIntegerField(db_index=True)),
                ("wrapped", models.BinaryField()),
                ("master_key_id", models.CharField(max_length=40)),
                ("created_at", models.DateTimeField()),
                ("erased_at", models.DateTimeField(db_default=Now(), db_index=True)),
            ],
            options={"db_table": "vault_erased_key"},
        ),
    ]
