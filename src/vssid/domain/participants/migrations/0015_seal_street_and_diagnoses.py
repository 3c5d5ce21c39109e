"""Places for sealed diagnoses; the plain columns may be left out by who writes."""

from django.db import migrations, models


def _empty(model: str, field: str, length: int) -> migrations.AlterField:
    return migrations.AlterField(
        model_name=model,
        name=field,
        field=models.CharField(blank=True, db_default='', default='', max_length=length),
    )


def _sealed(model: str, field: str) -> migrations.AddField:
    return migrations.AddField(model_name=model, name=field, field=models.BinaryField(null=True))


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0014_undo_runs'),
    ]

    operations = [
        _empty('person', 'street', 200),
        *(
            operation
            for model in ('visit', 'certificate')
            for operation in (
                _empty(model, 'diagnosis_code', 8),
                _empty(model, 'diagnosis_name', 1000),
                _sealed(model, 'sealed_diagnosis_code'),
                _sealed(model, 'sealed_diagnosis_name'),
            )
        ),
    ]
