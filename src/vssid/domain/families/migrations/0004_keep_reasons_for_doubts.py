"""Why a request was approved in spite of what spoke against it; those of before have none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0003_count_versions'),
    ]

    operations = [
        migrations.AddField(model_name='childrequest', name='despite', field=models.JSONField(null=True)),
    ]
