"""Files are given to who may take them at the office today; what was theirs is others' when they are away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    HONG_BANG,
    LAN,
    NOW,
    make_application,
    make_office,
    make_officer,
    make_officer_account,
)
from vssid.domain.accounts.models.staff import Post, StaffPerson
from vssid.domain.casework import claims
from vssid.domain.casework.models import Assignment, Claim
from vssid.domain.casework.work import assignments
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.participants.models.people import Person
from vssid.domain.registration import actions
from vssid.domain.registration.errors import AlreadyDecided
from vssid.domain.registration.moves import APPLICATION
from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import Invalid, NotYours

from .. import absences, assigning, giving

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture
def chief() -> Actor:
    return make_officer("Hoa", role="director")


@pytest.fixture
def ngoc() -> int:
    return make_officer_account("ngoc", name="Ngọc")


@pytest.fixture
def admin() -> Actor:
    return Actor(
        ActorKind.OFFICER, make_officer_account("an", role="administrator"), "An", HONG_BANG, "administrator"
    )


def theirs() -> dict[int, str]:
    return dict(Assignment.objects.values_list("file_id", "officer_name"))


def test_a_file_is_given_taken_back_and_that_is_written_down(chief: Actor, ngoc: int) -> None:
    application_id = make_application()
    assigning.assign(APPLICATION, application_id, ngoc, by=chief, now=NOW)
    assert theirs() == {application_id: "Ngọc"}
    assigning.assign(APPLICATION, application_id, None, by=chief, now=NOW)
    assert theirs() == {}


def test_it_refuses_who_may_not_assign_here(ngoc: int) -> None:
    application_id = make_application()
    with pytest.raises(NotAllowed):
        assigning.assign(APPLICATION, application_id, ngoc, by=make_officer(role="reception"), now=NOW)
    with pytest.raises(NotYours):
        assigning.assign(APPLICATION, application_id, ngoc, by=make_officer(office=ELSEWHERE), now=NOW)
    assert theirs() == {}


@pytest.mark.parametrize(
    ("office", "role"),
    [(ELSEWHERE, "reviewer"), (HONG_BANG, "director"), (HONG_BANG, "support_agent"), (HONG_BANG, "auditor")],
)
def test_it_refuses_to_give_a_file_to_who_cannot_take_it(chief: Actor, office: str, role: str) -> None:
    other = make_officer_account("khac", office, "Khác", role)
    with pytest.raises(Invalid) as refused:
        assigning.assign(APPLICATION, make_application(), other, by=chief, now=NOW)
    assert refused.value.fields == {"officer": "unknown"}


def test_it_refuses_to_give_a_file_to_who_is_away_today(chief: Actor, ngoc: int, admin: Actor) -> None:
    absences.record(ngoc, TODAY, TODAY, by=admin, now=NOW)
    assert ngoc not in [each.id for each in assigning.colleagues(APPLICATION, by=chief, now=NOW)]
    with pytest.raises(Invalid):
        assigning.assign(APPLICATION, make_application(), ngoc, by=chief, now=NOW)


def test_it_refuses_to_give_somebody_their_own_file(chief: Actor, ngoc: int) -> None:
    application_id = make_application()
    StaffPerson.objects.create(
        account_id=ngoc, person_id=Person.objects.get(bhxh_code=LAN.bhxh_code).person_id
    )
    with pytest.raises(Invalid) as refused:
        assigning.assign(APPLICATION, application_id, ngoc, by=chief, now=NOW)
    assert refused.value.fields == {"officer": "close"}
    assert (
        assigning.deal_out(APPLICATION, {application_id: application_id}, {ngoc: 1}, by=chief, now=NOW) == 0
    )


def test_it_refuses_a_closed_file(chief: Actor, ngoc: int) -> None:
    application_id = make_application()
    actions.withdraw(application_id, now=NOW)
    with pytest.raises(AlreadyDecided):
        assigning.assign(APPLICATION, application_id, ngoc, by=chief, now=NOW)


def test_what_is_nobodys_is_dealt_out_and_what_is_somebodys_stays(chief: Actor, ngoc: int) -> None:
    first, second = make_application(), make_application(BINH)
    ha = make_officer_account("ha", name="Hà")
    assigning.assign(APPLICATION, first, ngoc, by=chief, now=NOW)
    keys = {first: first, second: second}
    assert assigning.deal_out(APPLICATION, keys, {ngoc: 1, ha: 1}, by=chief, now=NOW) == 1
    assert theirs() == {first: "Ngọc", second: "Hà"}
    assert assigning.deal_out(APPLICATION, keys, {ngoc: 1, ha: 1}, by=chief, now=NOW) == 0


@pytest.mark.parametrize(
    ("shares", "code"), [({1: 0}, "required"), ({}, "required"), ({1: 1}, "unknown"), ({0: 10}, "too_large")]
)
def test_shares_that_make_no_sense_are_refused(
    chief: Actor, ngoc: int, shares: dict[int, int], code: str
) -> None:
    wanted = {ngoc if officer == 0 else officer: share for officer, share in shares.items()}
    with pytest.raises(Invalid) as refused:
        assigning.deal_out(APPLICATION, {}, wanted, by=chief, now=NOW)
    assert refused.value.fields == {"shares": code}


def test_when_an_absence_begins_later_the_night_passes_on_what_was_theirs(
    chief: Actor, ngoc: int, admin: Actor
) -> None:
    """On the day: what was in hand is free, what was given is the deputy's."""
    application_id, tomorrow = make_application(), TODAY + timedelta(days=1)
    make_officer_account("ha", name="Hà", role="reception")
    assigning.assign(APPLICATION, application_id, ngoc, by=chief, now=NOW)
    absences.record(ngoc, tomorrow, tomorrow, deputy="ha", by=admin, now=NOW)
    officer = Actor(ActorKind.OFFICER, ngoc, "Ngọc", HONG_BANG, "reviewer")
    claims.take("application", application_id, by=officer, now=NOW)
    assert absences.begin(NOW) == 0
    assert theirs() == {application_id: "Ngọc"}
    assert Claim.objects.count() == 1
    assert absences.begin(NOW + timedelta(days=1)) == 1
    assert theirs() == {application_id: "Hà"}
    assert not Claim.objects.exists()


def test_without_a_deputy_what_was_theirs_is_anybodys_at_once(chief: Actor, ngoc: int, admin: Actor) -> None:
    application_id = make_application()
    assigning.assign(APPLICATION, application_id, ngoc, by=chief, now=NOW)
    absences.record(ngoc, TODAY, TODAY, by=admin, now=NOW)
    assert theirs() == {}


def test_a_post_that_ends_gives_back_what_was_given_there(chief: Actor, ngoc: int, admin: Actor) -> None:
    application_id = make_application()
    assigning.assign(APPLICATION, application_id, ngoc, by=chief, now=NOW)
    giving.end(Post.objects.get(account_id=ngoc).id, why="Chuyển việc", by=admin, now=NOW)
    assert theirs() == {}


def test_the_night_after_a_deputys_last_day_nothing_there_is_theirs(chief: Actor, ngoc: int) -> None:
    application_id = make_application()
    assigning.assign(APPLICATION, application_id, ngoc, by=chief, now=NOW)
    officer = Actor(ActorKind.OFFICER, ngoc, "Ngọc", HONG_BANG, "reviewer")
    claims.take("application", application_id, by=officer, now=NOW)
    Post.objects.filter(account_id=ngoc).update(until_on=TODAY)
    assert absences.begin(NOW) == 0
    assert absences.begin(NOW + timedelta(days=1)) == 1
    assert theirs() == {}
    assert not Claim.objects.exists()


def test_nothing_of_another_office_is_counted_or_given(ngoc: int) -> None:
    make_office(ELSEWHERE)
    chief = make_officer("Hoa", office=ELSEWHERE, role="director")
    assert assigning.colleagues(APPLICATION, by=chief, now=NOW) == []
    assert assignments.of(by=chief, most=9) == []
