"""A kept query gives what the query itself gives, from a statement that is made and planned once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext

from tests.making.registrations import make_office, make_officer_account
from vssid.infra.database import prepared
from vssid.infra.database.kept import Counts, Query, given

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
OFFICES = {"03100": None, "03101": "03100", "03102": "03100"}


@pytest.fixture(autouse=True)
def three_offices() -> None:
    for code, parent in OFFICES.items():
        make_office(code, f"Nơi {code}")
        Office.objects.filter(code=code).update(parent_id=parent, closed_days=[NOW.date()])


Office: Any = apps.get_model("offices", "Office")
at, codes = given("at"), given("codes")
QUERIES: dict[str, Any] = {
    "rows": lambda at, _codes: Office.objects.filter(code=at),
    "rows with those they name": lambda at, _codes: Office.objects.select_related("parent").filter(code=at),
    "rows with a value": lambda at, _codes: Office.objects.filter(code=at).annotate(above=F("parent_id")),
    "tuples": lambda at, _codes: Office.objects.filter(code=at).values_list("code", "hours", "closed_days"),
    "values": lambda at, _codes: (
        Office.objects.exclude(code=at).order_by("code").values_list("name", flat=True)
    ),
    "sums": lambda _at, _codes: (
        Office.objects.values_list("parent_id").annotate(n=Count("code")).order_by("n")
    ),
    "constants with a percent sign": lambda at, _codes: Office.objects.filter(code=at).exclude(
        name="5 %s 100%"
    ),
}


def plain(row: Any) -> Any:
    """All that a row says."""
    if not hasattr(row, "_state"):
        return row
    parent = row.parent.name if "parent" in row._state.fields_cache else ""
    return {**{name: value for name, value in vars(row).items() if name != "_state"}, "of": parent}


@pytest.mark.parametrize("name", QUERIES)
def test_it_gives_what_the_query_gives(name: str) -> None:
    build = QUERIES[name]
    once = [plain(row) for row in build("03101", [])]
    kept = Query(lambda: build(at, codes))
    assert once
    for _again in range(2):
        assert [plain(row) for row in kept.rows(at="03101")] == once


@pytest.mark.parametrize("number", [10**20, -(10**20)])
def test_a_number_too_large_for_the_database_is_no_rows_number(number: int) -> None:
    """As in the query itself, which finds nothing; `lt` and `gt` go on to say what they say."""
    officer, people = make_officer_account(), apps.get_model("accounts", "Account").objects
    assert Query(lambda: people.filter(person_id=given("number"))).rows(number=number) == []
    assert Query(lambda: people.filter(person_id__any_of=given("numbers"))).rows(numbers=[1, number]) == []
    above = Query(lambda: people.filter(person_id__gt=given("number")).values_list("person_id", flat=True))
    assert above.rows(number=number) == ([officer] if number < 0 else [])


def test_one_of_a_list_is_one_statement_for_every_length() -> None:
    some = Query(
        lambda: Office.objects.filter(code__any_of=codes).order_by("code").values_list("code", flat=True)
    )
    below = Query(lambda: Office.objects.filter(parent__any_of=codes).values_list("code", flat=True))
    with CaptureQueriesContext(connection) as asked:
        assert some.rows(codes=["03102", "03101", "x"]) == ["03101", "03102"]
        assert some.rows(codes=[]) == []
    assert sorted(below.rows(codes=["03100"])) == ["03101", "03102"]
    assert [query["sql"].partition("ANY")[1] for query in asked] == ["ANY", "ANY"]


def test_the_first_is_none_where_there_is_no_row_and_a_list_is_cut_where_it_is_told() -> None:
    kept = Query(lambda: Office.objects.order_by("code").values_list("code", flat=True), cut=True)
    assert kept.rows(most=2) == ["03100", "03101"]
    assert Query(lambda: Office.objects.filter(code=at)).first(at="x") is None


def test_several_counts_are_one_statement() -> None:
    counts = Counts(
        here=lambda: Office.objects.filter(code=at),
        below=lambda: Office.objects.filter(parent=at),
        cut=lambda: Office.objects.order_by("name")[:2],
    )
    with CaptureQueriesContext(connection) as asked:
        assert counts.of(at="03100") == {"here": 1, "below": 2, "cut": 2}
    assert len(asked) == 1


def test_what_is_given_is_a_value_and_never_sql() -> None:
    kept = Query(lambda: Office.objects.filter(code=at))
    assert kept.rows(at="' OR true --") == []


def test_what_it_does_not_know_how_to_read_is_refused() -> None:
    with pytest.raises(TypeError):
        Query(lambda: Office.objects.values("code")).rows()
    event: Any = apps.get_model("audit", "Event")
    with pytest.raises(TypeError):
        Query(lambda: event.objects.values_list("pk")).rows()


@pytest.mark.django_db(transaction=True)
def test_a_column_that_changed_its_type_meanwhile_is_read_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE changing (what varchar(10)); INSERT INTO changing VALUES ('a')"
        )
        statement = "SELECT what FROM changing WHERE what = %(what)s"
        assert prepared.texts(statement, {"what": "a"}) == [("a",)]
        cursor.execute("ALTER TABLE changing ALTER COLUMN what TYPE varchar(20)")
        assert prepared.texts(statement, {"what": "a"}) == [("a",)]
        cursor.execute("DROP TABLE changing")


def test_integers_of_every_width_are_one_prepared_statement() -> None:
    for number in (1, 70_000, 5_000_000_000):
        assert prepared.texts("SELECT %(n)s, %(many)s", {"n": number, "many": [number]}) == [
            (number, [number])
        ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement = 'SELECT $1, $2'")
        assert cursor.fetchone() == (1,)
