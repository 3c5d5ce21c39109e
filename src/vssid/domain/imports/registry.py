"""The importers of all rooms: each has IMPORTERS in a module `importers`, found as the jobs are."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from vssid.kernel.errors import DomainError

from .importer import Importer


class UnknownKind(DomainError):
    """No room takes files of this kind. Facts: `kind`."""

    code = "unknown_kind"


def importers() -> dict[str, Importer]:
    """Every kind of file that some installed room takes: kind → importer."""
    by_kind: dict[str, Importer] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("vssid.domain.") and find_spec(f"{config.name}.importers"):
            by_kind |= import_module(f"{config.name}.importers").IMPORTERS
    return by_kind


def importer(kind: str) -> Importer:
    """The importer of one kind. Raises UnknownKind."""
    try:
        return importers()[kind]
    except KeyError:
        raise UnknownKind(kind=kind) from None
