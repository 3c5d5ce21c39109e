
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0011_index_sent_messages'),
    ]

    operations = [
        migrations.CreateModel(
            name='CapCount',
            fields=[
                ('pk', models.CompositePrimaryKey('day', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('key', models.CharField(max_length=90)),
                ('count', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'notifications_cap_count',
            },
        ),
        migrations.CreateModel(
            name='Cap',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('scope', models.CharField(max_length=50)),
                ('most', models.PositiveIntegerField()),
                ('from_on', models.DateField()),
                ('set_at', models.DateTimeField()),
                ('set_by', models.CharField(max_length=120)),
                ('why', models.CharField(max_length=200)),
            ],
            options={
                'db_table': 'notifications_cap',
                'indexes': [models.Index(fields=['scope', '-from_on', '-id'], name='cap_in_force')],
            },
        ),
    ]
