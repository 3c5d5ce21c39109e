"""PgBouncer between: refused in a sentence where sessions are shared, used where they are not."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg
import pytest

from tests.faults.machines import servers
from tests.ports import free_port
from vssid.cli.database import sentence
from vssid.infra.database import limits, start

# Another version than the installed one can be named.
PGBOUNCER = os.environ.get("VSSID_TEST_PGBOUNCER") or shutil.which("pgbouncer", path="/usr/sbin:/usr/bin")
pytestmark = [
    pytest.mark.faults,
    pytest.mark.pgbouncer,
    pytest.mark.skipif(not PGBOUNCER, reason="no pgbouncer here"),
]


@pytest.fixture(scope="module")
def server(ground):
    with servers.running(ground / "pg") as running:
        yield running


@contextmanager
def pooler(server, ground, mode: str, *more: str) -> Iterator[str]:
    """PgBouncer in a mode; its address."""
    port = free_port()
    (ground / "users").write_text('"postgres" ""\n')
    settings = [
        "[databases]",
        f"postgres = host={server.sockets} dbname=postgres user=postgres",
        "[pgbouncer]",
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =",
        f"pool_mode = {mode}\nauth_type = trust\nauth_file = {ground / 'users'}",
        *more,
    ]
    file = ground / f"{mode}.ini"
    file.write_text("\n".join(settings) + "\n")
    as_whom = ["-u", "nobody"] if server.data.owner() == "nobody" else []
    running = subprocess.Popen([PGBOUNCER, "-q", *as_whom, str(file)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        running.terminate()
        running.wait()


@pytest.fixture(autouse=True)
def unguarded(django_db_blocker):
    """These tests have servers of their own and leave the shared one alone."""
    with django_db_blocker.unblock():
        yield


def refusal(url: str) -> str:
    with servers.used(url), pytest.raises(start.Unfit) as unfit:
        start.look()
    assert "PgBouncer" in sentence(unfit.value)
    return unfit.value.code


@pytest.mark.parametrize("mode", ["transaction", "statement"])
def test_shared_sessions_are_refused(server, ground, mode):
    with pooler(server, ground, mode, "ignore_startup_parameters = options") as url:
        assert refusal(url) == "pooled"


def test_shared_sessions_are_refused_also_where_they_are_lent_in_turn(server, ground):
    """With several sessions at hand, two connections seldom meet the same one."""
    in_turn = ("ignore_startup_parameters = options", "server_round_robin = 1")
    with pooler(server, ground, "transaction", *in_turn) as url:
        with ExitStack() as at_once:
            for _ in range(8):
                at_once.enter_context(psycopg.connect(url)).execute("SELECT 1")
        assert refusal(url) == "pooled"


def test_a_pooler_that_does_not_know_the_limits_is_named(server, ground):
    with pooler(server, ground, "session") as url:
        assert refusal(url) == "pooler_options"


def test_a_pooler_that_drops_the_limits_is_refused_until_the_server_keeps_them(server, ground):
    with pooler(server, ground, "session", "ignore_startup_parameters = options") as url:
        assert refusal(url) == "limit"
        with psycopg.connect(server.url("postgres"), autocommit=True) as link:
            for name, (value, _most) in limits.SERVER.items():
                link.execute(f"ALTER ROLE postgres SET {name} = '{value}'")
    with pooler(server, ground, "session", "ignore_startup_parameters = options") as url, servers.used(url):
        start.look()
