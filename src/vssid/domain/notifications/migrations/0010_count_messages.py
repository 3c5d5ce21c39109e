from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0009_add_gateways'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('id', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('as_of', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'notifications_counted',
            },
        ),
        migrations.CreateModel(
            name='Hour',
            fields=[
                ('pk', models.CompositePrimaryKey('hour', 'channel', 'gateway', 'operator', 'kind', 'state', 'seconds', blank=True, editable=False, primary_key=True, serialize=False)),
                ('hour', models.DateTimeField()),
                ('channel', models.CharField(max_length=10)),
                ('gateway', models.CharField(max_length=20)),
                ('operator', models.CharField(max_length=20)),
                ('kind', models.CharField(max_length=40)),
                ('state', models.CharField(max_length=10)),
                ('seconds', models.IntegerField()),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'notifications_hour',
            },
        ),
        migrations.AddField(
            model_name='message',
            name='operator',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='message',
            name='to_print',
            field=models.BinaryField(null=True),
        ),
    ]
