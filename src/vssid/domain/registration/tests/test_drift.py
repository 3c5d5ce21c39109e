"""A rate that moves more than chance explains is told, to the director of the officer's office alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.making.registrations import ELSEWHERE, HONG_BANG, NOW, make_office, make_officer
from vssid.domain.audit import actions as audit
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.registration.quality import drift
from vssid.domain.registration.quality.intervals import Share, difference, differs, wilson
from vssid.kernel.actor import Actor, ActorKind

pytestmark = pytest.mark.django_db
MINH = Actor(ActorKind.OFFICER, 900, "Minh", HONG_BANG, "reviewer")
NGOC = Actor(ActorKind.OFFICER, 901, "Ngọc", HONG_BANG, "reviewer")
HANH = Actor(ActorKind.OFFICER, 902, "Hạnh", ELSEWHERE, "reviewer")
LATELY, LONG_AGO = NOW - timedelta(days=7), NOW - timedelta(days=80)


def decide(by: Actor, at, *, approved: int, refused: int) -> None:
    for number in range(approved + refused):
        kind = "application.approved" if number < approved else "application.refused"
        audit.record(kind, subject=5_000_000 + number, by=by, now=at, office=by.office)


def director(office: str = HONG_BANG) -> Actor:
    return make_officer("Sơn", office, "director")


def told() -> dict[str, drift.Officer]:
    return {officer.name: officer for officer in drift.officers(by=director(), now=NOW)}


def test_wilson_and_newcombe_give_what_they_published():
    assert wilson(Share(81, 263), z=1.96) == pytest.approx((0.2553, 0.3662), abs=0.0001)
    assert difference(Share(56, 70), Share(48, 80), z=1.96) == pytest.approx((0.0524, 0.3339), abs=0.0001)
    assert wilson(Share(0, 0)) == (0.0, 1.0)
    assert wilson(Share(20, 20))[1] == 1.0


def test_what_chance_explains_is_no_difference():
    assert differs(Share(19, 20), Share(85, 100)) == 0
    assert differs(Share(40, 40), Share(60, 100)) == 1
    assert differs(Share(10, 40), Share(60, 100)) == -1


def test_an_officer_who_approves_more_than_before_and_than_the_colleagues_stands_out():
    decide(MINH, LONG_AGO, approved=18, refused=12)
    decide(MINH, LATELY, approved=30, refused=0)
    decide(NGOC, LONG_AGO, approved=18, refused=12)
    decide(NGOC, LATELY, approved=18, refused=12)
    minh, ngoc = told()["Minh"], told()["Ngọc"]
    assert (minh.recent, minh.before, minh.colleagues) == (Share(30, 30), Share(18, 30), Share(18, 30))
    assert (minh.against_self, minh.against_office, minh.stands_out) == (1, 1, True)
    assert ngoc.against_self == 0
    assert next(iter(told())) == "Minh", "who stands out comes first"


def test_of_few_decisions_nothing_is_said():
    decide(MINH, LATELY, approved=drift.LEAST - 1, refused=0)
    decide(MINH, LONG_AGO, approved=0, refused=40)
    assert told()["Minh"].against_self is None
    assert not told()["Minh"].stands_out


def test_what_is_older_than_half_a_year_and_what_nobody_decided_does_not_count():
    decide(MINH, LATELY, approved=1, refused=0)
    decide(MINH, NOW - timedelta(weeks=29), approved=5, refused=5)
    audit.record("application.viewed", subject=1, by=NGOC, now=LATELY, office=HONG_BANG)
    assert told().keys() == {"Minh"}
    assert told()["Minh"].before == Share(0, 0)


def test_a_director_reads_the_own_office_and_those_below_and_an_officer_reads_none():
    make_office(HONG_BANG)
    make_office(ELSEWHERE)
    decide(MINH, LATELY, approved=1, refused=0)
    decide(HANH, LATELY, approved=1, refused=0)
    assert told().keys() == {"Minh"}
    for role in ("reviewer", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            drift.officers(by=make_officer("Thu", HONG_BANG, role), now=NOW)


def test_it_is_counted_by_the_index_of_kinds():
    for number in range(200):
        audit.record("application.viewed", subject=number, by=MINH, now=LATELY, office=HONG_BANG)
    decide(NGOC, LATELY, approved=2, refused=0)
    with CaptureQueriesContext(connection) as asked:
        drift.officers(by=director(), now=NOW)
    (sql,) = [query["sql"] for query in asked if "audit_event" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_event")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("DROP INDEX audit_event_officer, audit_event_at, audit_event_office")
        cursor.execute("EXPLAIN " + sql)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "audit_event_kind" in plan, plan
