from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.making.employers_hr import ELSEWHERE, HERE
from tests.making.registrations import LAN, make_officer
from vssid.domain.employers.days import booking, times
from vssid.domain.employers.days.tests.made import make_day
from vssid.domain.employers.invitations.tests import invited
from vssid.domain.employers.invitations.tests.invited import Workers
from vssid.domain.employers.models import Invitee
from vssid.kernel.actor import person
from vssid.kernel.calendar import local_day
from vssid.web.citizen.tests.cast import make_citizen
from vssid.web.employer.tests.cast import browser_of

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/don-vi"


@pytest.fixture
def workers() -> Workers:
    made = invited.make_workers()
    make_citizen(LAN.bhxh_code, person_id=made.lan)
    return made


@pytest.fixture
def lan(workers: Workers) -> Client:
    """Lan's browser."""
    return browser_of(workers.lan)


def test_a_worker_says_what_an_employer_sees_and_sends_and_takes_it_back(
    workers: Workers, lan: Client
) -> None:
    assert "Công ty Sao Mai (mẫu)" in lan.get(PAGE).content.decode()
    assert lan.post(PAGE, {"don-vi": HERE, "an": "1", "dung": "1"})["Location"] == PAGE
    row = Invitee.objects.get(person_id=workers.lan)
    assert row.hides
    assert row.stopped_at
    lan.post(PAGE, {"don-vi": HERE})
    after = Invitee.objects.get(person_id=workers.lan)
    assert (after.hides, after.stopped_at) == (False, None)


@pytest.mark.parametrize("employer", [ELSEWHERE, "", "x" * 50])
def test_of_an_employer_where_one_does_not_work_nothing_is_said(lan: Client, employer: str) -> None:
    answer = lan.post(PAGE, {"don-vi": employer, "an": "1"})
    assert answer.status_code == 404
    assert "Không có gì thay đổi" in answer.content.decode()
    assert not Invitee.objects.exists()


def test_a_worker_books_changes_and_cancels_a_time_of_a_registration_day(
    workers: Workers, lan: Client
) -> None:
    day = make_day(make_officer(), on=local_day(timezone.now()) + timedelta(days=2), per_slot=1)
    first, second = times.of_day(day)[:2]
    page = f"{PAGE}/ngay-dang-ky/{day.id}"
    assert "Chọn giờ" in lan.get(PAGE).content.decode()
    assert lan.post(page, {"gio": first.isoformat()})["Location"] == PAGE
    assert "Bạn đã hẹn lúc 08:00" in lan.get(PAGE).content.decode()
    booking.book(workers.binh, day.id, second, by=person(workers.binh), now=timezone.now())
    full = lan.post(page, {"gio": second.isoformat()})
    assert full.status_code == 409
    assert "Giờ này vừa hết chỗ" in full.content.decode()
    assert lan.post(page, {"gio": "bao giờ"}).status_code == 422
    assert lan.post(page, {"huy": "1"}).status_code == 302
    assert "Bạn đã hẹn" not in lan.get(PAGE).content.decode()


def test_a_day_of_an_employer_where_one_does_not_work_is_not_there(workers: Workers, lan: Client) -> None:
    day = make_day(make_officer(), employer_id=ELSEWHERE)
    at = times.of_day(day)[0].isoformat()
    assert lan.post(f"{PAGE}/ngay-dang-ky/{day.id}", {"gio": at}).status_code == 404
