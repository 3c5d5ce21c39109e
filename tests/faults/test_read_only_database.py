"""A server that only reads is not ready, and is not kept."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from django.db import InternalError, OperationalError
from django.test import Client
from psycopg_pool import PoolTimeout

from tests.faults.machines import servers
from vssid.infra.database import away, patience, start

pytestmark = pytest.mark.faults


@pytest.fixture(autouse=True)
def unguarded(django_db_blocker):
    """These tests have servers of their own and leave the shared one alone."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def standby(ground):
    with servers.standby(ground / "one") as server:
        yield server


@pytest.fixture
def kept(standby, monkeypatch):
    """Django, with a connection to the standby that it opened without asking what it can do."""
    with servers.used(standby.url("postgres")) as opened:
        opened.settings_dict["OPTIONS"]["target_session_attrs"] = "any"
        opened.ensure_connection()
        yield opened


def test_the_house_does_not_connect_to_a_standby(standby):
    with servers.used(standby.url("postgres")), pytest.raises(start.Unfit) as unfit:
        start.look()
    assert unfit.value.code == "read_only"


def test_a_standby_behind_an_open_connection_is_not_ready(kept):
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] is False
    assert kept.connection is None


def test_a_start_on_a_standby_is_refused_also_when_something_between_hid_it(kept):
    with pytest.raises(start.Unfit) as unfit:
        start.look()
    assert unfit.value.code == "read_only"


def test_a_connection_that_answered_25006_is_not_used_again(kept):
    with kept.cursor() as cursor, pytest.raises(InternalError) as refused:
        cursor.execute("CREATE TABLE nothing (a int)")
    assert away.is_away(refused.value)
    kept.close_if_unusable_or_obsolete()
    assert kept.connection is None


def test_a_connection_that_reads_only_is_let_go_before_a_request_uses_it(kept):
    kept.close_if_unusable_or_obsolete()  # what Django does as a request begins
    kept.settings_dict["OPTIONS"]["target_session_attrs"] = "read-write"
    with pytest.raises(OperationalError), kept.cursor() as cursor:
        cursor.execute("SELECT 1")


def test_the_workers_pool_gives_out_no_connection_that_only_reads(kept):
    parameters = kept.get_connection_params()
    for name in ("cursor_factory", "context"):
        parameters.pop(name)

    async def ask() -> None:
        async with (
            patience.pool(kwargs=parameters, min_size=1, open=False) as pool,
            pool.connection(timeout=1),
        ):
            pass

    with pytest.raises(PoolTimeout):
        asyncio.run(ask())


def test_once_promoted_it_is_used(ground):
    with (
        servers.standby(ground / "two") as server,
        servers.used(server.url("postgres")) as ours,
    ):
        with pytest.raises(OperationalError):
            ours.ensure_connection()
        with psycopg.connect(server.url("postgres"), autocommit=True) as link:
            link.execute("SELECT pg_promote()")
        assert Client().get("/readyz").json()["checks"]["database"] is True


@pytest.mark.django_db
def test_a_server_that_was_told_to_only_read_is_not_ready():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
    assert Client().get("/readyz").status_code == 503


@pytest.mark.parametrize("door", ["/healthz", "/readyz", "/metrics"])
def test_the_doors_of_machines_answer_with_the_database_away(door, tmp_path):
    client = Client(raise_request_exception=False)
    client.cookies["vssid-session"] = f"7.{'0' * 32}.secret"
    with servers.used(f"postgresql://postgres@/n?host={tmp_path}"):
        answer = client.get(door)
    assert answer.status_code == (503 if door == "/readyz" else 200)
    if door == "/metrics":
        assert b"vssid_database_up 0.0" in answer.content
