"""What is sealed in a row that is written anew is bound to its version; the version before counts none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0007_index_plain_codes'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='version',
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]
