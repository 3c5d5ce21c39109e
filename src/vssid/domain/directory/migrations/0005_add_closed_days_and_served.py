import django.contrib.postgres.fields
from django.db import migrations, models

# Lines of places are filled here; the sets of communes are made anew by the next refresh of the index.
FILL = """
UPDATE directory_place place SET served = ARRAY(
    SELECT DISTINCT code FROM unnest(
        ARRAY[place.commune_code] || coalesce(office.communes, '{}') || coalesce(point.area, '{}')) code
    WHERE code <> '' ORDER BY code)
FROM directory_place same
LEFT JOIN offices_office office ON same.kind = 'office' AND office.code = same.code
LEFT JOIN directory_point point ON same.kind = 'point' AND point.code = same.code
WHERE same.kind = place.kind AND same.code = place.code;
UPDATE directory_edition SET number = 0
"""


def days():
    return django.contrib.postgres.fields.ArrayField(models.DateField(), default=list, size=None)


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_order_by_ranks_alone"), ("offices", "0003_add_closed_days")]

    operations = [
        migrations.AddField("facility", "closed_days", days()),
        migrations.AddField("point", "closed_days", days()),
        migrations.AddField("place", "closed_days", days()),
        migrations.AddField(
            "place",
            "served",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(max_length=5), default=list, size=None
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
