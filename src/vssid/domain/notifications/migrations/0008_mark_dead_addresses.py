from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0007_index_series'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeadAddress',
            fields=[
                ('pk', models.CompositePrimaryKey('channel', 'fingerprint', blank=True, editable=False, primary_key=True, serialize=False)),
                ('channel', models.CharField(choices=[('sms', 'Sms'), ('email', 'Email'), ('push', 'Push')], max_length=10)),
                ('fingerprint', models.BinaryField()),
                ('reason', models.CharField(max_length=40)),
                ('since', models.DateTimeField()),
            ],
            options={
                'db_table': 'notifications_dead_address',
                'indexes': [models.Index(fields=['since'], name='dead_address_since')],
            },
        ),
        migrations.AddField(
            model_name='subscription',
            name='dead_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='subscription',
            name='key_mark',
            field=models.CharField(blank=True, db_default='', default='', max_length=16),
        ),
    ]
