"""A row that is there once is found, made, or made again when it was taken away meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import QuerySet

from tests.together import until_somebody_waits
from vssid.infra.database.first_row import TURNS, lock_or_make

NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)


def rows() -> QuerySet[Any]:
    """Of a table whose key is a name, as one room has it."""
    return apps.get_model("notifications", "ProviderFault").objects.filter(provider="a")


def new(reason: str = "new") -> Any:
    return rows().model(provider="a", channel="sms", reason=reason, since=NOW, last_at=NOW)


@pytest.mark.django_db
def test_a_row_that_is_there_is_found():
    new("first").save()
    with transaction.atomic():
        assert lock_or_make(rows(), new).reason == "first"


@pytest.mark.django_db
def test_where_there_is_none_one_is_made():
    with transaction.atomic():
        assert lock_or_make(rows(), new).reason == "new"
    assert rows().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_taken_away_while_somebody_waits_for_it_is_made_again():
    new("first").save()

    def wait() -> str:
        try:
            with transaction.atomic():
                return str(lock_or_make(rows(), new).reason)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            rows().select_for_update().get()
            waiting = pool.submit(wait)
            until_somebody_waits()
            rows().delete()
        assert waiting.result(60) == "new"


@pytest.mark.django_db
def test_a_row_that_never_stays_is_refused_rather_than_asked_for_without_end():
    made: list[Any] = []

    def made_anew() -> Any:
        made.append(new())
        return made[-1]

    with pytest.raises(RuntimeError, match=f"ProviderFault: taken away {TURNS} times"), transaction.atomic():
        lock_or_make(rows().filter(reason="old"), made_anew)
    assert len(made) == TURNS
