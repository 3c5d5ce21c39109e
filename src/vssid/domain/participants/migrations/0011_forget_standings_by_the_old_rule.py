"""What was counted called months late before their last legal day; the job counts anew within minutes."""

from django.db import migrations

FORGET = "DELETE FROM participants_employer_standing; DELETE FROM participants_standing_count"


class Migration(migrations.Migration):

    dependencies = [
        ('participants', '0010_add_paying_cycle'),
    ]

    operations = [
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
