"""HR asks for a registration day and sees who comes when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.making.employers import SAO_MAI
from tests.making.registrations import LAN, make_officer
from tests.page_text import text_of
from vssid.domain.employers.days import answering, booking, times
from vssid.domain.employers.days.tests.made import TOMORROW, make_day
from vssid.domain.employers.days.tests.test_days import THU, worker_of
from vssid.domain.employers.models import RegistrationDay
from vssid.domain.employers.seats.roles import Role
from vssid.kernel.actor import person
from vssid.web.employer.tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/don-vi/ngay-dang-ky"
TYPED = {
    "on": f"{TOMORROW:%d/%m/%Y}",
    "opens": "8h00",
    "closes": "10:00",
    "place": "Hội trường (mẫu)",
    "expected": "12",
    "slot_minutes": "20",
    "per_slot": "2",
}


def test_hr_proposes_changes_and_withdraws_a_day() -> None:
    client = cast.tuan()
    made = client.post(PAGE, TYPED)
    day = RegistrationDay.objects.get()
    assert made["Location"] == f"{PAGE}/{day.id}"
    page = text_of(client.get(made["Location"]).content)
    assert "Chờ cơ quan BHXH trả lời" in page
    client.post(f"{PAGE}/{day.id}", TYPED | {"place": "Nhà ăn"})
    assert "Nhà ăn" in text_of(client.get(PAGE).content)
    client.post(f"{PAGE}/{day.id}/rut")
    assert "Đơn vị đã rút" in text_of(client.get(made["Location"]).content)
    assert client.post(f"{PAGE}/{day.id}/rut").status_code == 409


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays() -> None:
    refused = cast.tuan().post(PAGE, TYPED | {"expected": "500", "closes": "25:99"})
    assert refused.status_code == 422
    assert "Hãy nhập giờ và phút" in refused.content.decode()
    refused = cast.tuan().post(PAGE, TYPED | {"expected": "500"})
    page = refused.content.decode()
    assert "không đủ chỗ cho số người dự kiến" in page
    assert 'value="500"' in page


def test_hr_sees_who_comes_when_and_how_far_each_is() -> None:
    day = make_day(make_officer(), employer_id=SAO_MAI)
    lan = worker_of(LAN)
    booking.book(lan, day.id, times.of_day(day)[1], by=person(lan), now=day.proposed_at)
    page = text_of(cast.tuan().get(f"{PAGE}/{day.id}").content)
    for said in ("Đã hẹn 1, dự kiến 12", "08:20", LAN.full_name, "Cán bộ đến", "Minh"):
        assert said in page, said


def test_hr_reads_why_the_office_does_not_come() -> None:
    client = cast.tuan()
    day = make_day(employer_id=SAO_MAI, on=TOMORROW + timedelta(days=1))
    answering.decline(day.id, "Cán bộ đi công tác", by=THU, now=day.proposed_at)
    assert "Cán bộ đi công tác" in text_of(client.get(f"{PAGE}/{day.id}").content)
    notice = text_of(client.get("/don-vi/thong-bao").content)
    assert "Cơ quan BHXH không đến được ngày đăng ký" in notice


def test_who_may_only_read_proposes_nothing() -> None:
    assert cast.tuan(Role.READER).post(PAGE, TYPED).status_code == 403
    assert not RegistrationDay.objects.exists()
