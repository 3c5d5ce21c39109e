"""What every test run needs before Django reads its settings; fixtures: tests/runner/database.py."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

import tests.environment  # noqa: F401  (sets the environment; must come first)

pytest_plugins = [
    "tests.runner.again",
    "tests.runner.database",
    "tests.runner.emptying",
    "tests.runner.order",
    "tests.runner.snapshots",
]


def pytest_configure() -> None:
    """Read the settings now, so that pytest-django, whose turn comes after, sets Django up."""
    # A busy machine is no fault of a property: what examples take is not judged.
    settings.register_profile("vssid", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("vssid")
    from django.conf import settings as django

    from vssid.infra import outside

    # Workers inherit the environment of the process that started them, but a sweep of one must not meet the
    # files of another: their rows are in its own database.
    outside.refuses = True
    django.PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]
    django.BLOBS_URL = f"{django.BLOBS_URL}/{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
