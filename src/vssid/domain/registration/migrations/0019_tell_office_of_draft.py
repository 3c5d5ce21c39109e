"""Which office a draft is for and how far it came, so that what was started can be counted.

Drafts of before tell neither until their next step is kept.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0018_one_walk_in_a_visitor")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="office_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=5),
        ),
        migrations.AddField(
            model_name="draft",
            name="step",
            field=models.CharField(blank=True, db_default="", default="", max_length=12),
        ),
    ]
