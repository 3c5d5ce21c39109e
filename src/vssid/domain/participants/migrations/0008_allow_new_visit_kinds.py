"""Kinds of visit that no list has yet are kept; the old rows are looked at in the next migration."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0007_add_employer_standing'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='visit', name='participants_visit_codes'),
        AddConstraintNotValid(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('result__regex', '^[1-8]$'), ('discharge__regex', '^[1-5]?$'), ('kind__regex', '^[0-9A-Z]{2}$')), name='participants_visit_codes'),
        ),
    ]
