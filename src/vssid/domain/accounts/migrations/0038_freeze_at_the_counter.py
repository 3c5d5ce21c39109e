"""An officer freezes an account for its owner, who stands at the counter. Old rows are looked at in the next
migration."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    contracts = "the constraint takes one kind more, and all that the version before writes"

    dependencies = [
        ("accounts", "0037_await_that_codes_are_kept"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="counterrequest", name="accounts_counter_kind"),
        AddConstraintNotValid(
            model_name="counterrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["password", "phone", "thaw", "freeze"])),
                name="accounts_counter_kind",
            ),
        ),
    ]
