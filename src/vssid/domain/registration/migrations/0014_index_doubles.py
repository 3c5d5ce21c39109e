"""Who else typed a phone or an ID number, or used a browser; built while the tables are written to."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

INDEXES = (
    ('application', models.Index(fields=['phone_fingerprint', '-id'], name='registration_same_phone')),
    ('application', models.Index(fields=['id_fingerprint', '-id'], name='registration_same_id')),
    (
        'holder',
        models.Index(
            fields=['browser'], condition=Q(browser__isnull=False), name='registration_holder_browser'
        ),
    ),
)


class Migration(migrations.Migration):

    atomic = False
    dependencies = [
        ('registration', '0013_number_browsers'),
    ]

    operations = [
        step
        for model, index in INDEXES
        for step in (
            # What an attempt that was broken off left behind.
            migrations.RunSQL(
                f'DROP INDEX CONCURRENTLY IF EXISTS {index.name}', migrations.RunSQL.noop
            ),
            AddIndexConcurrently(model_name=model, index=index),
        )
    ]
