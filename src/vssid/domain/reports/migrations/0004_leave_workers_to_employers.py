"""The table of workers is of employers from here on; it stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_add_texts"),
        ("employers", "0002_take_over_the_roster"),
    ]

    operations = [migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Worker")])]
