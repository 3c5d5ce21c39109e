
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_allow_data_officers'),
        ('offices', '0001_create_office'),
    ]

    operations = [
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('browser_hash', models.BinaryField(primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=10)),
                ('person_id', models.BigIntegerField(null=True)),
                ('challenge', models.BinaryField()),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'accounts_challenge',
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('secret_hash', models.BinaryField(unique=True)),
                ('purpose', models.CharField(max_length=10)),
                ('channel', models.CharField(max_length=5)),
                ('state', models.CharField(default='open', max_length=10)),
                ('sealed', models.BinaryField()),
                ('person_id', models.BigIntegerField(null=True)),
                ('asks', models.SmallIntegerField(default=1)),
                ('answers', models.SmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'accounts_claim',
            },
        ),
        migrations.CreateModel(
            name='ContactChange',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'kind', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=5)),
                ('sealed', models.BinaryField()),
                ('old_proved_at', models.DateTimeField(null=True)),
                ('new_proved_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'accounts_contact_change',
            },
        ),
        migrations.CreateModel(
            name='CounterRequest',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField()),
                ('id', models.UUIDField()),
                ('kind', models.CharField(max_length=10)),
                ('state', models.CharField(default='open', max_length=10)),
                ('at_desk', models.BooleanField()),
                ('sealed', models.BinaryField(null=True)),
                ('new_proved_at', models.DateTimeField(null=True)),
                ('original_seen_at', models.DateTimeField(null=True)),
                ('original_seen_by', models.CharField(blank=True, max_length=120)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.CharField(blank=True, max_length=120)),
                ('reason', models.CharField(blank=True, max_length=500)),
            ],
            options={
                'db_table': 'accounts_counter_request',
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField()),
                ('id', models.UUIDField()),
                ('credential_id', models.BinaryField()),
                ('public_key', models.BinaryField()),
                ('sign_count', models.BigIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('transports', models.JSONField(default=list)),
                ('created_at', models.DateTimeField()),
                ('last_used_at', models.DateTimeField(null=True)),
                ('suspect_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'accounts_passkey',
            },
        ),
        migrations.CreateModel(
            name='PasskeyOwner',
            fields=[
                ('credential_hash', models.BinaryField(primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField()),
            ],
            options={
                'db_table': 'accounts_passkey_owner',
            },
        ),
        migrations.AddField(
            model_name='account',
            name='close_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='account',
            name='email',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='account',
            name='frozen_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='account',
            index=models.Index(condition=models.Q(('close_at__isnull', False)), fields=['close_at'], name='accounts_account_to_close'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(fields=['expires_at'], name='accounts_claim_over'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('purpose__in', ['reset', 'freeze', 'thaw'])), name='accounts_claim_purpose'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('channel__in', ['sms', 'email'])), name='accounts_claim_channel'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('state__in', ['proved', 'done']), ('person_id__isnull', False)), _connector='OR'), name='accounts_claim_proved_names_person'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('answers__lte', models.F('asks'))), name='accounts_claim_answers'),
        ),
        migrations.AddConstraint(
            model_name='contactchange',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['phone', 'email'])), name='accounts_contact_kind'),
        ),
        migrations.AddField(
            model_name='counterrequest',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office'),
        ),
        migrations.AddIndex(
            model_name='counterrequest',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['office', 'asked_at'], name='accounts_counter_waiting'),
        ),
        migrations.AddConstraint(
            model_name='counterrequest',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['password', 'phone', 'thaw'])), name='accounts_counter_kind'),
        ),
        migrations.AddConstraint(
            model_name='counterrequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['open', 'done', 'refused', 'withdrawn', 'expired'])), name='accounts_counter_state'),
        ),
        migrations.AddConstraint(
            model_name='counterrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('original_seen_at__isnull', False), _connector='OR'), name='accounts_counter_done_saw_original'),
        ),
        migrations.AddConstraint(
            model_name='counterrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), ('kind', 'phone'), _negated=True), ('new_proved_at__isnull', False), _connector='OR'), name='accounts_counter_done_proved_phone'),
        ),
        migrations.AddConstraint(
            model_name='counterrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='accounts_counter_closed_has_time'),
        ),
        migrations.AddConstraint(
            model_name='counterrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('person_id', 'kind', 'office'), name='accounts_counter_one_open'),
        ),
    ]
