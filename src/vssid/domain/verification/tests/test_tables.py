"""The room took its tables over from accounts: nothing in the database changes."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.django_db
TAKING_OVER = [
    ("verification", "0001_take_over_codes_and_limits"),
    ("accounts", "0030_leave_codes_and_limits_to_verification"),
]


def statements(*names: tuple[str, str]) -> list[str]:
    """What these migrations ask of the database."""
    loader = MigrationExecutor(connection).loader
    lines = loader.collect_sql([(loader.graph.nodes[name], False) for name in names])
    return [line for line in lines if not line.startswith("--")]


def test_taking_codes_and_limits_over_asks_nothing_of_the_database():
    assert statements(("accounts", "0025_count_texts"))
    assert statements(*TAKING_OVER) == []
