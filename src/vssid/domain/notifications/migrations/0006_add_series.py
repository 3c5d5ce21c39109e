from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0005_add_provider_fault'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='series',
            field=models.CharField(db_default='', default='', max_length=80),
        ),
    ]
