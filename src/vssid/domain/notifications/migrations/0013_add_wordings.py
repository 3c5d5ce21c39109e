
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0012_add_caps'),
    ]

    operations = [
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('pk', models.CompositePrimaryKey('kind', 'version', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('version', models.PositiveIntegerField()),
                ('text', models.CharField(max_length=400)),
                ('with_marks', models.BooleanField(default=False)),
                ('taken_back', models.PositiveIntegerField(null=True)),
                ('written_at', models.DateTimeField()),
                ('written_by', models.CharField(max_length=120)),
                ('why', models.CharField(max_length=200)),
            ],
            options={
                'db_table': 'notifications_wording',
                'constraints': [models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='wording_version_from_one')],
            },
        ),
    ]
