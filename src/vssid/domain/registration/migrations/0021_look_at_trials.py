"""The rows of before keep the rule of 0020; read while the table is written to."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0020_create_trial'),
    ]

    operations = [
        ValidateConstraint(model_name='application', name='registration_trial_open'),
    ]
