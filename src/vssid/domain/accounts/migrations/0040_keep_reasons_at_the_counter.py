"""Why a request was carried out in spite of what spoke against it, and codes of refusals; those of before have
none. A longer text takes no rewriting of the table."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0039_validate_kinds_at_the_counter'),
    ]

    operations = [
        migrations.AddField(model_name='counterrequest', name='despite', field=models.JSONField(null=True)),
        migrations.AddField(model_name='counterrequest', name='reasons', field=models.JSONField(null=True)),
        migrations.AlterField(
            model_name='counterrequest', name='reason', field=models.CharField(blank=True, max_length=1000)
        ),
    ]
