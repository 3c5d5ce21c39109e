"""The log is searched by time, kind, subject, officer and office, page by page, by its indexes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from vssid.domain.audit import actions, search
from vssid.domain.audit.search import Search
from vssid.kernel.actor import SYSTEM, Actor, ActorKind

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=UTC)
DAY = Search(since=NOW, until=NOW + timedelta(days=1))
MINH = Actor(ActorKind.OFFICER, 7, "Minh", "03101")
HANH = Actor(ActorKind.OFFICER, 8, "Hạnh", "03102")
LAN = Actor(ActorKind.PERSON, 7)


@pytest.fixture(autouse=True)
def _log() -> None:
    for minute, (kind, subject, by) in enumerate(
        [
            ("application.viewed", 1, MINH),
            ("application.viewed", 2, HANH),
            ("application.approved", 1, MINH),
            ("account.signed_in", 7, LAN),
            ("application.expired", 2, SYSTEM),
        ]
    ):
        actions.record(kind, subject=subject, by=by, now=NOW + timedelta(minutes=minute))


def minutes(asked: Search) -> list[int]:
    """Which events a search brings, by the minute in which they were."""
    events, _ = search.page(asked, size=100)
    assert search.count(asked, at_most=100) == len(events) == len(list(search.in_order(asked)))
    return [round((event.at - NOW).total_seconds() / 60) for event in events]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [4, 3, 2, 1, 0]),
        ({"kinds": ("application.viewed",)}, [1, 0]),
        ({"subjects": (1, 7)}, [3, 2, 0]),
        ({"actor_id": 7}, [2, 0]),  # the officer, not the person of this number
        ({"offices": ("03102",)}, [1]),
        ({"offices": ()}, []),
        ({"offices": ("03101", "03102"), "kinds": ("application.approved",)}, [2]),
        ({"since": NOW + timedelta(minutes=1), "until": NOW + timedelta(minutes=3)}, [2, 1]),
    ],
)
def test_a_search_brings_what_was_asked_for_the_newest_first(asked, expected):
    assert minutes(replace(DAY, **asked)) == expected


def test_pages_follow_each_other_without_a_gap_also_within_one_moment():
    for subject in (3, 35, 4):  # two of one lane
        actions.record("x.y", subject=subject, by=MINH, now=NOW)
    seen, after = [], None
    while True:
        events, after = search.page(DAY, after=after, size=3)
        seen += [(event.at, event.place.lane, event.place.seq) for event in events]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 8
    assert seen == sorted(seen, reverse=True)


# Of another kind, officer and office, in the days before; a few on the day.
OTHERS = """
INSERT INTO audit_event
  (subject_id, lane, seq, at, kind, actor_kind, actor_id, actor_name, office, facts, previous, hash)
SELECT 100 + n, 40, n, %s::timestamptz - make_interval(mins => n),
  'x.y', 'officer', 99, '', '03199', '{}', '', ''
FROM generate_series(-20, 4000) n
"""


def fill_with_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute(OTHERS, [NOW])


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({}, "audit_event_at"),
        ({"kinds": ("application.viewed",)}, "audit_event_kind"),
        ({"actor_id": 7}, "audit_event_officer"),
        ({"offices": ("03101",)}, "audit_event_office"),
        ({"kinds": ("application.approved",), "in_doubt": True}, "audit_event_despite"),
    ],
)
def test_each_way_of_searching_has_an_index(asked, index):
    fill_with_others()
    others = {f"audit_event_{name}" for name in ("at", "kind", "officer", "office", "despite")} - {index}
    with connection.cursor() as cursor:
        for other in others:
            cursor.execute(f"DROP INDEX {other}")
        cursor.execute("ANALYZE audit_event")
    events = search.matching(replace(DAY, **asked)).order_by(*search.NEWEST_FIRST)[:50]
    assert index in events.explain()
