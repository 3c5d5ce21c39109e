"""Why a request was approved in spite of what spoke against it; those of before have none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('procedures', '0001_create_request'),
    ]

    operations = [
        migrations.AddField(model_name='move', name='despite', field=models.JSONField(null=True)),
    ]
