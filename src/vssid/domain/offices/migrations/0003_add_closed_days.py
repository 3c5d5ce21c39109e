import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offices", "0002_add_services_and_position")]

    operations = [
        migrations.AddField(
            "office",
            "closed_days",
            django.contrib.postgres.fields.ArrayField(models.DateField(), default=list, size=None),
        ),
    ]
