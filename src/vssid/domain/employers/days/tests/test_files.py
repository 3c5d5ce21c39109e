"""The files of a registration day are those of its own workers, for the officer named alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.making.registrations import BINH, LAN, NOW, make_officer
from vssid.domain.employers.days import queries
from vssid.domain.employers.handing_in.tests.sent import AN, HOA, OTHER, make_sent
from vssid.domain.employers.merge_hooks import MERGE_HOOKS
from vssid.domain.employers.models import Booking, RegistrationDay
from vssid.domain.registration.models import Application

from .made import TOMORROW, make_day

pytestmark = pytest.mark.django_db


def book(day: RegistrationDay, person_id: int, hours: int = 8) -> Booking:
    at = NOW.replace(hour=hours)
    return Booking.objects.create(day=day, person_id=person_id, starts_at=at, booked_at=NOW)


def test_files_are_of_own_workers_who_booked_or_agreed() -> None:
    officer = make_officer()
    day = make_day(officer)
    agreed = make_sent(LAN)
    make_sent(BINH, agrees=False)
    make_sent(HOA, employer=OTHER)
    booked = make_sent(AN, agrees=False)
    person_id = Application.objects.get(id=booked).person_id
    assert person_id is not None
    book(day, person_id)
    assert [row.application_id for row in queries.files(day, officer)] == [booked, agreed]
    colleague, elsewhere = replace(officer, id=0), replace(officer, office="03102")
    assert queries.files(day, colleague) == queries.files(day, elsewhere) == []
    Booking.objects.update(cancelled_at=NOW)
    assert [row.application_id for row in queries.files(day, officer)] == [agreed]


def test_an_officer_has_the_accepted_days_near_today() -> None:
    officer = make_officer()
    near = make_day(officer)
    make_day(officer, on=TOMORROW + timedelta(days=4))
    make_day(replace(officer, id=5), on=TOMORROW + timedelta(days=1))
    make_day(on=TOMORROW)
    assert queries.of_officer(officer, now=NOW) == [near]


def test_times_follow_a_merged_person_and_stay_one_a_day() -> None:
    day, later = make_day(make_officer()), make_day(make_officer("Hà"), on=TOMORROW + timedelta(days=1))
    book(day, 501)
    book(later, 501)
    kept = book(day, 502, 9)
    hook = next(hook for hook in MERGE_HOOKS if hook.name == "registration_days")
    assert set(hook.left([501, 502])) == {501, 502}
    hook.follow(501, 502, NOW)
    rows = Booking.objects.filter(person_id=502, cancelled_at=None).order_by("day__on")
    assert [row.day_id for row in rows] == [day.id, later.id]
    assert rows[0].id == kept.id
