"""A place for the sealed login name of who is known by an ID number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0026_ask_a_second_officer'),
    ]

    operations = [
        migrations.AddField(model_name='account', name='sealed_login', field=models.BinaryField(null=True)),
    ]
