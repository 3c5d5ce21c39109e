"""What became of an employer counts from its day: HR then reads, and another office then sees it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.making import employers
from tests.making.employers import BIEN_XANH, NOW, SAO_MAI, make_hr
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, PROVINCE, SECOND, THIRD
from vssid.domain.employers.seats import actions as seat_actions
from vssid.domain.employers.seats import queries as seats
from vssid.domain.employers.seats.errors import NoSeat
from vssid.domain.employers.seats.roles import Act, Role
from vssid.domain.employers.standing import actions, queries
from vssid.domain.employers.standing.actions import Noted
from vssid.domain.offices.rights import Right
from vssid.domain.participants.models.people import Employer
from vssid.kernel.actor import SYSTEM, Actor, person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import Invalid, NotYours

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def places() -> None:
    employers.make_employers()


def note(kind: str, from_on: date = TODAY, *, by: Actor = SYSTEM, **more: Any) -> int:
    return actions.note(SAO_MAI, Noted(kind, from_on, more.pop("basis", "QĐ 12"), **more), by=by, now=NOW)


def sees(office: str, on: date, role: str = "director") -> set[str]:
    by = make_officer("Hoa", office, role)
    return set(queries.within(by, Right.SEE_EMPLOYERS, on=on).values_list("code", flat=True))


@pytest.mark.parametrize(("kind", "into"), [("ceased", ""), ("merged", BIEN_XANH)])
def test_from_its_day_on_hr_of_one_that_is_over_only_reads(kind: str, into: str) -> None:
    tuan = make_hr("Tuấn", (SAO_MAI, Role.ADMINISTRATOR))
    noted = note(kind, TOMORROW, into=into)
    days = (TODAY, TOMORROW)
    views = [seats.current(tuan, on=day) for day in days]
    assert [view and view.acts for view in views] == [frozenset(Act), frozenset({Act.READ})]
    over = queries.end_of(SAO_MAI, on=TOMORROW)
    assert over is not None
    assert (over.kind, over.into_code) == (kind, into)
    with pytest.raises(NoSeat):
        seat_actions.give(make_hr("Nga"), SAO_MAI, "clerk", by=person(tuan), now=NOW + timedelta(days=1))
    actions.take_back(noted, SAO_MAI, by=SYSTEM, now=NOW)
    assert queries.end_of(SAO_MAI, on=TOMORROW) is None


def test_from_its_day_on_one_that_moved_belongs_to_the_other_office() -> None:
    note("moved", TOMORROW, office=THIRD)
    assert [queries.office_of(SAO_MAI, on=day) for day in (TODAY, TOMORROW)] == [FIRST, THIRD]
    assert [SAO_MAI in sees(FIRST, day) for day in (TODAY, TOMORROW)] == [True, False]
    assert [SAO_MAI in sees(THIRD, day) for day in (TODAY, TOMORROW)] == [False, True]
    assert [SAO_MAI in sees(PROVINCE, day) for day in (TODAY, TOMORROW)] == [True, False]


def test_the_newest_move_holds_until_the_register_says_otherwise() -> None:
    note("moved", TODAY, office=SECOND)
    note("moved", TOMORROW, office=THIRD)
    assert queries.office_of(SAO_MAI, on=TOMORROW) == THIRD
    Employer.objects.filter(code=SAO_MAI).update(office_id=SECOND)
    assert queries.office_of(SAO_MAI, on=TOMORROW) == SECOND
    assert SAO_MAI in sees(SECOND, TOMORROW)


def test_an_employer_out_of_reach_is_not_there() -> None:
    collector = make_officer("Thu", SECOND, "collection_officer")
    with pytest.raises(NotYours):
        note("ceased", by=collector)
    noted = note("ceased", by=make_officer("Thu", FIRST, "collection_officer"))
    with pytest.raises(NotYours):
        actions.take_back(noted, SAO_MAI, by=collector, now=NOW)
    with pytest.raises(NotYours):
        actions.take_back(noted, BIEN_XANH, by=collector, now=NOW)


@pytest.mark.parametrize(
    ("noted", "wrong"),
    [
        (Noted("lost", TODAY, "QĐ"), {"kind": "bad_choice"}),
        (Noted("ceased", TODAY, " "), {"basis": "required"}),
        (Noted("ceased", TODAY, "a" * 201), {"basis": "too_long"}),
        (Noted("merged", TODAY, "QĐ", into="TZ0009Z"), {"into": "unknown"}),
        (Noted("merged", TODAY, "QĐ", into=SAO_MAI), {"into": "same"}),
        (Noted("moved", TODAY, "QĐ", office="99999"), {"office": "bad_choice"}),
        (Noted("moved", TODAY, "QĐ", office=FIRST), {"office": "same"}),
    ],
)
def test_what_cannot_be_is_refused(noted: Noted, wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        actions.note(SAO_MAI, noted, by=SYSTEM, now=NOW)
    assert refused.value.fields == wrong


def test_an_employer_ends_once_and_moves_once_a_day() -> None:
    note("ceased")
    note("moved", office=THIRD)
    for kind, wrong in (("ceased", "kind"), ("moved", "from_on")):
        with pytest.raises(Invalid) as refused:
            note(kind, office=SECOND if kind == "moved" else "")
        assert refused.value.fields == {wrong: "already"}
