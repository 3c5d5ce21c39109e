"""Reads all visits, under a lock that stops neither readers nor writers."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0008_allow_new_visit_kinds'),
    ]

    operations = [
        ValidateConstraint(model_name='visit', name='participants_visit_codes'),
    ]
