from django.db import migrations

from vssid.domain.audit import lanes
from vssid.infra.database import clock


def found(apps, schema_editor):
    """Events are marked from here on; what came before is held by the hash where each lane ends now."""
    lanes.found(now=clock.of_database(), model=apps.get_model("audit", "Lane"))


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_add_mac")]
    operations = [migrations.RunPython(found, migrations.RunPython.noop)]
