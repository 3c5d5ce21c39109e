from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_create_event")]
    operations = [
        migrations.AddField("event", "mac", models.BinaryField(null=True)),
        migrations.AddField("lane", "founded_seq", models.BigIntegerField(default=0, db_default=0)),
        migrations.AddField("lane", "founded_hash", models.BinaryField(null=True)),
        migrations.AddField("lane", "founded_at", models.DateTimeField(null=True)),
        migrations.AddField("lane", "mac", models.BinaryField(null=True)),
    ]
