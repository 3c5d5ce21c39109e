"""What is sealed in a row that is written anew is bound to its version; the version before counts none."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0002_find_requests_by_child'),
    ]

    operations = [
        migrations.AddField(
            model_name='childrequest',
            name='version',
            field=models.IntegerField(db_default=0, default=0),
        ),
    ]
