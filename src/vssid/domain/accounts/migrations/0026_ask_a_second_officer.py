from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0025_count_texts")]

    operations = [
        migrations.AddField("account", "phone_set_at", models.DateTimeField(null=True)),
        migrations.AddField("account", "phone_set_by", models.BigIntegerField(null=True)),
        migrations.AddField("counterrequest", "original_seen_by_id", models.BigIntegerField(null=True)),
        migrations.AddField("counterrequest", "closed_by_id", models.BigIntegerField(null=True)),
        migrations.AddField(
            "counterrequest", "home_office", models.CharField(max_length=5, blank=True, db_default="", default="")
        ),
        migrations.AddField("counterrequest", "together", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("counterrequest", "reviewed_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "counterrequest", "reviewed_by", models.CharField(max_length=120, blank=True, db_default="", default="")
        ),
        migrations.AddIndex(
            "counterrequest",
            models.Index(
                fields=["office", "closed_at"],
                condition=models.Q(state="done", reviewed_at=None, kind__in=["phone", "password"]),
                name="accounts_counter_unseen",
            ),
        ),
    ]
