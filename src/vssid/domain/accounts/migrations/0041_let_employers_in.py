"""Accounts of those who do an employer's HR work. Old rows are looked at in the next migration."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    contracts = "the constraint takes one kind more, and all that the version before writes"

    dependencies = [
        ("accounts", "0040_keep_reasons_at_the_counter"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="account", name="accounts_account_kind"),
        AddConstraintNotValid(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["citizen", "staff", "employer"])),
                name="accounts_account_kind",
            ),
        ),
    ]
