"""What every test run needs before Django reads its settings; the fixtures are in tests/database.py."""

import tests.environment  # noqa: F401  (sets the environment; must come first)

pytest_plugins = ["tests.database"]


def pytest_configure() -> None:
    """Read the settings now, so that pytest-django, whose turn comes after, sets Django up."""
    from django.conf import settings

    assert settings.DATABASES
