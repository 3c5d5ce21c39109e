"""What is sealed in a row that is written anew is bound to its version; the version before counts none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0030_leave_codes_and_limits_to_verification'),
    ]

    operations = [
        migrations.AddField(
            model_name='contactchange',
            name='version',
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='counterrequest',
            name='version',
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]
