
import django.db.models.deletion
import vssid.domain.registration.states
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('offices', '0001_create_office'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('office_code', models.CharField(max_length=5)),
                ('year', models.SmallIntegerField()),
                ('last', models.IntegerField(default=0)),
                ('pk', models.CompositePrimaryKey('office_code', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'db_table': 'registration_counter',
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('subject_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('sealed', models.BinaryField(null=True)),
                ('resume_fingerprint', models.BinaryField(db_index=True, null=True)),
                ('corrects_id', models.BigIntegerField(null=True, unique=True)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'registration_draft',
            },
        ),
        migrations.CreateModel(
            name='Holder',
            fields=[
                ('subject_id', models.BigIntegerField()),
                ('secret_hash', models.BinaryField()),
                ('created_at', models.DateTimeField()),
                ('proved_phone', models.BinaryField(null=True)),
                ('pk', models.CompositePrimaryKey('subject_id', 'secret_hash', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'db_table': 'registration_holder',
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('state', models.CharField(max_length=10)),
                ('bhxh_code', models.CharField(max_length=12)),
                ('person_id', models.BigIntegerField(null=True)),
                ('full_name', models.CharField(max_length=100)),
                ('name_folded', models.CharField(max_length=100)),
                ('lookup_fingerprint', models.BinaryField()),
                ('sealed', models.BinaryField()),
                ('findings', models.JSONField(default=list)),
                ('corrects_id', models.BigIntegerField(null=True)),
                ('submitted_at', models.DateTimeField()),
                ('due_on', models.DateField()),
                ('due_at', models.DateTimeField()),
                ('reminded', models.SmallIntegerField(null=True)),
                ('form_received_at', models.DateTimeField(null=True)),
                ('form_received_by', models.CharField(blank=True, max_length=120)),
                ('original_seen_at', models.DateTimeField(null=True)),
                ('original_seen_by', models.CharField(blank=True, max_length=120)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, max_length=120)),
                ('reasons', models.JSONField(default=list)),
                ('reason_text', models.CharField(blank=True, max_length=1000)),
                ('images_erased_at', models.DateTimeField(null=True)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'db_table': 'registration_application',
                'indexes': [models.Index(fields=['office', 'state', 'due_at'], name='registration_queue'), models.Index(condition=models.Q(('state', vssid.domain.registration.states.State['SUBMITTED'])), fields=['due_at'], name='registration_due'), models.Index(condition=models.Q(('closed_at__isnull', False), ('images_erased_at__isnull', True)), fields=['closed_at'], name='registration_retention')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [vssid.domain.registration.states.State['APPROVED'], vssid.domain.registration.states.State['EXPIRED'], vssid.domain.registration.states.State['RECEIVED'], vssid.domain.registration.states.State['REFUSED'], vssid.domain.registration.states.State['SUBMITTED'], vssid.domain.registration.states.State['WITHDRAWN']])), name='registration_application_state'), models.UniqueConstraint(condition=models.Q(('state__in', [vssid.domain.registration.states.State['RECEIVED'], vssid.domain.registration.states.State['SUBMITTED']])), fields=('bhxh_code',), name='registration_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state__in', [vssid.domain.registration.states.State['RECEIVED'], vssid.domain.registration.states.State['SUBMITTED']])), models.Q(('closed_at__isnull', False), ('state__in', [vssid.domain.registration.states.State['APPROVED'], vssid.domain.registration.states.State['EXPIRED'], vssid.domain.registration.states.State['REFUSED'], vssid.domain.registration.states.State['WITHDRAWN']])), _connector='OR'), name='registration_closed_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', vssid.domain.registration.states.State['APPROVED']), _negated=True), models.Q(('form_received_at__isnull', False), ('original_seen_at__isnull', False), ('person_id__isnull', False)), _connector='OR'), name='registration_approved_needs')],
            },
        ),
    ]
