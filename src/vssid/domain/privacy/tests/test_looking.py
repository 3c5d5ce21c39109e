"""Looks of others at a person's data are counted, whatever of it they looked at; the own acts are not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.making.families import make_request
from tests.making.registrations import BINH, NOW, make_application, make_officer, make_person
from vssid.domain.audit import actions as audit
from vssid.domain.families.desk import looks
from vssid.domain.privacy import looking
from vssid.domain.privacy.looking import Looks
from vssid.domain.registration.models import Application
from vssid.kernel.actor import SYSTEM, person

pytestmark = pytest.mark.django_db
SINCE = NOW - timedelta(days=1)


def test_looks_are_told_apart_by_who_looked():
    lan = make_person()
    audit.record("procedure.viewed", subject=lan, by=make_officer(), now=NOW)
    audit.record("guardian.looked", subject=lan, by=person(77), now=NOW)
    audit.record("lookup.card_checked", subject=lan, by=SYSTEM, now=NOW)
    assert looking.since(lan, SINCE) == Looks(officers=1, guardians=1, others=1)


def test_own_acts_and_what_was_before_are_no_looks_of_this_month():
    lan = make_person()
    audit.record("account.signed_in", subject=lan, by=person(lan), now=NOW)
    audit.record("procedure.viewed", subject=lan, by=make_officer(), now=SINCE - timedelta(seconds=1))
    assert looking.since(lan, SINCE).all == 0


def test_a_look_at_what_the_person_sent_counts_and_at_what_another_sent_does_not():
    application_id = make_application()
    lan = make_person(bhxh_code="0000000009")
    Application.objects.filter(id=application_id).update(person_id=lan)
    audit.record("application.viewed", subject=application_id, by=make_officer(), now=NOW)
    other = make_application(BINH)
    audit.record("application.viewed", subject=other, by=make_officer(), now=NOW)
    assert looking.since(lan, SINCE) == Looks(officers=1)


def test_a_look_at_the_request_for_a_child_counts_for_its_guardian():
    guardian, request_id = make_request()
    looks.look_at(guardian, request_id, by=make_officer(), now=NOW)
    assert looking.since(guardian, SINCE).officers == 1
