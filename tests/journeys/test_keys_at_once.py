"""Two machines tend the keys that sign cards at the same moment, while people ask for codes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from tests.journeys.test_at_once import at_once
from vssid.domain.cards import actions, signing, verifier
from vssid.domain.cards.errors import AlreadyAnnounced
from vssid.domain.cards.models import SigningKey
from vssid.domain.cards.tests.examples import make_card
from vssid.domain.cards.verifier import Finding
from vssid.kernel.actor import SYSTEM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
NOW = timezone.now()
CARD = make_card(valid_to=None, valid_from=NOW.date() - timedelta(days=9))


def states() -> list[str]:
    return sorted(SigningKey.objects.values_list("state", flat=True))


def test_two_first_starts_make_one_key():
    at_once(*[lambda: actions.ensure_key(now=NOW)] * 3)
    assert states() == ["signing"]


def test_two_announcements_publish_one_key():
    actions.ensure_key(now=NOW)

    def announce() -> str:
        try:
            return actions.announce_key(by=SYSTEM, now=NOW).kid
        except AlreadyAnnounced:
            return "late"

    assert sorted(at_once(announce, announce)).count("late") == 1
    assert states() == ["announced", "signing"]


def test_codes_asked_for_during_a_switch_are_all_valid():
    actions.ensure_key(now=NOW)
    actions.announce_key(by=SYSTEM, now=NOW)
    switch = NOW + settings.CARD_KEY_NOTICE

    def ask() -> list[str]:
        issued = [signing.issue(CARD, 7, now=switch) for _again in range(20)]
        return [credential.text for credential in issued if credential]

    asked = at_once(ask, lambda: actions.tend_keys(now=switch), ask, lambda: actions.tend_keys(now=switch))
    texts = [*asked[0], *asked[2]]
    published = signing.published(now=switch)
    assert len(texts) == 40
    assert {verifier.verify(text, published, now=switch).finding for text in texts} == {Finding.VALID}
    assert states() == ["retired", "signing"]
