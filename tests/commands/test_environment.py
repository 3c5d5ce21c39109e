"""The ground every other test stands on."""

from pathlib import Path

import pytest
from django.db import connection

from vssid.infra.embedded import postgres


@pytest.mark.django_db
def test_it_runs_on_a_real_migrated_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int, count(*) FROM django_migrations")
        version, migrations = cursor.fetchone()
    assert version >= 160000
    assert migrations > 0


def test_a_data_path_too_long_for_a_socket_gets_a_short_socket_folder(tmp_path: Path) -> None:
    address = postgres.address(tmp_path / ("d" * 120))
    folder = address.split("host=")[1]
    assert len(folder) < 90
