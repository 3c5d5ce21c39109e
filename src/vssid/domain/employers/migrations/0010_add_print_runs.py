"""PDFs of many forms that an employer had made."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0009_add_campaigns'),
    ]

    operations = [
        migrations.CreateModel(
            name='PrintLine',
            fields=[
                ('pk', models.CompositePrimaryKey('run_id', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('run_id', models.BigIntegerField()),
                ('position', models.IntegerField()),
                ('application_id', models.BigIntegerField()),
                ('is_printed', models.BooleanField(null=True)),
            ],
            options={
                'db_table': 'employers_print_line',
            },
        ),
        migrations.CreateModel(
            name='PrintPart',
            fields=[
                ('pk', models.CompositePrimaryKey('run_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('run_id', models.BigIntegerField()),
                ('number', models.IntegerField()),
                ('blob_key', models.CharField(blank=True, max_length=64)),
                ('size', models.BigIntegerField()),
            ],
            options={
                'db_table': 'employers_print_part',
            },
        ),
        migrations.CreateModel(
            name='PrintRun',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('subject_id', models.BigIntegerField(unique=True)),
                ('employer_code', models.CharField(max_length=7)),
                ('handover_id', models.BigIntegerField(null=True)),
                ('state', models.CharField(choices=[('making', 'Making'), ('ready', 'Ready'), ('gone', 'Gone')], max_length=6)),
                ('why', models.CharField(blank=True, max_length=10)),
                ('total', models.IntegerField()),
                ('done', models.IntegerField(default=0)),
                ('left_out', models.IntegerField(default=0)),
                ('tries', models.SmallIntegerField(default=0)),
                ('blob_key', models.CharField(blank=True, max_length=64)),
                ('size', models.BigIntegerField(default=0)),
                ('by_id', models.BigIntegerField()),
                ('by_name', models.CharField(max_length=120)),
                ('seat_id', models.BigIntegerField(null=True)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'employers_print_run',
                'indexes': [models.Index(fields=['employer_code', '-id'], name='employers_print_run_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['making', 'ready', 'gone'])), name='employers_print_run_state'), models.UniqueConstraint(condition=models.Q(('state', 'making')), fields=('employer_code',), name='employers_print_run_one')],
            },
        ),
    ]
