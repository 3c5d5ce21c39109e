"""The phone of the desk where a post is reached: a column with a default of the database's, so that processes of the
version before go on writing posts.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0042_validate_kinds_of_accounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="post",
            name="phone",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
    ]
