"""A BHXH code has ten digits here; personal numbers are sealed. Old rows are looked at in the next migration."""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):

    contracts = 'the version before seals them in files of every kind'

    dependencies = [
        ('participants', '0016_index_what_is_plain'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='identifier', name='participants_identifier_key_form'),
        AddConstraintNotValid(
            model_name='identifier',
            constraint=models.CheckConstraint(
                condition=models.Q(('key__regex', r'^\d{10}$'), ('kind', 'bhxh'))
                | models.Q(('key__regex', '^[0-9a-f]{64}$'), ('kind__in', ['cccd', 'cmnd', 'passport'])),
                name='participants_identifier_key_form',
            ),
        ),
        AddConstraintNotValid(
            model_name='person',
            constraint=models.CheckConstraint(
                condition=models.Q(('bhxh_code__regex', r'^(\d{10})?$')), name='participants_person_code_form'
            ),
        ),
    ]
