"""Versions of texts have their English; who reads which language. No row is rewritten."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0013_add_wordings'),
    ]

    operations = [
        migrations.AddField(
            model_name='wording',
            name='english',
            field=models.CharField(max_length=400, null=True),
        ),
        migrations.CreateModel(
            name='Reader',
            fields=[
                ('subject_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('language', models.CharField(max_length=2)),
                ('chosen_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'notifications_reader',
                'constraints': [
                    models.CheckConstraint(
                        condition=models.Q(('language__in', ('vi', 'en'))), name='reader_language_known'
                    )
                ],
            },
        ),
    ]
