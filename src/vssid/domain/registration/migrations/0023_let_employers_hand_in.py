"""Since when a person lets the employer print and hand in; whose HR made a hand-over list."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0022_index_newest_closed'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='employer_prints_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='handoverlist',
            name='employer_code',
            field=models.CharField(blank=True, db_default='', default='', max_length=7),
        ),
        migrations.AddField(
            model_name='handoverlist',
            name='is_cancelled',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
