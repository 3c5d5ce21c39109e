"""What rooms and doors hand to rooms below them, at start, so that these need not know who lives above.

An installed room or door may have a module of a name given here, with one constant in it; they are found as
jobs and importers are.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from vssid.domain.verification import limits


def hand_in() -> None:
    """Once, when all rooms are there. Refuses to start (ValueError) where two hand in the same name."""
    for rules in _each("limit_rules", "LIMITS"):
        limits.register(rules)


def _each(module: str, name: str) -> Iterator[Any]:
    for config in apps.get_app_configs():
        if config.name.startswith("vssid.") and find_spec(f"{config.name}.{module}"):
            yield getattr(import_module(f"{config.name}.{module}"), name)
