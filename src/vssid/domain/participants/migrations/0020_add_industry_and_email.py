"""What an employer does, and where letters to it go: columns that are empty until a file tells them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0019_index_what_is_unbound'),
    ]

    operations = [
        migrations.AddField(
            model_name='employer',
            name='email',
            field=models.CharField(blank=True, db_default='', default='', max_length=254),
        ),
        migrations.AddField(
            model_name='employer',
            name='industry',
            field=models.CharField(blank=True, db_default='', default='', max_length=120),
        ),
    ]
