"""Fixtures: a real PostgreSQL with every migration run for real, and fast.

The migrations run once into a template database named by their content; each run (and each xdist
worker) works on its own copy of the template, so several runs at once do not meet.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import IO, Any
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg
import pytest
from psycopg import sql

from tests.environment import OWN_SERVER, ROOT, SERVER_DATA
from vssid.infra.embedded import postgres

RUN = os.environ["VSSID_TEST_RUN"]
_held: list[IO[str]] = []


def _maintenance_url(database: str = "postgres") -> str:
    return urlunsplit(urlsplit(os.environ["VSSID_DATABASE_URL"])._replace(path=f"/{database}"))


@contextmanager
def _lock(name: str) -> Iterator[None]:
    folder = ROOT / ".cache"
    folder.mkdir(exist_ok=True)
    with (folder / name).open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _join_server() -> None:
    """Start the shared server or join it; a shared lock held until the end says "in use"."""
    with _lock("pg-test.users.gate"):
        handle = (ROOT / ".cache" / "pg-test.users").open("a")
        fcntl.flock(handle, fcntl.LOCK_SH)
        _held.append(handle)
        postgres.start(SERVER_DATA, settings=postgres.THROWAWAY | {"max_connections": "300"})


def _leave_server() -> None:
    with _lock("pg-test.users.gate"):
        handle = _held.pop()
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return  # another run still works here
        finally:
            handle.close()
        postgres.stop(SERVER_DATA)


def _migrations_digest() -> str:
    digest = hashlib.sha256(version("procrastinate").encode() + version("django").encode())
    for path in sorted((ROOT / "src").rglob("migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _drop_stale(connection: psycopg.Connection[Any], keep: str) -> None:
    names = [row[0] for row in connection.execute("SELECT datname FROM pg_database")]
    for name in names:
        if name.startswith("vssid_template_") and name != keep:
            stale = True
        elif name.startswith("test_vssid_"):
            stale = not psutil.pid_exists(int(name.split("_")[2]))
        else:
            stale = False
        if stale:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _template() -> str:
    """The name of the migrated template database; made when the migrations changed."""
    name = f"vssid_template_{_migrations_digest()}"
    with _lock("pg-test.template"), psycopg.connect(_maintenance_url(), autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        _drop_stale(connection, keep=name)
        building = "vssid_template_building"
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(building))
        )
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(building)))
        done = subprocess.run(
            [sys.executable, "-m", "django", "migrate", "--verbosity=0", "--skip-checks"],
            env=os.environ
            | {"VSSID_DATABASE_URL": _maintenance_url(building), "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise pytest.UsageError(f"migrate failed:\n{done.stdout}{done.stderr}")
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(name))
        )
    return name


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Point Django at this run's own copy of the template."""
    from django.db import connections

    if OWN_SERVER:
        _join_server()
    settings = connections["default"].settings_dict
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    settings["TEST"]["NAME"] = f"test_vssid_{RUN}" + (f"_{worker}" if worker else "")
    settings["TEST"]["TEMPLATE"] = _template()
    # A test holds its transaction open while the programs it starts work, which may take minutes.
    settings["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0"
    yield
    if OWN_SERVER:
        _leave_server()


@pytest.fixture
def database_url(db: None) -> str:
    """The address of this test's database, for processes that a test starts."""
    from django.db import connection

    return _maintenance_url(str(connection.settings_dict["NAME"]))
