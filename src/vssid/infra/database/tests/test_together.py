"""Reads that are asked together give what they give one by one, and wait for the database once a round."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import DataError, connection, transaction

from tests.making.registrations import make_office
from vssid.infra.database import prepared
from vssid.infra.database.kept import Query, given
from vssid.infra.database.prepared import at_once
from vssid.infra.database.together import MOST_ROUNDS, Read

pytestmark = pytest.mark.django_db
Office: Any = apps.get_model("offices", "Office")
NAMES: Query[str] = Query(lambda: Office.objects.filter(code=given("code")).values_list("name", flat=True))
BELOW: Query[str] = Query(
    lambda: Office.objects.filter(parent_id=given("above")).order_by("code").values_list("code", flat=True)
)


@pytest.fixture(autouse=True)
def three_offices() -> None:
    for code, parent in {"03100": None, "03101": "03100", "03102": "03100"}.items():
        make_office(code, f"Nơi {code}")
        Office.objects.filter(code=code).update(parent_id=parent)
    BELOW.rows(above="03101")  # what is done once for a connection
    NAMES.rows(code="03101")


@contextmanager
def rounds(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many statements went to the database, each time something did."""
    seen: list[int] = []
    alone, together = prepared._run, prepared._run_together

    def counted_alone(*asked: Any) -> Any:
        seen.append(1)
        return alone(*asked)

    def counted_together(asked: Any) -> Any:
        seen.append(len(asked))
        return together(asked)

    with monkeypatch.context() as patch:
        patch.setattr(prepared, "_run", counted_alone)
        patch.setattr(prepared, "_run_together", counted_together)
        yield seen


def name(code: str) -> str:
    return NAMES.rows(code=code)[0]


def test_independent_reads_are_one_round(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, below = (
        Read(lambda: name("03101")),
        Read(lambda: name("03102")),
        Read(lambda: BELOW.rows(above="03100")),
    )
    with rounds(monkeypatch) as seen:
        at_once(one, other, below)
    assert (one.value, other.value, below.value) == ("Nơi 03101", "Nơi 03102", ["03101", "03102"])
    assert seen == [3]


def test_what_one_read_asks_by_its_own_answers_comes_in_the_next_round(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = Read(lambda: [name(code) for code in BELOW.rows(above="03100")])
    head = Read(lambda: name("03100"))
    with rounds(monkeypatch) as seen:
        at_once(names, head)
    assert seen == [2, 1, 1]
    assert names.value == ["Nơi 03101", "Nơi 03102"]
    assert head.value == "Nơi 03100"


def test_reads_within_reads_are_gathered_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def both() -> list[str]:
        inner = [Read(lambda: name("03101")), Read(lambda: name("03102"))]
        at_once(*inner)
        return [read.value for read in inner]

    pair, head = Read(both), Read(lambda: name("03100"))
    with rounds(monkeypatch) as seen:
        at_once(pair, head)
    assert (pair.value, head.value) == (["Nơi 03101", "Nơi 03102"], "Nơi 03100")
    assert seen == [3]


def test_the_same_statement_with_the_same_values_is_asked_once(
    django_assert_num_queries: Any,
) -> None:
    twice = [Read(lambda: name("03101")), Read(lambda: name("03101"))]
    with django_assert_num_queries(1):
        at_once(*twice)
    assert twice[0].value == twice[1].value == "Nơi 03101"


def test_they_see_what_the_transaction_wrote() -> None:
    with transaction.atomic():
        Office.objects.filter(code="03101").update(name="Khác")
        one, other = Read(lambda: name("03101")), Read(lambda: name("03102"))
        at_once(one, other)
    assert (one.value, other.value) == ("Khác", "Nơi 03102")


def test_what_the_database_refuses_is_an_error_of_djangos_and_the_connection_goes_on() -> None:
    def broken() -> Any:
        return prepared.texts("SELECT %(text)s::text::int", {"text": "không"})

    with pytest.raises(DataError), transaction.atomic():
        at_once(Read(broken), Read(lambda: name("03101")))
    assert name("03101") == "Nơi 03101"


def test_a_read_that_fails_by_itself_says_so() -> None:
    def refused() -> str:
        raise LookupError(name("03101"))

    with pytest.raises(LookupError, match="Nơi 03101"):
        at_once(Read(refused), Read(lambda: name("03102")))
    assert name("03102") == "Nơi 03102"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE offices_office SET name = 'x' RETURNING code",
        "WITH gone AS (DELETE FROM offices_office RETURNING code) SELECT code FROM gone",
    ],
)
def test_what_writes_is_refused_before_it_is_sent(statement: str) -> None:
    with pytest.raises(RuntimeError, match="does not read"):
        at_once(Read(lambda: prepared.texts(statement, {})))
    assert name("03101") == "Nơi 03101"


@pytest.mark.django_db(transaction=True)
def test_a_column_that_changed_its_type_meanwhile_is_read_anew() -> None:
    statement = "SELECT what FROM changing WHERE what = %(what)s"
    reads: list[list[Read[Any]]] = [
        [Read(lambda: prepared.texts(statement, {"what": "a"})), Read(lambda: name("03101"))]
        for _before_and_after in range(2)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE changing (what varchar(10)); INSERT INTO changing VALUES ('a')"
        )
        at_once(*reads[0])
        cursor.execute("ALTER TABLE changing ALTER COLUMN what TYPE varchar(20)")
        at_once(*reads[1])
        cursor.execute("DROP TABLE changing")
    assert [read.value for read in reads[1]] == [[("a",)], "Nơi 03101"]


def test_one_that_asks_something_else_each_time_is_no_read() -> None:
    asked: list[int] = []

    def restless() -> Any:
        asked.append(1)
        return prepared.texts("SELECT %(n)s", {"n": len(asked)})

    with pytest.raises(RuntimeError):
        at_once(Read(restless))
    assert len(asked) == MOST_ROUNDS
    assert connection.is_usable()
