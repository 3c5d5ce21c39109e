"""Whom a walk-in that was not sent is about, and who sent it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0016_create_handover_list'),
    ]

    operations = [
        migrations.AddField(model_name='walkin', name='sent_by_id', field=models.BigIntegerField(null=True)),
        migrations.AddField(model_name='walkin', name='visitor', field=models.BinaryField(null=True)),
    ]
