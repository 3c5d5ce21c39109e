"""Reasons for approving in spite of doubts, and first approvals that wait for a second officer."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0003_add_closed_days'),
        ('registration', '0014_index_doubles'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='despite',
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name='SecondLook',
            fields=[
                ('application_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('cause', models.CharField(max_length=10)),
                ('is_waiting', models.BooleanField()),
                ('first_by_id', models.BigIntegerField()),
                ('first_by', models.CharField(max_length=120)),
                ('first_at', models.DateTimeField()),
                ('despite', models.JSONField(default=dict)),
                ('returned_at', models.DateTimeField(null=True)),
                ('returned_by', models.CharField(blank=True, max_length=120)),
                ('reasons', models.JSONField(default=list)),
                ('reason_text', models.CharField(blank=True, max_length=1000)),
                (
                    'office',
                    models.ForeignKey(
                        db_index=False,
                        on_delete=models.PROTECT,
                        related_name='+',
                        to='offices.office',
                    ),
                ),
            ],
            options={
                'db_table': 'registration_second_look',
                'indexes': [
                    models.Index(
                        condition=Q(is_waiting=True),
                        fields=['office', 'first_at'],
                        name='registration_second_waiting',
                    )
                ],
            },
        ),
    ]
