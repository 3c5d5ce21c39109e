"""Drafts begun one after the other in one browser bear the same random number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0012_create_walk_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='holder',
            name='browser',
            field=models.BigIntegerField(null=True),
        ),
    ]
