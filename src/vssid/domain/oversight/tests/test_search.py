"""A search stays within reach, and asks no more of the log than it must."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.making.registrations import ELSEWHERE, HONG_BANG, make_office, make_officer_account
from vssid.domain.accounts.posts import posts
from vssid.domain.audit import actions as audit
from vssid.domain.audit import search as log
from vssid.domain.audit.search import Search
from vssid.kernel.actor import Actor, ActorKind

from .. import search

pytestmark = pytest.mark.django_db


def seen_from(office: str, officer: int | None) -> tuple[int, bool]:
    """How many events who sees from this office finds of an officer, and whether the log was read."""
    now = timezone.now()
    asked = Search(since=now - timedelta(days=1), until=now + timedelta(days=1), actor_id=officer)
    within = search.within(asked, office)
    with CaptureQueriesContext(connection) as captured:
        events, _last = log.page(within, size=50)
        assert log.count(within, at_most=50) == len(events)
    return len(events), any("audit_event" in query["sql"] for query in captured)


def test_an_officer_of_elsewhere_is_not_looked_for_in_the_whole_log() -> None:
    make_office(ELSEWHERE)
    officer = Actor(ActorKind.OFFICER, make_officer_account(), "Minh", HONG_BANG)
    audit.record("application.viewed", subject=5, by=officer, now=timezone.now())
    assert posts.offices_ever(officer.id or 0) == {HONG_BANG}
    assert seen_from(HONG_BANG, officer.id) == (1, True)
    assert seen_from(ELSEWHERE, officer.id) == (0, False)
    assert seen_from(HONG_BANG, None) == (1, True)
