"""An employer's workers by given name; built while the table is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

INDEX = models.Index(fields=["employer_code", "sort_name", "person_id"], name="employers_worker_listed")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("employers", "0002_take_over_the_roster")]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name="worker", index=INDEX),
    ]
