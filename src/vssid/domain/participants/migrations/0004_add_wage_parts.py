from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0003_keep_versions'),
    ]

    operations = [
        migrations.AddField(
            model_name='contribution',
            name='area_allowance',
            field=models.DecimalField(decimal_places=2, max_digits=15, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='employer_percent',
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='other_allowance',
            field=models.DecimalField(decimal_places=2, max_digits=15, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='over_scale_percent',
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='position_allowance',
            field=models.DecimalField(decimal_places=2, max_digits=15, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='reelection_allowance',
            field=models.DecimalField(decimal_places=2, max_digits=15, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='salary',
            field=models.DecimalField(decimal_places=2, max_digits=15, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='salary_allowance',
            field=models.DecimalField(decimal_places=2, max_digits=15, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='salary_supplement',
            field=models.DecimalField(decimal_places=2, max_digits=15, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='seniority_percent',
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name='contribution',
            name='worker_percent',
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('position_allowance__isnull', True), ('position_allowance__gte', 0), _connector='OR'), models.Q(('area_allowance__isnull', True), ('area_allowance__gte', 0), _connector='OR'), models.Q(('reelection_allowance__isnull', True), ('reelection_allowance__gte', 0), _connector='OR'), models.Q(('other_allowance__isnull', True), ('other_allowance__gte', 0), _connector='OR'), models.Q(('salary__isnull', True), ('salary__gte', 0), _connector='OR'), models.Q(('salary_allowance__isnull', True), ('salary_allowance__gte', 0), _connector='OR'), models.Q(('salary_supplement__isnull', True), ('salary_supplement__gte', 0), _connector='OR')), name='participants_contribution_parts_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('over_scale_percent__isnull', True), ('over_scale_percent__range', (0, 100)), _connector='OR'), models.Q(('seniority_percent__isnull', True), ('seniority_percent__range', (0, 100)), _connector='OR'), models.Q(('worker_percent__isnull', True), ('worker_percent__range', (0, 100)), _connector='OR'), models.Q(('employer_percent__isnull', True), ('employer_percent__range', (0, 100)), _connector='OR')), name='participants_contribution_percents'),
        ),
    ]
