"""Where a workload runs: an embedded PostgreSQL, a database in it, and processes that see that database."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from vssid.infra.embedded import postgres

ROOT = Path(__file__).resolve().parents[1]
MIGRATED = "vssid"  # nothing but migrated: each workload works in a copy of it


@dataclass(frozen=True)
class Place:
    """A database and the data folder beside it."""

    server: postgres.Server
    name: str
    folder: Path

    def environment(self) -> dict[str, str]:
        """For a process that works here; the secrets are those of the whole run."""
        return os.environ | {
            "VSSID_DATA": str(self.folder),
            "VSSID_DATABASE_URL": self.server.url(self.name),
            "VSSID_DIE_WITH_PARENT": "1",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        }

    def connect(self) -> Any:
        """A psycopg connection of our own, beside Django's; each statement is a transaction."""
        return psycopg.connect(self.server.url(self.name), autocommit=True)

    def python(self, *arguments: str) -> list[str]:
        """The command of a Python process."""
        return [sys.executable, *arguments]


@contextlib.contextmanager
def cluster(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[postgres.Server]:
    """A PostgreSQL of its own below the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    server = postgres.start(folder / "pg", settings=settings, die_with_parent=True)
    try:
        yield server
    finally:
        postgres.stop(folder / "pg", timeout=120)


def prepare(server: postgres.Server, folder: Path, name: str) -> Place:
    """A migrated database of this name, made when it is not there: a copy of one that is migrated once."""
    place = Place(server, name, folder / name)
    place.folder.mkdir(parents=True, exist_ok=True)
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        if not _exists(connection, MIGRATED):
            making = Place(server, f"{MIGRATED}_making", place.folder)
            postgres.ensure_database(server, making.name)
            _migrate(making, "django", "migrate", "--verbosity=0")
            _say(connection, "ALTER DATABASE {} RENAME TO {}", making.name, MIGRATED)
        if not _exists(connection, name):
            _say(connection, "CREATE DATABASE {} TEMPLATE {}", name, MIGRATED)
    _migrate(place, "vssid.cli", "migrate")  # names the installation; brings an older one up to date
    return place


def _exists(connection: Any, database: str) -> bool:
    row = connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone()
    return row is not None


def _say(connection: Any, command: str, *names: str) -> None:
    connection.execute(sql.SQL(command).format(*map(sql.Identifier, names)))


def _migrate(place: Place, *command: str) -> None:
    done = subprocess.run(  # noqa: S603
        place.python("-m", *command),
        env=place.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"migrate: {done.stderr[-1000:]}")


@contextlib.contextmanager
def web(place: Place, workers: int) -> Iterator[int]:
    """The real server on a free port, its log in web.log; gives the port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    command = place.python("-m", "vssid.cli", "serve", "--port", str(port), "--workers", str(workers))
    with (place.folder / "web.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603
            command, stdout=log, stderr=log, env=place.environment() | {"VSSID_LOG_LEVEL": "INFO"}
        )
    try:
        _wait(port, process)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError("the web server does not answer; see web.log")
