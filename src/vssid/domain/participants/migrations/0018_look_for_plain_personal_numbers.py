"""Reads all persons and what leads to them, under a lock that stops neither readers nor writers."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0017_refuse_plain_personal_numbers'),
    ]

    operations = [
        ValidateConstraint(model_name='identifier', name='participants_identifier_key_form'),
        ValidateConstraint(model_name='person', name='participants_person_code_form'),
    ]
