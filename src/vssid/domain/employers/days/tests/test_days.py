"""HR proposes a registration day, the office answers, workers take times."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection

from tests.making import roll_out
from tests.making.registrations import BINH, HONG_BANG, LAN, NOW, make_officer, make_officer_account
from vssid.domain.audit.models import Event
from vssid.domain.employers.days import answering, booking, passing, proposing, reading, times
from vssid.domain.employers.days.errors import BookingOver, DayMoved, OfficerBusy, SlotFull
from vssid.domain.employers.days.times import Wanted
from vssid.domain.employers.handing_in.tests.sent import HERE, HR, OTHER, make_sent
from vssid.domain.employers.models import Booking, RegistrationDay, Worker
from vssid.domain.notifications.models.messages import Notice
from vssid.domain.offices.policy import NotAllowed
from vssid.domain.registration.models import Application
from vssid.kernel.actor import SYSTEM, Actor, ActorKind, person
from vssid.kernel.errors import Invalid, NotYours

from .made import TOMORROW, make_day

pytestmark = pytest.mark.django_db
WANTED = Wanted(TOMORROW, time(8), time(10), "Hội trường (mẫu)", 12, 20, 2)
THU = Actor(ActorKind.OFFICER, 9_200_001, "Thu", HONG_BANG, "collection_officer")


def propose(**changes: Any) -> RegistrationDay:
    return RegistrationDay.objects.get(id=proposing.propose(replace(WANTED, **changes), HERE, by=HR, now=NOW))


def minh() -> int:
    return make_officer_account("minh", HONG_BANG, "Minh")


def worker_of(who: Any) -> int:
    person_id = Application.objects.get(id=make_sent(who)).person_id
    assert person_id is not None
    return int(person_id)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"on": TOMORROW - timedelta(days=1)}, {"on": "past"}),
        ({"on": TOMORROW + timedelta(days=180)}, {"on": "far"}),
        ({"closes": time(8)}, {"closes": "before_opens"}),
        ({"place": ""}, {"place": "required"}),
        ({"place": "x" * 201}, {"place": "too_long"}),
        ({"note": "x" * 501}, {"note": "too_long"}),
        ({"slot_minutes": 7}, {"slot_minutes": "bad_choice"}),
        ({"per_slot": 21}, {"per_slot": "out_of_range"}),
        ({"expected": 0}, {"expected": "out_of_range"}),
        ({"expected": 13}, {"expected": "no_room"}),
    ],
)
def test_a_day_that_cannot_be_is_refused_by_field(changes: Any, wrong: Any) -> None:
    with pytest.raises(Invalid) as refused:
        times.check(replace(WANTED, **changes), NOW)
    assert refused.value.fields == wrong


def test_a_proposal_is_changed_until_it_is_answered_and_is_of_its_employer() -> None:
    make_day(on=TOMORROW + timedelta(days=9))
    roll_out.make_employer(OTHER, HONG_BANG)
    day = propose()
    with pytest.raises(Invalid) as twice:
        propose(opens=time(9, 30), closes=time(11, 30))
    assert twice.value.fields == {"on": "already"}
    proposing.change(day.id, replace(WANTED, place="Nhà ăn"), HERE, by=HR, now=NOW)
    with pytest.raises(NotYours):
        proposing.change(day.id, WANTED, OTHER, by=HR, now=NOW)
    answering.accept(day.id, minh(), by=THU, now=NOW)
    with pytest.raises(DayMoved):
        proposing.change(day.id, WANTED, HERE, by=HR, now=NOW)
    day.refresh_from_db()
    assert (day.place, day.state, day.officer_name) == ("Nhà ăn", "accepted", "Minh")


def test_only_who_decides_there_is_named_and_at_one_place_at_a_time() -> None:
    first, officer = make_day(), minh()
    second = make_day(opens=time(9), closes=time(11), employer_id=make_day(on=TOMORROW).employer_id)
    reception = make_officer_account("hoa", HONG_BANG, "Hoa", "reception")
    for unknown in (0, reception):
        with pytest.raises(Invalid):
            answering.accept(first.id, unknown, by=THU, now=NOW)
    answering.accept(first.id, officer, by=THU, now=NOW)
    with pytest.raises(OfficerBusy):
        answering.accept(second.id, officer, by=THU, now=NOW)
    ha = make_officer_account("ha", HONG_BANG, "Hà")
    answering.accept(second.id, ha, by=THU, now=NOW)
    assert Notice.objects.filter(person_id=ha, kind="registration_day_named").exists()
    with pytest.raises(OfficerBusy):
        answering.name_other(first.id, ha, by=THU, now=NOW)
    kinds = set(Event.objects.filter(kind__startswith="employer.day_").values_list("kind", flat=True))
    assert kinds == {"employer.day_accepted"}


def test_another_office_and_who_only_looks_answer_nothing() -> None:
    day, officer = make_day(), minh()
    with pytest.raises(NotYours):
        answering.accept(day.id, officer, by=replace(THU, office="03102"), now=NOW)
    with pytest.raises(NotAllowed):
        answering.decline(day.id, "Bận", by=replace(THU, role="auditor"), now=NOW)
    with pytest.raises(Invalid):
        answering.decline(day.id, " ", by=THU, now=NOW)
    day.refresh_from_db()
    assert day.state == "proposed"


def test_a_worker_takes_changes_and_cancels_a_time() -> None:
    day = make_day(make_officer())
    lan, binh = worker_of(LAN), worker_of(BINH)
    first, second = times.of_day(day)[:2]
    booking.book(lan, day.id, first, by=person(lan), now=NOW)
    booking.book(lan, day.id, first, by=person(lan), now=NOW)
    booking.book(lan, day.id, second, by=person(lan), now=NOW)
    booking.book(binh, day.id, second, by=person(binh), now=NOW)
    open_ones = Booking.objects.filter(cancelled_at=None).order_by("person_id")
    assert list(open_ones.values_list("starts_at", flat=True)) == [second, second]
    own = reading.of_worker(lan, now=NOW)[0]
    assert own.booked_at == second
    view = reading.of_employer_one(day.id, HERE)
    assert [[line.person_id for line in slot.workers] for slot in view.slots[:2]] == [[], [binh, lan]]
    booking.cancel(lan, day.id, by=person(lan), now=NOW)
    assert reading.of_worker(lan, now=NOW)[0].booked_at is None
    assert Event.objects.filter(subject_id=lan, kind="employer.time_booked").count() == 2
    assert Event.objects.filter(subject_id=lan, kind="employer.time_cancelled").count() == 1
    with pytest.raises(BookingOver):
        booking.cancel(binh, day.id, by=person(binh), now=second)


def test_a_time_that_is_none_or_of_another_employer_is_not_taken() -> None:
    day = make_day(make_officer())
    lan = worker_of(LAN)
    at = times.of_day(day)[0]
    with pytest.raises(Invalid):
        booking.book(lan, day.id, at + timedelta(minutes=1), by=person(lan), now=NOW)
    Worker.objects.update(employer_code=OTHER)
    with pytest.raises(NotYours):
        booking.book(lan, day.id, at, by=person(lan), now=NOW)
    assert reading.of_worker(lan, now=NOW) == []
    proposed = make_day(on=TOMORROW + timedelta(days=1))
    with pytest.raises(NotYours):
        booking.book(lan, proposed.id, at, by=person(lan), now=NOW)


def test_a_day_called_off_cancels_every_time_and_tells_who_booked() -> None:
    day = make_day(make_officer())
    lan = worker_of(LAN)
    booking.book(lan, day.id, times.of_day(day)[0], by=person(lan), now=NOW)
    answering.decline(day.id, "Cán bộ ốm", by=THU, now=NOW)
    assert not Booking.objects.filter(cancelled_at=None).exists()
    kinds = Notice.objects.filter(person_id=lan).values_list("kind", flat=True)
    assert {"registration_day_booked", "registration_day_off"} <= set(kinds)
    with pytest.raises(DayMoved):
        proposing.withdraw(day.id, HERE, by=SYSTEM, now=NOW)


def test_a_day_that_has_begun_is_not_called_off() -> None:
    day = make_day(make_officer())
    begun = times.of_day(day)[0]
    with pytest.raises(DayMoved):
        answering.decline(day.id, "Muộn", by=THU, now=begun)
    with pytest.raises(DayMoved):
        proposing.withdraw(day.id, HERE, by=HR, now=begun)


def test_who_booked_is_reminded_once_and_old_days_go() -> None:
    day = make_day(make_officer())
    lan = worker_of(LAN)
    booking.book(lan, day.id, times.of_day(day)[0], by=person(lan), now=NOW)
    for _night in range(2):
        passing.remind(NOW)
    assert Notice.objects.filter(person_id=lan, kind="registration_day_soon").count() == 1
    assert passing.close_past(NOW + timedelta(days=8)) == 0
    assert passing.close_past(NOW + timedelta(days=9)) == 1
    assert passing.erase_old(NOW + timedelta(days=731)) == 0
    assert passing.erase_old(NOW + timedelta(days=732)) == 1
    assert not Booking.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_the_last_places_at_once_only_as_many_get_one() -> None:
    day = make_day(make_officer())
    at: datetime = times.of_day(day)[0]
    people = range(701, 707)
    Worker.objects.bulk_create(Worker(person_id=one, employer_code=HERE) for one in people)

    def take(person_id: int) -> bool:
        try:
            booking.book(person_id, day.id, at, by=person(person_id), now=NOW)
        except SlotFull:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(max_workers=6) as pool:
        got = list(pool.map(take, people))
    assert sum(got) == day.per_slot == Booking.objects.filter(cancelled_at=None).count()
