"""A message may be of an employer, and is then of no person; old rows are looked at in the next migration."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    contracts = "no row is of an employer, and the version before makes none"
    dependencies = [("support", "0002_index_retention")]

    operations = [
        migrations.AddField("ticket", "employer_code", models.CharField(max_length=7, null=True)),
        AddConstraintNotValid(
            model_name="ticket",
            constraint=models.CheckConstraint(
                condition=Q(employer_code=None) | Q(person_id=None), name="support_ticket_one_side"
            ),
        ),
    ]
