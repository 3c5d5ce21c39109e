"""A GET changes nothing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from .urls import Route, routes

pytestmark = [pytest.mark.architecture, pytest.mark.django_db]
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "COPY")
# What a visit leaves behind that is no act of the person: limits that count look-ups, and audit events.
COUNTING_TABLES = ("accounts_throttle", "audit_")


def _plain_public_pages() -> list[Route]:
    return [route for route in routes() if route.access == "public" and "<" not in route.path]


def test_opening_a_public_page_writes_nothing() -> None:
    client = Client()
    for route in _plain_public_pages():
        with Writes() as writes:
            answer = client.get(route.path)
        # No worker beats here and no static files were collected; those doors say so.
        assert answer.status_code < 500 or route.path in {"/workerz", "/readyz"}, route.path
        assert writes.seen == [], route.path


def test_a_stranger_gets_no_page_that_demands_a_role() -> None:
    client = Client()
    for route in routes():
        if route.access in {"citizen", "officer"} and "<" not in route.path:
            answer = client.get(route.path)
            assert answer.status_code in {302, 401, 403, 404, 405}, route.path
            if answer.status_code == 302:
                assert "dang-nhap" in answer["Location"], route.path


class Writes:
    """Statements that write, but to limits and the log of events, while it is open."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __enter__(self) -> Writes:
        self._wrapper = connection.execute_wrapper(self._watch)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *_error: object) -> None:
        self._wrapper.__exit__(None, None, None)

    def _watch(self, execute, sql, params, many, context):
        words = str(sql).lstrip().upper()
        if words.startswith(WRITES) and not any(table.upper() in words for table in COUNTING_TABLES):
            self.seen.append(str(sql)[:120])
        return execute(sql, params, many, context)
