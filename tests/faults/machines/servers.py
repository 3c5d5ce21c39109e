"""PostgreSQL servers of a test's own: a standby, one that can be stopped, an old one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections
from django.db.utils import load_backend

from tests.faults.machines import clusters
from vssid.config import database
from vssid.infra.embedded import postgres


@contextmanager
def running(data: Path) -> Iterator[postgres.Server]:
    """A new server, stopped at the end."""
    clusters.lay_empty(data)
    server = postgres.start(data, settings=postgres.THROWAWAY)
    try:
        yield server
    finally:
        postgres.stop(data)


@contextmanager
def standby(folder: Path) -> Iterator[postgres.Server]:
    """A server that only reads until it is promoted, as a standby that lost its primary."""
    folder.mkdir()
    folder.chmod(0o755)
    with running(folder / "was"):
        pass
    shutil.copytree(folder / "was", folder / "standby", copy_function=_copy)
    shutil.copystat(folder / "was", folder / "standby")
    _own_like(folder / "was", folder / "standby")
    signal = folder / "standby" / "standby.signal"
    signal.touch()
    shutil.chown(signal, (folder / "was").stat().st_uid, (folder / "was").stat().st_gid)
    with running(folder / "standby") as server:
        yield server


def _copy(source: str, target: str) -> str:
    return str(shutil.copy2(source, target))


def _own_like(source: Path, target: Path) -> None:
    user, group = source.stat().st_uid, source.stat().st_gid
    for path in [target, *target.rglob("*")]:
        shutil.chown(path, user, group)


@contextmanager
def used(url: str) -> Iterator[Any]:
    """Django's connection leads to another server for a while; the tests' own connection rests meanwhile."""
    ours = connections["default"]
    settings = {**ours.settings_dict, **database.settings(url)}
    other = load_backend("vssid.infra.database").DatabaseWrapper(settings, "default")
    connections["default"] = other
    try:
        yield other
    finally:
        other.close()
        connections["default"] = ours
