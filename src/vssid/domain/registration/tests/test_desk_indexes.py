"""An office has files of many years: no page of its desk reads them all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.making.registrations import NOW, make_application

from .. import actions, queries
from ..desk import counts, search

pytestmark = pytest.mark.django_db
OFFICE = "03101"
# A closed application again and again at the same office, each somebody else's.
CROWD = r"""
    INSERT INTO registration_application SELECT made.*
    FROM (SELECT * FROM registration_application LIMIT 1) line, generate_series(1, 2000) AS n,
        LATERAL jsonb_populate_record(NULL::registration_application,
            to_jsonb(line) || jsonb_build_object('id', n, 'number', 'N' || n, 'bhxh_code', 'C' || n,
            'id_fingerprint', '\x' || md5('i' || n), 'phone_fingerprint', '\x' || md5('p' || n),
            'submitted_at', line.submitted_at - n * interval '1 hour',
            'closed_at', line.closed_at - n * interval '1 hour')) AS made
"""


def looked_for(text: str) -> Callable[[], object]:
    return lambda: search.find(OFFICE, search.read_scan(text), now=NOW, at_most=100)


ASKED: dict[str, tuple[Callable[[], object], set[str]]] = {
    "counts": (
        lambda: counts.at(OFFICE, now=NOW),
        {"registration_turns", "registration_queue", "registration_due", "registration_closed_at"},
    ),
    "the newest closed": (
        lambda: list(queries.waiting_at(OFFICE, state="closed")[:50]),
        # All are of this office here, so that both give the same.
        {"registration_closed_at", "registration_newest_closed"},
    ),
    "the newest closed of several offices": (
        lambda: list(queries.waiting_at([OFFICE, "03102"], state="closed")[:50]),
        {"registration_newest_closed"},
    ),
    # It might also be the number of a passport.
    "a name": (
        looked_for("lan nguyen"),
        {"registration_by_name", "registration_turns", "registration_one_open", "registration_by_id_number"},
    ),
    "a BHXH code": (looked_for("0000000001"), {"registration_by_code", "registration_by_phone"}),
    "an ID number": (looked_for("031190000001"), {"registration_by_id_number", "registration_by_code"}),
    "a phone": (looked_for("0912345678"), {"registration_by_phone", "registration_by_code"}),
}
# What leads to single rows, at every office.
ALWAYS = (
    *("registration_application_number", "registration_application_pkey", "participants_", "vault_"),
    *("registration_same_id", "registration_same_phone", "registration_second_waiting"),
)


BY_WORDS, CLOSED = "string_to_array", '"closed_at" IS NOT NULL'


def plan_of(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.mark.parametrize("name", ASKED)
def test_each_question_of_the_desk_has_an_index(name: str) -> None:
    ask, indexes = ASKED[name]
    actions.withdraw(make_application(), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute(CROWD)
        cursor.execute("ANALYZE registration_application")
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        with CaptureQueriesContext(
            connection,
        ) as captured:
            ask()
        for query in captured:
            plan = plan_of(query["sql"])
            if BY_WORDS in query["sql"] and CLOSED in query["sql"]:
                # An index of words gives bitmaps alone.
                cursor.execute("SET LOCAL enable_bitmapscan = on; SET LOCAL enable_indexscan = off")
                assert "registration_by_words" in plan_of(query["sql"])
                cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_indexscan = on")
                continue
            scans = [line for line in plan.splitlines() if "Scan" in line]
            assert scans, plan
            assert all(any(known in line for known in (*indexes, *ALWAYS)) for line in scans), plan


def test_a_text_with_a_digit_is_not_looked_for_among_names() -> None:
    with CaptureQueriesContext(connection) as captured:
        looked_for("1 Lan")()
    assert captured.captured_queries
    assert not any("name_folded" in query["sql"].partition("WHERE")[2] for query in captured)
