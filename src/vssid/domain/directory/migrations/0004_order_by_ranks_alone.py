from django.db import migrations, models

FILL = """
UPDATE directory_rank SET folded = place.folded, weight = place.weight FROM directory_place place
WHERE place.kind = directory_rank.kind AND place.code = directory_rank.code
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0003_keep_sets_of_places")]

    operations = [
        migrations.AddField(
            "rank", "folded", models.CharField(default="", max_length=300), preserve_default=False
        ),
        migrations.AddField("rank", "weight", models.IntegerField(default=0), preserve_default=False),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
