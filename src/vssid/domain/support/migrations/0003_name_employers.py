"""A message may be of an employer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("support", "0002_index_retention")]

    operations = [
        migrations.AddField("ticket", "employer_code", models.CharField(max_length=7, null=True)),
    ]
