"""Messages of an employer are found without reading the others; built while the table is written to."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q

INDEX = models.Index(
    fields=["employer_code", "state"],
    condition=Q(employer_code__isnull=False),
    name="support_ticket_employer",
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("support", "0003_name_employers")]

    operations = [
        # What an attempt that was broken off left behind.
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name="ticket", index=INDEX),
        ValidateConstraint(model_name="ticket", name="support_ticket_one_side"),
    ]
