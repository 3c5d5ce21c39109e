"""Browsers that take Web Push: whose they are, and when they are forgotten."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from vssid.domain.audit.models import Event
from vssid.domain.vault import sealing as vault
from vssid.infra.push.vapid import encoded
from vssid.infra.tests.push_endpoint import Browser
from vssid.kernel.errors import Invalid, NotYours

from ..inbox import choices, subscriptions
from ..inbox.kinds import Topic
from ..models.messages import Subscription
from .fakes import NOW, subscribe

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def loopback(settings):
    settings.PUSH_LOOPBACK = True


@pytest.fixture
def lan() -> int:
    return vault.new_subject_id()


def test_the_address_of_a_browser_is_sealed_and_read_back(lan):
    subscription = subscribe(lan)
    [row] = Subscription.objects.filter(person_id=lan)
    assert b"127.0.0.1" not in bytes(row.sealed)
    address = subscriptions.address_of(lan, subscription)
    assert address is not None
    assert address.endpoint == "http://127.0.0.1:9/a"


def test_the_same_browser_twice_is_one_and_a_session_has_one(lan):
    session = uuid4()
    subscribe(lan, "a", session)
    subscribe(lan, "a", session)
    subscribe(lan, "b", session)
    subscribe(lan, "b", uuid4())
    assert len(subscriptions.of(lan)) == 1


def test_turning_push_on_and_off_and_choosing_are_in_the_audit_log_once(lan):
    session = uuid4()
    subscription = subscribe(lan, "a", session)
    subscribe(lan, "a", session)
    choices.choose(lan, {Topic.ARREARS: []}, now=NOW)
    subscriptions.unsubscribe(lan, subscription, now=NOW)
    kinds = [event.kind for event in Event.objects.filter(subject_id=lan).order_by("seq")]
    assert kinds == ["notices.push_on", "notices.chosen", "notices.push_off"]


def test_the_oldest_of_more_than_ten_gives_way(lan):
    made = [subscribe(lan, f"{n}", now=NOW + n * SECOND) for n in range(11)]
    assert [browser.id for browser in subscriptions.of(lan)] == made[:0:-1]


def test_a_browser_is_forgotten_with_its_session_and_by_nobody_else(lan):
    session, other = uuid4(), vault.new_subject_id()
    subscription = subscribe(lan, session_id=session)
    with pytest.raises(NotYours):
        subscriptions.unsubscribe(other, subscription, now=NOW)
    assert subscriptions.end_with(other, [session]) == 0
    assert subscriptions.end_with(lan, [session]) == 1
    assert subscriptions.of(lan) == []


@pytest.mark.parametrize(
    ("endpoint", "p256dh", "field"),
    [
        ("https://evil.example/x", None, "endpoint"),
        ("http://127.0.0.1:9/a", "!!!", "keys"),
        ("http://127.0.0.1:9/a", encoded(b"\4" * 65), "keys"),
        ("http://127.0.0.1:9/a", "", "keys"),
    ],
)
def test_an_address_that_is_none_is_refused(endpoint, p256dh, field):
    browser = Browser()
    given = encoded(browser.p256dh) if p256dh is None else p256dh
    with pytest.raises(Invalid) as refused:
        subscriptions.PushAddress.parse(endpoint, given, encoded(browser.auth))
    assert field in refused.value.fields


def test_an_erased_person_is_sent_nothing(lan):
    subscription = subscribe(lan)
    vault.erase(lan)
    assert subscriptions.address_of(lan, subscription) is None
