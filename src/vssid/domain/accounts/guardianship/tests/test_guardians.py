"""The link from a guardian to a child: live to the last minute of childhood, and not one longer."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest

from tests.making.families import AN, BIRTHDAY, ELDEST, GIA, LAST_MINUTE, make_father, make_link, make_member
from tests.making.registrations import LAN, NOW, make_officer
from tests.making.sms import texts_to
from vssid.domain.accounts.models.relations import Guardian
from vssid.domain.audit.models import Event
from vssid.domain.participants.merges import merge_hooks
from vssid.domain.participants.models.people import Merge
from vssid.kernel.actor import person
from vssid.kernel.errors import NotYours

from .. import ages, guardians

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("born", "adult"),
    [
        (date(2008, 11, 26), date(2026, 11, 26)),
        (date(2008, 2, 29), date(2026, 2, 28)),
        (date(2008, 1, 1), date(2026, 1, 1)),
    ],
)
def test_a_child_is_an_adult_on_the_eighteenth_birthday(born, adult):
    assert ages.of_age_on(born) == adult
    assert ages.is_child(born, adult - timedelta(days=1))
    assert not ages.is_child(born, adult)


def test_the_link_is_live_in_the_last_minute_in_viet_nam_and_dead_in_the_next():
    guardian, link_id = make_link(who=ELDEST, now=LAST_MINUTE - timedelta(days=9))
    assert guardians.child(guardian, link_id, now=LAST_MINUTE).name == ELDEST.full_name
    assert guardians.children_of(guardian, now=BIRTHDAY) == []
    with pytest.raises(NotYours):
        guardians.child(guardian, link_id, now=BIRTHDAY)


def test_the_job_ends_it_once_and_tells_both():
    guardian, link_id = make_link(who=ELDEST, now=LAST_MINUTE - timedelta(days=9))
    assert guardians.end_of_age(LAST_MINUTE) == 0
    assert guardians.end_of_age(BIRTHDAY) == 1
    assert guardians.end_of_age(BIRTHDAY) == 0
    row = Guardian.objects.get(person_id=guardian, id=link_id)
    assert (row.ended_reason, row.ended_at) == ("of_age", BIRTHDAY)
    assert "du 18 tuoi" in texts_to(guardian, "family_of_age")[0]
    assert "du 18 tuoi" in texts_to(row.child_id, "family_own")[0]
    assert Event.objects.filter(kind="guardian.ended", subject_id=row.child_id).count() == 1


def test_a_guardian_ends_the_link_and_is_told_once():
    guardian, link_id = make_link()
    for _time in range(2):
        guardians.end(guardian, link_id, reason="guardian", by=person(guardian), now=NOW)
    assert guardians.children_of(guardian, now=NOW) == []
    assert len(texts_to(guardian, "family_ended")) == 1


def test_nobody_ends_or_opens_the_link_of_another():
    guardian, link_id = make_link()
    other, _other_link = make_link(make_father(), GIA)
    for act in (
        lambda: guardians.end(other, link_id, reason="guardian", by=person(other), now=NOW),
        lambda: guardians.child(other, link_id, now=NOW),
        lambda: guardians.child(guardian, uuid.uuid4(), now=NOW),
    ):
        with pytest.raises(NotYours):
            act()
    assert guardians.child(guardian, link_id, now=NOW).name == AN.full_name


def test_an_ended_link_leaves_its_place_to_another():
    guardian, link_id = make_link()
    guardians.end(guardian, link_id, reason="guardian", by=person(guardian), now=NOW)
    again, second = make_link(guardian)
    assert again == guardian
    assert second != link_id


def test_an_adult_cannot_be_linked():
    guardian, child = make_member(LAN), make_member(ELDEST)
    bond = guardians.Bond(guardian, child, ELDEST.full_name, ELDEST.birth_date, "mother", 1)
    with pytest.raises(guardians.OfAge):
        guardians.link(bond, by=make_officer(), now=BIRTHDAY)


def test_a_look_is_written_down_once_a_day():
    guardian, link_id = make_link()
    child = guardians.child(guardian, link_id, now=NOW)
    for moment in (NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1)):
        guardians.note_look(child, now=moment)
    looks = Event.objects.filter(kind="guardian.looked", subject_id=child.child_id)
    assert looks.count() == 2
    assert {look.actor_id for look in looks} == {guardian}


def merge(merged: int, kept: int) -> None:
    """A decision of the register that two codes were one child's."""
    Merge.objects.create(
        merged_id=merged,
        person_id=kept,
        merged_code=AN.bhxh_code,
        kept_code=GIA.bhxh_code,
        current_code=GIA.bhxh_code,
        decided_on=NOW.date(),
        run_id=0,
        line=1,
        as_of=NOW,
    )


def test_the_link_follows_a_child_whose_code_was_merged():
    guardian, link_id = make_link()
    kept = make_member(GIA)
    merge(guardians.child(guardian, link_id, now=NOW).child_id, kept)
    assert merge_hooks.follow(None, now=NOW)
    assert guardians.child(guardian, link_id, now=NOW).child_id == kept
    assert merge_hooks.follow(None, now=NOW) == 0


def test_of_two_links_to_what_was_one_child_one_is_left():
    guardian, link_id = make_link()
    _guardian, other = make_link(guardian, GIA)
    child = guardians.child(guardian, link_id, now=NOW).child_id
    merge(child, guardians.child(guardian, other, now=NOW).child_id)
    assert merge_hooks.follow(None, now=NOW)
    assert [child.link_id for child in guardians.children_of(guardian, now=NOW)] == [other]
    assert Guardian.objects.get(person_id=guardian, id=link_id).ended_reason == "merged"
