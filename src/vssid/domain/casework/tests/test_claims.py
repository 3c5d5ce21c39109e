"""A file is in one officer's hand at a time, for as long as that officer works on it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.making.registrations import NOW
from tests.together import at_once
from vssid.domain.audit.models import Event
from vssid.domain.casework import claims, jobs, readiness
from vssid.domain.casework.errors import InOtherHands, Unconfirmed
from vssid.domain.casework.models import Claim
from vssid.kernel.actor import Actor, ActorKind

pytestmark = pytest.mark.django_db
MINH = Actor(ActorKind.OFFICER, 1, "Minh", "03101", "reviewer")
NGOC = Actor(ActorKind.OFFICER, 2, "Ngọc", "03101", "reviewer")
APPLICATION, TICKET = "application", "ticket"
FILE = (APPLICATION, 7)
SOON, LATER = NOW + timedelta(minutes=4), NOW + claims.LEASE


def test_the_first_who_opens_a_file_has_it() -> None:
    assert claims.take(*FILE, by=MINH, now=NOW) is None
    holder = claims.take(*FILE, by=NGOC, now=SOON)
    assert holder == claims.Holder(1, "Minh", NOW)
    with pytest.raises(InOtherHands) as refused:
        claims.guard(*FILE, by=NGOC, now=SOON)
    assert (refused.value.by, refused.value.since) == ("Minh", NOW)
    claims.guard(*FILE, by=MINH, now=SOON)


def test_a_file_of_another_kind_or_number_is_free() -> None:
    claims.take(*FILE, by=MINH, now=NOW)
    assert claims.take(TICKET, 7, by=NGOC, now=NOW) is None
    assert claims.take(APPLICATION, 8, by=NGOC, now=NOW) is None


def test_a_file_left_alone_is_free_again_and_one_worked_on_is_not() -> None:
    claims.take(*FILE, by=MINH, now=NOW)
    assert claims.keep(*FILE, by=MINH, now=SOON)
    assert claims.take(*FILE, by=NGOC, now=LATER) is not None
    assert claims.take(*FILE, by=NGOC, now=SOON + claims.LEASE) is None
    assert not claims.keep(*FILE, by=MINH, now=SOON + claims.LEASE)


def test_opening_ones_own_file_again_keeps_since_when() -> None:
    claims.take(*FILE, by=MINH, now=NOW)
    claims.take(*FILE, by=MINH, now=SOON)
    assert claims.others(APPLICATION, [7], by=NGOC, now=LATER)[7].since == NOW


def test_a_colleagues_file_is_taken_over_and_that_is_written_down() -> None:
    claims.take(*FILE, by=MINH, now=NOW)
    claims.take_over(*FILE, by=NGOC, now=SOON)
    claims.guard(*FILE, by=NGOC, now=SOON)
    with pytest.raises(InOtherHands):
        claims.guard(*FILE, by=MINH, now=SOON)
    event = Event.objects.get(kind="file.taken_over")
    assert (event.actor_name, event.facts) == ("Ngọc", {"kind": "application", "from": "Minh"})


def test_taking_over_what_nobody_has_is_no_event() -> None:
    claims.take_over(*FILE, by=NGOC, now=NOW)
    claims.take_over(*FILE, by=NGOC, now=NOW)
    assert not Event.objects.exists()


def test_a_released_file_is_free() -> None:
    claims.take(*FILE, by=MINH, now=NOW)
    claims.release(*FILE)
    assert claims.take(*FILE, by=NGOC, now=NOW) is None


def test_the_first_free_file_is_taken_and_none_when_all_are_held() -> None:
    claims.take(*FILE, by=MINH, now=NOW)
    assert claims.first_free(APPLICATION, [7, 8, 9], by=NGOC, now=NOW) == 8
    assert claims.first_free(APPLICATION, [7], by=NGOC, now=NOW) is None
    assert claims.first_free(APPLICATION, [], by=NGOC, now=NOW) is None


def test_ended_claims_are_swept() -> None:
    claims.take(*FILE, by=MINH, now=NOW)
    claims.sweep(LATER)
    assert Claim.objects.exists()
    jobs.sweep_claims(timestamp=0)  # the clock is far beyond NOW
    assert not Claim.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_officers_who_ask_at_once_get_different_files() -> None:
    officers = [
        Actor(ActorKind.OFFICER, number, f"Cán bộ {number}", "03101", "reviewer") for number in range(1, 7)
    ]
    files = list(range(1, 7))
    outcomes = at_once(
        *[lambda by=by: claims.first_free(APPLICATION, files, by=by, now=NOW) for by in officers]
    )
    assert sorted(outcomes) == files


def test_doubts_are_confirmed_by_the_mark_of_exactly_these() -> None:
    seen = readiness.mark(["card.full_name.differs", "image.front.blurred"])
    readiness.confirmed(["image.front.blurred", "card.full_name.differs"], seen)
    readiness.confirmed([], "")
    readiness.confirmed(["anything"], None)
    for now in (["card.full_name.differs"], ["a", "b"], []):
        with pytest.raises(Unconfirmed) as asked:
            readiness.confirmed(now, seen)
        assert asked.value.mark == readiness.mark(now)
