"""Who acts for an employer: given and ended by who may, one role at a time, never left without one."""

from __future__ import annotations

from datetime import date

import pytest

from tests.making import employers
from tests.making.employers import BIEN_XANH, NOW, SAO_MAI, make_hr
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST, SECOND
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.audit.models import Event
from vssid.domain.employers.seats import actions, queries
from vssid.domain.employers.seats.errors import LastAdministrator, NoSeat, SeatEnded
from vssid.domain.employers.seats.roles import Act, Role, acts_of
from vssid.domain.offices.policy import NotAllowed
from vssid.kernel.actor import SYSTEM, Actor, person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import DomainError, Invalid, NotYours

pytestmark = pytest.mark.django_db
TODAY = local_day(NOW)


@pytest.fixture(autouse=True)
def places() -> None:
    employers.make_employers()


def collector(office: str = FIRST) -> Actor:
    return make_officer("Thu", office, "collection_officer")


def seat_of(who: int, code: str = SAO_MAI) -> int:
    return next(seat.id for seat in queries.of_person(who, on=TODAY) if seat.employer_code == code)


@pytest.mark.parametrize(
    ("role", "acts", "of_one_that_is_over"),
    [
        ("administrator", {Act.READ, Act.WORK, Act.ADMINISTER}, {Act.READ}),
        ("clerk", {Act.READ, Act.WORK}, {Act.READ}),
        ("reader", {Act.READ}, {Act.READ}),
        ("", set(), set()),
        ("director", set(), set()),
    ],
)
def test_a_role_may_what_the_table_says(role: str, acts: set[Act], of_one_that_is_over: set[Act]) -> None:
    assert acts_of(role) == acts
    assert acts_of(role, reads_only=True) == of_one_that_is_over


def test_an_administrator_gives_and_ends_seats_of_the_own_employer_alone() -> None:
    tuan = person(make_hr("Tuấn", (SAO_MAI, Role.ADMINISTRATOR)))
    nga = make_hr("Nga")
    seat = actions.give(nga, SAO_MAI, "clerk", by=tuan, now=NOW)
    with pytest.raises(NoSeat):
        actions.give(nga, BIEN_XANH, "clerk", by=tuan, now=NOW)
    assert [held.employer_code for held in queries.of_person(nga, on=TODAY)] == [SAO_MAI]
    with pytest.raises(NotYours):
        actions.end(seat, BIEN_XANH, why="Nghỉ việc", by=SYSTEM, now=NOW)
    actions.end(seat, SAO_MAI, why="Nghỉ việc", by=tuan, now=NOW)
    assert queries.current(nga, on=TODAY) is None
    with pytest.raises(SeatEnded):
        actions.end(seat, SAO_MAI, why="Nghỉ việc", by=tuan, now=NOW)
    kinds = Event.objects.filter(subject_id=nga, kind__startswith="employer.").order_by("seq")
    assert [(event.kind, event.facts["employer"], event.office) for event in kinds] == [
        ("employer.seat_given", SAO_MAI, FIRST),
        ("employer.seat_ended", SAO_MAI, FIRST),
    ]


@pytest.mark.parametrize("role", [Role.CLERK, Role.READER])
def test_who_does_not_administer_gives_no_seat(role: Role) -> None:
    nga = make_hr("Nga", (SAO_MAI, role))
    with pytest.raises(NoSeat):
        actions.give(make_hr("Tuấn"), SAO_MAI, "reader", by=person(nga), now=NOW)


def test_an_office_acts_within_its_reach_and_by_its_right() -> None:
    nga = make_hr("Nga")
    actions.give(nga, SAO_MAI, "reader", by=collector(), now=NOW)
    refusals: list[tuple[Actor, type[DomainError]]] = [
        (collector(SECOND), NotYours),
        (make_officer("An", FIRST, "auditor"), NotAllowed),
        (make_officer("Minh", FIRST), NotAllowed),
    ]
    for by, refused in refusals:
        with pytest.raises(refused):
            actions.end(seat_of(nga), SAO_MAI, why="Nghỉ việc", by=by, now=NOW)
    assert queries.current(nga, on=TODAY)


def test_only_the_office_leaves_an_employer_without_an_administrator() -> None:
    tuan = make_hr("Tuấn", (SAO_MAI, Role.ADMINISTRATOR))
    with pytest.raises(LastAdministrator):
        actions.end(seat_of(tuan), SAO_MAI, why="Nghỉ việc", by=person(tuan), now=NOW)
    actions.end(seat_of(tuan), SAO_MAI, why="Thu hồi ủy quyền", by=collector(), now=NOW)
    assert queries.current(tuan, on=TODAY) is None


def test_ending_signs_the_holder_out_and_ending_all_does_so_for_everybody() -> None:
    held = [make_hr(name, (SAO_MAI, Role.CLERK)) for name in ("Nga", "Bình")]
    other = make_hr("Lan", (BIEN_XANH, Role.CLERK))
    for who in (*held, other):
        sessions.start(who, device="", proved_at=NOW, now=NOW)
    actions.end(seat_of(held[0]), SAO_MAI, why="Nghỉ việc", by=collector(), now=NOW)
    assert set(Session.objects.values_list("person_id", flat=True)) == {held[1], other}
    assert actions.end_all(SAO_MAI, why="Thu hồi ủy quyền", by=collector(), now=NOW) == 1
    assert set(Session.objects.values_list("person_id", flat=True)) == {other}


def test_only_an_office_ends_all() -> None:
    tuan = make_hr("Tuấn", (SAO_MAI, Role.ADMINISTRATOR))
    with pytest.raises(NotAllowed):
        actions.end_all(SAO_MAI, why="Thử", by=person(tuan), now=NOW)


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"role": "director"}, {"role": "bad_choice"}),
        ({"from_on": date(2026, 11, 17)}, {"from_on": "past"}),
        ({"until_on": date(2026, 11, 17)}, {"until_on": "before_from"}),
    ],
)
def test_a_seat_that_is_none_is_refused(asked: dict[str, object], wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        actions.give(make_hr(), SAO_MAI, **{"role": "clerk", **asked}, by=SYSTEM, now=NOW)  # type: ignore[arg-type]
    assert refused.value.fields == wrong


def test_nobody_sits_twice_at_one_employer() -> None:
    nga = make_hr("Nga", (SAO_MAI, Role.CLERK))
    with pytest.raises(Invalid) as refused:
        actions.give(nga, SAO_MAI, "administrator", by=SYSTEM, now=NOW)
    assert refused.value.fields == {"role": "already"}


def test_a_reason_is_asked_for() -> None:
    nga = make_hr("Nga", (SAO_MAI, Role.CLERK))
    for text, wrong in ((" ", "required"), ("a" * 201, "too_long")):
        with pytest.raises(Invalid) as refused:
            actions.end(seat_of(nga), SAO_MAI, why=text, by=SYSTEM, now=NOW)
        assert refused.value.fields == {"why": wrong}


def test_an_accountant_of_two_acts_in_the_seat_that_the_session_chose() -> None:
    nga = make_hr("Nga", (SAO_MAI, Role.CLERK), (BIEN_XANH, Role.READER))
    sessions.start(nga, device="", proved_at=NOW, now=NOW)
    session = Session.objects.get(person_id=nga)
    first = queries.current(nga, session.id, on=TODAY)
    assert first
    assert (first.employer_code, first.role) == (SAO_MAI, "clerk")
    actions.choose(seat_of(nga, BIEN_XANH), session_id=session.id, by=person(nga), now=NOW)
    chosen = queries.current(nga, session.id, on=TODAY)
    assert chosen
    assert (chosen.employer_code, chosen.acts) == (BIEN_XANH, frozenset({Act.READ}))
    with pytest.raises(NotYours):
        actions.choose(
            seat_of(make_hr("Bình", (SAO_MAI, Role.CLERK))), session_id=session.id, by=person(nga), now=NOW
        )


def test_a_seat_holds_from_its_first_day_to_its_last() -> None:
    nga = make_hr("Nga")
    actions.give(
        nga, SAO_MAI, "clerk", from_on=date(2026, 11, 20), until_on=date(2026, 11, 21), by=SYSTEM, now=NOW
    )
    days = [date(2026, 11, day) for day in (19, 20, 21, 22)]
    assert [bool(queries.current(nga, on=day)) for day in days] == [False, True, True, False]
    assert [queries.of_employer(SAO_MAI, on=day)[0].state for day in days] == [
        "later", "holds", "holds", "over",
    ]  # fmt: skip
