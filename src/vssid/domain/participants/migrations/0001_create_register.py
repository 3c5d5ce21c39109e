import django.db.models.deletion
import vssid.domain.participants.models.participation
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('offices', '0001_create_office'),
    ]

    operations = [
        migrations.RunSQL(
            'CREATE SEQUENCE participants_record_seq AS bigint', 'DROP SEQUENCE participants_record_seq'
        ),
        migrations.CreateModel(
            name='Employer',
            fields=[
                ('code', models.CharField(max_length=7, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('is_synthetic', models.BooleanField(default=False)),
                ('run_id', models.BigIntegerField()),
                ('line', models.BigIntegerField()),
                ('as_of', models.DateTimeField()),
                ('office', models.ForeignKey(db_column='office_code', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'db_table': 'participants_employer',
            },
        ),
        migrations.CreateModel(
            name='Identifier',
            fields=[
                ('pk', models.CompositePrimaryKey('kind', 'key', blank=True, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('bhxh', 'Bhxh'), ('cccd', 'Cccd'), ('cmnd', 'Cmnd'), ('passport', 'Passport')], max_length=8)),
                ('key', models.CharField(max_length=64)),
                ('person_id', models.BigIntegerField(db_index=True)),
            ],
            options={
                'db_table': 'participants_identifier',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('key__regex', '^\\d{10}(\\d{2})?$'), ('kind', 'bhxh')), models.Q(('key__regex', '^[0-9a-f]{64}$'), ('kind__in', ['cccd', 'cmnd', 'passport'])), _connector='OR'), name='participants_identifier_key_form')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('person_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('bhxh_code', models.CharField(max_length=12)),
                ('full_name', models.CharField(max_length=120)),
                ('name_folded', models.CharField(max_length=120)),
                ('birth_date', models.DateField()),
                ('birth_precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], default='day', max_length=5)),
                ('sex', models.SmallIntegerField()),
                ('household_code', models.CharField(blank=True, max_length=20)),
                ('household_relation', models.CharField(blank=True, max_length=2)),
                ('street', models.CharField(blank=True, max_length=200)),
                ('commune_code', models.CharField(blank=True, max_length=5)),
                ('province_code', models.CharField(blank=True, max_length=2)),
                ('places_version', models.CharField(blank=True, max_length=10)),
                ('sealed', models.BinaryField()),
                ('sealed_digest', models.BinaryField()),
                ('run_id', models.BigIntegerField()),
                ('line', models.BigIntegerField()),
                ('as_of', models.DateTimeField()),
                ('office', models.ForeignKey(db_column='office_code', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
            ],
            options={
                'db_table': 'participants_person',
            },
        ),
        migrations.CreateModel(
            name='Coverage',
            fields=[
                ('pk', models.CompositePrimaryKey('person', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.BigIntegerField(db_default=vssid.domain.participants.models.participation.NextId())),
                ('object_code', models.CharField(max_length=2)),
                ('benefit_level', models.CharField(max_length=1)),
                ('card_province', models.CharField(max_length=2)),
                ('facility_code', models.CharField(blank=True, max_length=5)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('five_years_from', models.DateField(null=True)),
                ('living_area', models.CharField(blank=True, max_length=2)),
                ('old_card_number', models.CharField(blank=True, max_length=15)),
                ('issued_on', models.DateField(null=True)),
                ('auto_renews', models.BooleanField(default=False)),
                ('run_id', models.BigIntegerField()),
                ('line', models.BigIntegerField()),
                ('as_of', models.DateTimeField()),
                ('office', models.ForeignKey(db_column='office_code', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offices.office')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='participants.person')),
            ],
            options={
                'db_table': 'participants_coverage',
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('pk', models.CompositePrimaryKey('person', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.BigIntegerField(db_default=vssid.domain.participants.models.participation.NextId())),
                ('scheme', models.CharField(choices=[('bhxh', 'Bhxh'), ('bhtn', 'Bhtn'), ('tnld', 'Tnld')], max_length=4)),
                ('is_voluntary', models.BooleanField(default=False)),
                ('from_month', models.DateField()),
                ('to_month', models.DateField(null=True)),
                ('unpaid_from', models.DateField(null=True)),
                ('job', models.CharField(blank=True, max_length=200)),
                ('workplace', models.CharField(blank=True, max_length=200)),
                ('wage', models.DecimalField(decimal_places=2, max_digits=15, null=True)),
                ('wage_kind', models.CharField(default='wage', max_length=11)),
                ('currency', models.CharField(default='VND', max_length=3)),
                ('run_id', models.BigIntegerField()),
                ('line', models.BigIntegerField()),
                ('as_of', models.DateTimeField()),
                ('employer', models.ForeignKey(db_column='employer_code', db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.employer')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='participants.person')),
            ],
            options={
                'db_table': 'participants_contribution',
            },
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z]{2}[0-9A-Z]{4}[A-Z]$')), name='participants_employer_code_form'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('sex__in', [1, 2, 3])), name='participants_person_sex'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('birth_precision__in', ['day', 'month', 'year'])), name='participants_person_precision'),
        ),
        migrations.AddConstraint(
            model_name='coverage',
            constraint=models.UniqueConstraint(fields=('person', 'valid_from', 'object_code'), name='participants_coverage_natural'),
        ),
        migrations.AddConstraint(
            model_name='coverage',
            constraint=models.CheckConstraint(condition=models.Q(('benefit_level__regex', '^[1-5]$')), name='participants_coverage_level'),
        ),
        migrations.AddConstraint(
            model_name='coverage',
            constraint=models.CheckConstraint(condition=models.Q(('object_code__regex', '^[A-Z]{2}$')), name='participants_coverage_object'),
        ),
        migrations.AddConstraint(
            model_name='coverage',
            constraint=models.CheckConstraint(condition=models.Q(('living_area__in', ['', 'K1', 'K2', 'K3'])), name='participants_coverage_area'),
        ),
        migrations.AddConstraint(
            model_name='coverage',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='participants_coverage_order'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('person', 'scheme', 'from_month', 'employer'), name='participants_contribution_natural', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('scheme__in', ['bhxh', 'bhtn', 'tnld'])), name='participants_contribution_scheme'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('from_month__day', 1), models.Q(('to_month__isnull', True), ('to_month__day', 1), _connector='OR'), models.Q(('unpaid_from__isnull', True), ('unpaid_from__day', 1), _connector='OR')), name='participants_contribution_months'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('to_month__isnull', True), ('to_month__gte', models.F('from_month')), _connector='OR'), models.Q(('unpaid_from__isnull', True), ('unpaid_from__gte', models.F('from_month')), _connector='OR'), models.Q(('unpaid_from__isnull', True), ('to_month__isnull', True), ('unpaid_from__lte', models.F('to_month')), _connector='OR')), name='participants_contribution_order'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('wage__isnull', True), ('wage__gte', 0), _connector='OR'), name='participants_contribution_wage_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('wage_kind__in', ['wage', 'coefficient'])), name='participants_contribution_wage_kind'),
        ),
    ]
