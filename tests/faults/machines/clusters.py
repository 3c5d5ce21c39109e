"""Clusters of a test's own, copied from one made once: `initdb` and all migrations take seconds each.

Copies have the same system identifier, so what tells an installation from its copy takes them for one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.environment import ROOT
from tests.runner.database import _lock, _migrations_digest
from vssid.infra.embedded import clusters, postgres

SHELF = ROOT / ".cache"


def lay_empty(data: Path) -> None:
    """A cluster without a database of ours at `data`; nothing where there is one."""
    _lay("empty", data)


def lay_migrated(data: Path) -> None:
    """A cluster with the migrated database `vssid`; nothing where there is one."""
    _lay("migrated", data)


def _lay(kind: str, data: Path) -> None:
    if data.exists():
        return
    subprocess.run(["cp", "--archive", "--reflink=auto", _original(kind), data], check=True)


def _original(kind: str) -> Path:
    """The cluster that copies are made of, for this version and these migrations; those of others go."""
    stem = f"pg-{kind}-{os.geteuid()}"
    made = SHELF / f"{stem}-{clusters.version()}-{_migrations_digest()}"
    with _lock(f"{stem}.template"):
        if not made.is_dir():
            for old in SHELF.glob(f"{stem}-*"):  # of other migrations, or stopped while it was made
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            making = SHELF / f"{stem}-making"
            _make(kind, making)
            making.rename(made)
    return made


def _make(kind: str, data: Path) -> None:
    server = postgres.start(data, settings=postgres.THROWAWAY)
    try:
        if kind == "migrated":
            postgres.ensure_database(server, "vssid")
            migrate = [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"]
            own = {"VSSID_DATABASE_URL": server.url(), "PYTHONPATH": str(ROOT / "src")}
            subprocess.run(migrate, env=os.environ | own, check=True)
    finally:
        postgres.stop(data)
