"""A day does not take along what was decided there; the database's own constraint says so already."""

import django.db.models.deletion
from django.db import migrations, models


def of_day():
    return models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name='+',
        to='employers.registrationday',
    )


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0020_find_invitee_by_draft'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(model_name='daydevice', name='day', field=of_day()),
                migrations.AlterField(model_name='sitedecision', name='day', field=of_day()),
            ],
        ),
    ]
