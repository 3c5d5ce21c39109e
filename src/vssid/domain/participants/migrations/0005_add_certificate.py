import django.db.models.deletion
import vssid.domain.participants.models.participation
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0004_add_wage_parts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('pk', models.CompositePrimaryKey('person', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.BigIntegerField(db_default=vssid.domain.participants.models.participation.NextId())),
                ('kind', models.CharField(choices=[('leave', 'Leave'), ('discharge', 'Discharge'), ('birth', 'Birth')], max_length=9)),
                ('number', models.CharField(max_length=50)),
                ('serial', models.CharField(blank=True, max_length=50)),
                ('facility_code', models.CharField(max_length=5)),
                ('issued_on', models.DateField()),
                ('from_date', models.DateField(null=True)),
                ('to_date', models.DateField(null=True)),
                ('days', models.IntegerField(null=True)),
                ('diagnosis_code', models.CharField(blank=True, max_length=8)),
                ('diagnosis_name', models.CharField(blank=True, max_length=1000)),
                ('issued_by', models.CharField(blank=True, max_length=120)),
                ('child_born_on', models.DateField(null=True)),
                ('run_id', models.BigIntegerField()),
                ('line', models.BigIntegerField()),
                ('as_of', models.DateTimeField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='participants.person')),
            ],
            options={
                'db_table': 'participants_certificate',
            },
        ),
        migrations.RemoveConstraint(
            model_name='version',
            name='participants_version_record',
        ),
        migrations.AlterField(
            model_name='version',
            name='record',
            field=models.CharField(choices=[('person', 'Person'), ('contribution', 'Contribution'), ('coverage', 'Coverage'), ('benefit', 'Benefit'), ('visit', 'Visit'), ('certificate', 'Certificate')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('record__in', ['person', 'contribution', 'coverage', 'benefit', 'visit', 'certificate'])), name='participants_version_record'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('person', 'facility_code', 'kind', 'number'), name='participants_certificate_natural'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['leave', 'discharge', 'birth'])), name='participants_certificate_kind'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('to_date__isnull', True), models.Q(('from_date__isnull', False), ('to_date__gte', models.F('from_date'))), _connector='OR'), name='participants_certificate_order'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('days__isnull', True), ('days__gte', 0), _connector='OR'), name='participants_certificate_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('child_born_on__isnull', True), ('kind', 'birth'), _connector='OR'), name='participants_certificate_child'),
        ),
    ]
