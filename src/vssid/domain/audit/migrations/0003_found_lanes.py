from django.db import migrations

from vssid.domain.audit import lanes
from vssid.infra.database import clock


def lay(apps, schema_editor):
    """Events are marked from here on; what came before is held by the hash where each lane ends now."""
    lanes.lay(now=clock.of_database(), model=apps.get_model("audit", "Lane"))


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_add_mac")]
    operations = [migrations.RunPython(lay, migrations.RunPython.noop)]
