import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subject_id', models.BigIntegerField(unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('file_name', models.CharField(max_length=255)),
                ('sha256', models.BinaryField()),
                ('sender', models.CharField(blank=True, max_length=100)),
                ('actor_kind', models.CharField(max_length=20)),
                ('actor_id', models.BigIntegerField(null=True)),
                ('started_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('staging', 'Staging'), ('merging', 'Merging'), ('done', 'Done'), ('stopped', 'Stopped'), ('failed', 'Failed')], default='staging', max_length=10)),
                ('dry_run', models.BooleanField(default=False)),
                ('sealed_key', models.BinaryField(null=True)),
                ('merged_to_line', models.BigIntegerField(default=0)),
                ('rows_read', models.BigIntegerField(default=0)),
                ('rows_new', models.BigIntegerField(default=0)),
                ('rows_changed', models.BigIntegerField(default=0)),
                ('rows_same', models.BigIntegerField(default=0)),
                ('rows_refused', models.BigIntegerField(default=0)),
                ('error_file', models.TextField(blank=True)),
            ],
            options={
                'db_table': 'imports_run',
                'indexes': [models.Index(fields=['kind', '-started_at'], name='imports_run_kind')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['staging', 'merging', 'done', 'stopped', 'failed'])), name='imports_run_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('ended_at__isnull', False), _connector='OR'), name='imports_run_done_has_end')],
            },
        ),
        migrations.CreateModel(
            name='RowError',
            fields=[
                ('pk', models.CompositePrimaryKey('run', 'line', 'field', 'code', blank=True, editable=False, primary_key=True, serialize=False)),
                ('line', models.BigIntegerField()),
                ('field', models.CharField(max_length=40)),
                ('code', models.CharField(max_length=40)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='imports.importrun')),
            ],
            options={
                'db_table': 'imports_row_error',
            },
        ),
    ]
