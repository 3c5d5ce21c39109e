"""A campaign may mean employers by words of their industry: a column that may be empty."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0017_allow_software'),
        ('participants', '0020_add_industry_and_email'),
    ]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='industry',
            field=models.CharField(blank=True, db_default='', default='', max_length=80),
        ),
    ]
