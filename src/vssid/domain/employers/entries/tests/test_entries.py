"""An employer is invited once, comes in once, and each code that opens nothing says why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.making import employers
from tests.making.employers import BIEN_XANH, NOW, SAO_MAI, make_hr
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, SECOND
from vssid.domain.audit.models import Event
from vssid.domain.employers.entries import actions, queries
from vssid.domain.employers.entries.queries import Stage
from vssid.domain.employers.errors import (
    AlreadyInvited,
    CodeCancelled,
    CodeExpired,
    CodeOfAnother,
    CodeUsed,
    EmployerIn,
    EmployerOver,
    EntryClosed,
    NoPaper,
    TooManyTries,
    WrongCode,
)
from vssid.domain.employers.models import Entry
from vssid.domain.employers.seats import queries as seats
from vssid.domain.employers.seats.roles import Role
from vssid.domain.employers.standing import actions as standing
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.participants.models.people import Employer
from vssid.domain.verification.errors import Limited
from vssid.kernel.actor import SYSTEM, Actor, person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)
LATE = NOW + timedelta(days=31)


@pytest.fixture(autouse=True)
def places() -> None:
    employers.make_employers()


def collector(office: str = FIRST) -> Actor:
    return make_officer("Thu", office, "collection_officer")


def invite(code: str = SAO_MAI, **more: Any) -> str:
    return actions.invite(code, **{"by": SYSTEM, "now": NOW, **more}).code


def come_in(code: str, employer: str = SAO_MAI, *, now: Any = NOW) -> int:
    who = make_hr("Tuấn")
    actions.use(employer, code, person_id=who, by=person(who), now=now)
    return who


def look(code: str, employer: str = SAO_MAI, *, now: Any = NOW, address: str = "203.0.113.9") -> Any:
    return actions.look(employer, code, address=address, now=now)


def stage(code: str = SAO_MAI) -> Stage:
    found = queries.stages([code], now=NOW)[code]
    assert Employer.objects.filter(queries.stage_is(found, now=NOW), code=code).exists()
    return found


def test_the_first_who_brings_the_code_administers_the_employer() -> None:
    assert stage() is Stage.NOT_INVITED
    code = invite(by=collector())
    assert stage() is Stage.INVITED
    typed = "-".join(code[at : at + 4].lower() for at in range(0, 20, 4))
    assert look(typed, " tz0001a ").employer_name == "Công ty Sao Mai (mẫu)"
    tuan = come_in(typed, "tz0001a")
    assert stage() is Stage.IN
    seat = seats.current(tuan, on=TODAY)
    assert seat is not None
    assert (seat.employer_code, seat.role) == (SAO_MAI, "administrator")
    told = Event.objects.filter(kind__in=("employer.invited", "employer.came_in")).order_by("at", "kind")
    assert {(event.kind, event.office) for event in told} == {
        ("employer.invited", FIRST),
        ("employer.came_in", FIRST),
    }
    assert not any(code[:6] in str(event.facts) for event in Event.objects.all())


def test_the_code_is_kept_as_a_hash_alone() -> None:
    code = invite()
    row = Entry.objects.values().get()
    assert not any(code[6:] in str(value) or code[6:].encode() in _bytes(value) for value in row.values())


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview)) else b""


def test_a_code_that_opens_nothing_says_why() -> None:
    used = invite()
    come_in(used)
    with pytest.raises(CodeUsed):
        look(used)
    old = invite(BIEN_XANH)
    with pytest.raises(CodeExpired):
        look(old, BIEN_XANH, now=LATE)
    cancelled = Entry.objects.get(employer_id=BIEN_XANH)
    actions.cancel(cancelled.id, BIEN_XANH, by=SYSTEM, now=NOW)
    with pytest.raises(CodeCancelled):
        look(old, BIEN_XANH)
    with pytest.raises(CodeOfAnother):
        look(invite(BIEN_XANH), SAO_MAI)
    with pytest.raises(WrongCode):
        look("7K2M-04QX")


def test_one_who_comes_second_takes_no_seat() -> None:
    code = invite()
    come_in(code)
    with pytest.raises(CodeUsed):
        come_in(code)
    assert len(seats.of_employer(SAO_MAI, on=TODAY)) == 1


def test_a_code_tried_too_often_opens_nothing_and_hinders_no_other() -> None:
    code, other = invite(), invite(BIEN_XANH)
    wrong = code[:6] + ("0" if code[6] != "0" else "1") + code[7:]
    for number in range(Entry.MOST_TRIES):
        with pytest.raises(WrongCode):
            look(wrong, address=f"203.0.113.{number}")
    with pytest.raises(TooManyTries):
        look(code)
    assert stage() is Stage.NOT_INVITED
    assert look(other, BIEN_XANH).employer_code == BIEN_XANH
    assert look(invite(), SAO_MAI).employer_code == SAO_MAI


def test_from_a_busy_address_wrong_codes_wait_and_a_right_one_is_good() -> None:
    code = invite()
    for _ in range(20):
        with pytest.raises(WrongCode):
            look("0" * 20)
    with pytest.raises(Limited):
        look("0" * 20)
    assert look(code).employer_code == SAO_MAI


def test_a_new_invitation_takes_the_place_of_the_one_it_names() -> None:
    before = invite()
    with pytest.raises(AlreadyInvited) as refused:
        invite()
    code = invite(instead_of=refused.value.entry)
    with pytest.raises(CodeCancelled):
        look(before)
    assert look(code).employer_code == SAO_MAI
    assert [line.state for line in queries.of_employer(SAO_MAI, now=NOW)] == ["open", "cancelled"]


def test_an_old_invitation_stands_in_nobodys_way_and_still_says_that_it_is_old() -> None:
    old = invite()
    invite(now=LATE)
    with pytest.raises(CodeExpired):
        look(old, now=LATE)


def test_who_is_in_or_over_is_not_invited() -> None:
    make_hr("Tuấn", (SAO_MAI, Role.ADMINISTRATOR))
    with pytest.raises(EmployerIn):
        invite()
    code = invite(BIEN_XANH)
    standing.note(BIEN_XANH, standing.Noted("ceased", TODAY, "QĐ 12"), by=SYSTEM, now=NOW)
    with pytest.raises(EmployerOver):
        look(code, BIEN_XANH)
    with pytest.raises(EmployerOver):
        invite(BIEN_XANH, instead_of=Entry.objects.get().id)


def test_an_office_invites_and_takes_back_within_its_reach_and_by_its_right() -> None:
    with pytest.raises(NotYours):
        invite(by=collector(SECOND))
    with pytest.raises(NotAllowed):
        invite(by=make_officer("An", FIRST, "auditor"))
    invite(by=collector())
    entry = Entry.objects.get().id
    with pytest.raises(NotYours):
        actions.cancel(entry, SAO_MAI, by=collector(SECOND), now=NOW)
    with pytest.raises(NotYours):
        actions.cancel(entry, BIEN_XANH, by=collector(SECOND), now=NOW)
    actions.cancel(entry, SAO_MAI, by=collector(), now=NOW)
    with pytest.raises(EntryClosed):
        actions.cancel(entry, SAO_MAI, by=collector(), now=NOW)


def test_a_paper_of_another_employer_opens_none() -> None:
    with pytest.raises(NoPaper):
        invite(paper=12345)
