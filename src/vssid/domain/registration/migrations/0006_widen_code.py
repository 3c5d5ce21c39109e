"""Room for the fingerprint of a code that is an ID number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0005_fold_names_anew'),
    ]

    operations = [
        migrations.AlterField(
            model_name='application', name='bhxh_code', field=models.CharField(max_length=64)
        ),
    ]
