"""No wait for the database is without a limit, whoever waits."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django.utils import connector_params

from tests.faults.machines import network
from vssid.config import short_path
from vssid.infra.database import limits, patience
from vssid.infra.database.prepared import Prepared, Unavailable
from vssid.infra.embedded.postgres import SOCKET_NAME

pytestmark = [pytest.mark.django_db, pytest.mark.faults]
GIVEN_UP = 30  # seconds in which a limit of one or two must have been kept, however busy the machine
# As docs/operations/database.md tells it: to connect, to notice a silent peer, and a link that is cut.
AS_TOLD = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


@pytest.fixture
def wire(monkeypatch):
    """A network that is whole, and limits short enough for a test."""
    folder = connection.settings_dict["HOST"]
    monkeypatch.setattr(patience.Connection, "patience", 1.0)
    monkeypatch.setattr(patience.AsyncConnection, "patience", 1.0)
    if not folder.startswith("/"):
        pytest.skip("the test server has no socket here")
    with network.before(Path(folder) / SOCKET_NAME) as relay:
        yield relay


def through(wire: network.Network, parameters: dict[str, Any]) -> dict[str, Any]:
    return parameters | {"host": "127.0.0.1", "port": wire.port}


def gives_up(wait: Callable[[], object]) -> BaseException | None:
    """What ended the wait; fails when nothing did."""
    ended: list[BaseException | None] = []

    def run() -> None:
        try:
            wait()
            ended.append(None)
        except BaseException as error:  # the test looks at it
            ended.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(GIVEN_UP)
    assert ended, "it still waits"
    return ended[0]


def test_an_answer_that_never_comes_ends_the_wait_and_the_connection(wire):
    link = patience.Connection.connect(**through(wire, short_path.connection_parameters()))
    wire.swallows = True
    assert isinstance(gives_up(lambda: link.execute("SELECT 1")), patience.NoAnswer)
    assert link.closed


def test_a_copy_and_a_commit_do_not_wait_for_ever_either(wire):
    link = patience.Connection.connect(**through(wire, short_path.connection_parameters()))
    link.execute("CREATE TEMP TABLE here (a int)")
    wire.swallows = True
    assert isinstance(gives_up(link.commit), psycopg.OperationalError)


def test_the_prepared_reads_do_not_wait_for_ever(wire):
    reads = Prepared(through(wire, short_path.connection_parameters()))
    assert reads.row("SELECT %(one)s::int", {"one": 1}) == (1,)
    wire.swallows = True
    assert isinstance(gives_up(lambda: reads.row("SELECT %(one)s::int", {"one": 1})), Unavailable)


def test_a_server_that_takes_the_connection_and_says_nothing_is_given_up(wire):
    wire.swallows = True
    parameters = through(wire, short_path.connection_parameters()) | {"connect_timeout": 2}
    assert isinstance(gives_up(lambda: patience.Connection.connect(**parameters)), psycopg.OperationalError)


def test_the_workers_own_connections_do_not_wait_for_ever(wire):
    async def ask() -> None:
        async with (
            patience.pool(kwargs=through(wire, connector_params()), min_size=1, open=False) as pool,
            pool.connection() as link,
        ):
            await link.execute("SELECT 1")
            wire.swallows = True
            await link.execute("SELECT 1")

    assert isinstance(gives_up(lambda: asyncio.run(ask())), patience.NoAnswer)


def test_work_that_rightly_takes_long_is_not_cut(monkeypatch):
    connection.ensure_connection()
    monkeypatch.setattr(connection.connection, "patience", 0.2)
    with patience.unhurried() as cursor:
        cursor.execute("SELECT pg_sleep(0.6)::text, current_setting('statement_timeout')")
        assert cursor.fetchone() == ("", "0")
    assert connection.connection.patience == 0.2


@pytest.mark.parametrize("parameters", [short_path.connection_parameters, connector_params])
def test_every_connection_has_all_limits(parameters):
    given = parameters()
    assert {name: given.get(name) for name in AS_TOLD} == AS_TOLD == limits.CLIENT
    with psycopg.connect(**{k: v for k, v in given.items() if k not in short_path.DJANGOS_OWN}) as link:
        server_settings = dict(
            link.execute("SELECT name, setting::int FROM pg_settings WHERE name LIKE '%_timeout'")
        )
    assert server_settings["statement_timeout"] == 15_000
    assert server_settings["lock_timeout"] == 5_000
    assert "idle_in_transaction_session_timeout=60s" in given["options"]


def test_of_several_hosts_the_one_that_answers_is_used(wire):
    with network.before(Path("/nowhere")) as lost:
        parameters = short_path.connection_parameters() | {
            "host": "127.0.0.1,127.0.0.1",
            "port": f"{lost.port},{wire.port}",
        }
        link = patience.Connection.connect(**parameters)
    assert link.execute("SELECT 1").fetchone() == (1,)
    link.close()
