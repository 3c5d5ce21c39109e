"""One outage is told as one, however late those notice who waited in it."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from procrastinate import exceptions
from procrastinate.contrib.django.utils import connector_params
from psycopg_pool import PoolTimeout
from structlog.testing import capture_logs

from vssid.infra.queue.outage import Outage

pytestmark = pytest.mark.django_db


def lost(cause: psycopg.Error) -> exceptions.ConnectorException:
    error = exceptions.ConnectorException()
    error.__cause__ = cause
    return error


def told(*causes: psycopg.Error, pool_seconds: float) -> list[str]:
    """What is logged when these come one after the other, with the database there again."""

    async def nothing() -> None:
        return None

    async def notice() -> None:
        outage = Outage(connector_params(), pool_seconds=pool_seconds, back=nothing)
        for cause in causes:
            assert await outage.over(lost(cause))

    with capture_logs() as logs:
        asyncio.run(notice())
    return [str(line["event"]) for line in logs]


def test_who_waited_for_a_connection_when_it_was_over_begins_no_second_outage():
    ended, waited = psycopg.OperationalError("ended"), PoolTimeout("couldn't get a connection")
    assert told(ended, waited, waited, pool_seconds=60) == ["database_lost", "database_back"]


def test_who_waited_for_a_connection_only_since_then_does():
    ended, waited = psycopg.OperationalError("ended"), PoolTimeout("couldn't get a connection")
    assert told(ended, waited, pool_seconds=0) == ["database_lost", "database_back"] * 2


def test_a_connection_that_breaks_at_once_again_begins_one():
    ended = psycopg.OperationalError("ended")
    assert told(ended, ended, pool_seconds=60) == ["database_lost", "database_back"] * 2
