"""Old rows have known kinds too. Looking at them stops nobody who writes."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0038_freeze_at_the_counter"),
    ]

    operations = [
        ValidateConstraint(model_name="counterrequest", name="accounts_counter_kind"),
    ]
