from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE vault_subject_seq AS bigint START 1000000001",
            "DROP SEQUENCE vault_subject_seq",
        ),
        migrations.CreateModel(
            name="SubjectKey",
            fields=[
                ("subject_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
                ("master_key_id", models.CharField(max_length=40)),
                ("created_at", models.DateTimeField()),
            ],
            options={"db_table": "vault_subject_key"},
        ),
    ]
