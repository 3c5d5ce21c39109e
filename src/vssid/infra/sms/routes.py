"""The gateways that texts may go by: those of the file of settings, or the single one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings

from .gateway import Gateway


@dataclass(frozen=True, slots=True)
class Route:
    """One gateway as settings have it. `rest`: its part of the texts, points of 100, while all is well."""

    name: str
    rest: int
    sender: str
    gateway: Callable[[], Gateway] = field(repr=False)


def listed(single: Callable[[], Gateway], named: Callable[[str], Gateway]) -> dict[str, Route]:
    """Every route by name; `single` and `named` make the gateways."""
    if not settings.SMS_GATEWAYS:
        return {settings.SMS_GATEWAY: Route(settings.SMS_GATEWAY, 100, settings.SMS_SENDER, single)}
    return {
        name: Route(name, table["weight"], table.get("sender", settings.SMS_SENDER), partial(named, name))
        for name, table in settings.SMS_GATEWAYS.items()
    }
