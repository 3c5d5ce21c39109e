import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_create_run_and_row_error'),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subject_id', models.BigIntegerField(unique=True)),
                ('office_code', models.CharField(max_length=10)),
                ('actor_id', models.BigIntegerField()),
                ('actor_name', models.CharField(max_length=255)),
                ('kind', models.CharField(max_length=40)),
                ('file_name', models.CharField(max_length=255)),
                ('size', models.BigIntegerField()),
                ('sha256', models.BinaryField()),
                ('sender', models.CharField(blank=True, max_length=100)),
                ('dry_run', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('working', 'Working'), ('done', 'Done'), ('refused', 'Refused'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                ('created_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('blob_key', models.CharField(blank=True, max_length=80)),
                ('phase', models.CharField(blank=True, max_length=20)),
                ('done', models.BigIntegerField(default=0)),
                ('total', models.BigIntegerField(default=0)),
                ('phase_began_at', models.DateTimeField(null=True)),
                ('phase_began_with', models.BigIntegerField(default=0)),
                ('progress_at', models.DateTimeField(null=True)),
                ('refusal', models.JSONField(default=dict)),
                ('error_key', models.CharField(blank=True, max_length=80)),
                ('error_size', models.BigIntegerField(default=0)),
                ('errors_until', models.DateTimeField(null=True)),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='imports.importrun')),
            ],
            options={
                'db_table': 'imports_upload',
                'indexes': [models.Index(fields=['office_code', '-id'], name='imports_upload_office')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'working'])), fields=('office_code', 'kind', 'sha256', 'dry_run'), name='imports_upload_one_open'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'working', 'done', 'refused', 'failed', 'cancelled'])), name='imports_upload_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('state__in', ['waiting', 'working']), models.Q(('blob_key', ''), _negated=True)), models.Q(models.Q(('state__in', ['waiting', 'working']), _negated=True), ('blob_key', ''), ('ended_at__isnull', False)), _connector='OR'), name='imports_upload_file_while_open')],
            },
        ),
    ]
