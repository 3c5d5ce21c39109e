"""Old rows have known kinds too. Looking at them stops nobody who writes."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0041_let_employers_in"),
    ]

    operations = [
        ValidateConstraint(model_name="account", name="accounts_account_kind"),
    ]
