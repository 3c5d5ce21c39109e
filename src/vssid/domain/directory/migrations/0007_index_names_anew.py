"""Lines of the index whose words are folded otherwise now go; the worker makes them anew within a minute."""

from django.db import migrations

FORGET = (
    "DELETE FROM directory_place WHERE concat(name, ' ', address) "
    "~ '[ÐðƉɖƊɗƀɃƁɓ\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a]'"
)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0006_create_change'),
    ]

    operations = [
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
