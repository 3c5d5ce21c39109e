
import django.db.models.deletion
import vssid.domain.procedures.models
import vssid.domain.procedures.definition.shapes
import vssid.domain.procedures.states
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('offices', '0001_create_office'),
    ]

    operations = [
        migrations.RunSQL('CREATE SEQUENCE procedures_seq AS bigint', 'DROP SEQUENCE procedures_seq'),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'request_id', 'name', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField()),
                ('request_id', models.BigIntegerField()),
                ('name', models.CharField(max_length=20)),
                ('blob_key', models.CharField(db_index=True, max_length=64)),
                ('stored_at', models.DateTimeField()),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
            ],
            options={
                'db_table': 'procedures_attachment',
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('pk', models.CompositePrimaryKey('office_code', 'year', blank=True, editable=False, primary_key=True, serialize=False)),
                ('office_code', models.CharField(max_length=5)),
                ('year', models.SmallIntegerField()),
                ('last', models.IntegerField(default=0)),
            ],
            options={
                'db_table': 'procedures_counter',
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField()),
                ('id', models.BigIntegerField(db_default=vssid.domain.procedures.models.NextId())),
                ('request_id', models.BigIntegerField()),
                ('move', models.CharField(max_length=10)),
                ('at', models.DateTimeField()),
                ('by_kind', models.CharField(max_length=10)),
                ('by_name', models.CharField(blank=True, max_length=120)),
                ('reasons', models.JSONField(default=list)),
                ('text', models.BinaryField(null=True)),
            ],
            options={
                'db_table': 'procedures_move',
                'indexes': [models.Index(fields=['person_id', 'request_id', 'id'], name='procedures_timeline')],
            },
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField()),
                ('id', models.BigIntegerField(db_default=vssid.domain.procedures.models.NextId())),
                ('kind', models.CharField(max_length=20)),
                ('state', models.CharField(default=vssid.domain.procedures.states.State['DRAFT'], max_length=11)),
                ('version', models.IntegerField(default=0)),
                ('answers', models.BinaryField(null=True)),
                ('number', models.CharField(max_length=20, null=True, unique=True)),
                ('full_name', models.CharField(blank=True, max_length=120)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('moved_by', models.CharField(blank=True, max_length=120)),
                ('closed_at', models.DateTimeField(null=True)),
                ('effective_on', models.DateField(null=True)),
                ('written_at', models.DateTimeField(null=True)),
                ('files_erased_at', models.DateTimeField(null=True)),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'db_table': 'procedures_request',
                'indexes': [models.Index(fields=['office', 'state', 'due_on'], name='procedures_queue'), models.Index(condition=models.Q(('effective_on__isnull', False), ('state', vssid.domain.procedures.states.State['DONE']), ('written_at__isnull', True)), fields=['effective_on'], name='procedures_to_write'), models.Index(condition=models.Q(('files_erased_at__isnull', True), ('state__in', [vssid.domain.procedures.states.State['DRAFT'], vssid.domain.procedures.states.State['DONE'], vssid.domain.procedures.states.State['REFUSED'], vssid.domain.procedures.states.State['WITHDRAWN']])), fields=['updated_at'], name='procedures_retention')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [vssid.domain.procedures.states.State['DONE'], vssid.domain.procedures.states.State['DRAFT'], vssid.domain.procedures.states.State['IN_REVIEW'], vssid.domain.procedures.states.State['MORE_NEEDED'], vssid.domain.procedures.states.State['REFUSED'], vssid.domain.procedures.states.State['SUBMITTED'], vssid.domain.procedures.states.State['WITHDRAWN']])), name='procedures_request_state'), models.CheckConstraint(condition=models.Q(('kind__in', [vssid.domain.procedures.definition.shapes.Kind['CARD_REISSUE'], vssid.domain.procedures.definition.shapes.Kind['DATA_CHANGE'], vssid.domain.procedures.definition.shapes.Kind['FACILITY_CHANGE']])), name='procedures_request_kind'), models.UniqueConstraint(condition=models.Q(('state__in', [vssid.domain.procedures.states.State['DRAFT'], vssid.domain.procedures.states.State['IN_REVIEW'], vssid.domain.procedures.states.State['MORE_NEEDED'], vssid.domain.procedures.states.State['SUBMITTED']])), fields=('person_id', 'kind'), name='procedures_one_open'), models.CheckConstraint(condition=models.Q(('state', vssid.domain.procedures.states.State['DRAFT']), models.Q(('number__isnull', False), ('office__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='procedures_sent_has_number'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', [vssid.domain.procedures.states.State['IN_REVIEW'], vssid.domain.procedures.states.State['SUBMITTED']]), _negated=True), ('due_on__isnull', False), _connector='OR'), name='procedures_due_while_with_office'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', [vssid.domain.procedures.states.State['DONE'], vssid.domain.procedures.states.State['REFUSED'], vssid.domain.procedures.states.State['WITHDRAWN']])), models.Q(('closed_at__isnull', True), ('state__in', [vssid.domain.procedures.states.State['DRAFT'], vssid.domain.procedures.states.State['IN_REVIEW'], vssid.domain.procedures.states.State['MORE_NEEDED'], vssid.domain.procedures.states.State['SUBMITTED']])), _connector='OR'), name='procedures_closed_when')],
            },
        ),
    ]
