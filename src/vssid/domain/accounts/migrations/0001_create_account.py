
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('offices', '0001_create_office'),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('person_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=10)),
                ('login', models.CharField(max_length=40)),
                ('display_name', models.CharField(max_length=255)),
                ('password', models.CharField(max_length=200)),
                ('activation_expires_at', models.DateTimeField(null=True)),
                ('phone', models.BinaryField(null=True)),
                ('created_at', models.DateTimeField()),
                ('last_sign_in_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'accounts_account',
            },
        ),
        migrations.CreateModel(
            name='LoginName',
            fields=[
                ('name', models.CharField(max_length=70, primary_key=True, serialize=False)),
                ('person_id', models.BigIntegerField()),
            ],
            options={
                'db_table': 'accounts_login_name',
            },
        ),
        migrations.CreateModel(
            name='PhoneCode',
            fields=[
                ('subject_id', models.BigIntegerField()),
                ('purpose', models.CharField(max_length=30)),
                ('code_hash', models.BinaryField()),
                ('phone_fingerprint', models.BinaryField()),
                ('issued_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('tries', models.SmallIntegerField(default=0)),
                ('pk', models.CompositePrimaryKey('subject_id', 'purpose', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'db_table': 'accounts_phone_code',
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.UUIDField()),
                ('person_id', models.BigIntegerField()),
                ('secret_hash', models.BinaryField()),
                ('previous_hash', models.BinaryField(null=True)),
                ('created_at', models.DateTimeField()),
                ('rotated_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('device', models.CharField(blank=True, max_length=80)),
                ('pk', models.CompositePrimaryKey('person_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'db_table': 'accounts_session',
            },
        ),
        migrations.CreateModel(
            name='Throttle',
            fields=[
                ('key', models.BinaryField(primary_key=True, serialize=False)),
                ('count', models.IntegerField(default=0)),
                ('level', models.SmallIntegerField(default=0)),
                ('window_start', models.DateTimeField()),
                ('blocked_until', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'accounts_throttle',
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='accounts.account')),
                ('role', models.CharField(default='officer', max_length=20)),
            ],
            options={
                'db_table': 'accounts_post',
            },
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['citizen', 'staff'])), name='accounts_account_kind'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('password__startswith', 'argon2$argon2id$')), name='accounts_account_argon2id'),
        ),
        migrations.AddField(
            model_name='post',
            name='office',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['officer'])), name='accounts_post_role'),
        ),
    ]
