"""The plan on pages: written, changed, refused beside the field; offices below read it and change nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.making import roll_out
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST, OTHER_PROVINCE, PROVINCE, THIRD
from vssid.domain.rollout.models import Assignment, Plan, Target
from vssid.web.officer.tests.desk import browser_of

from .shown import text_of

pytestmark = pytest.mark.django_db
HERE = "/can-bo/bao-cao/ke-hoach"
COLLECTING = "/can-bo/bao-cao/chuyen-quan"
LETTER = {
    "office": PROVINCE,
    "letter_number": "12/KH-BHXH",
    "letter_on": "20/09/2026",
    "title": "Kế hoạch mẫu",
    "from_on": "01/10/2026",
    "to_on": "31/12/2026",
}
TARGET = {"office": FIRST, "employer": "", "officer": "", "people": "40", "from_on": "01/10/2026"}


def director(office: str = PROVINCE, role: str = "director") -> Client:
    if not Plan.objects.exists():
        roll_out.make_offices()
    return browser_of(make_officer_account(f"{role[:3]}.{office}", office, "Hoa", role))


def written(client: Client) -> str:
    answer = client.post(f"{HERE}/moi", LETTER)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_a_director_writes_a_plan_and_sets_a_target() -> None:
    client = director()
    place = written(client)
    client.post(f"{place}/chi-tieu", TARGET | {"to_on": "31/12/2026"})
    page = text_of(client.get(place))
    assert "Số 12/KH-BHXH ngày 20/09/2026" in page
    assert "BHXH 03101 (mẫu)" in page
    assert Target.objects.get().people == 40


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays() -> None:
    client = director()
    answer = client.post(f"{HERE}/moi", LETTER | {"to_on": "01/09/2026", "title": ""})
    assert answer.status_code == 422
    assert "Ngày cuối phải từ ngày bắt đầu trở đi" not in text_of(
        answer
    )  # the form itself lacks a title first
    assert "Hãy nhập tên kế hoạch" in text_of(answer)
    assert "12/KH-BHXH" in answer.content.decode()
    late = client.post(f"{HERE}/moi", LETTER | {"to_on": "01/09/2026"})
    assert "Ngày cuối phải từ ngày bắt đầu trở đi" in text_of(late)
    place = written(client)
    none = client.post(f"{place}/chi-tieu", TARGET | {"office": "", "to_on": "31/12/2026"})
    assert (none.status_code, "Hãy chọn đúng một" in text_of(none)) == (422, True)
    assert not Target.objects.exists()


def test_who_changes_an_older_version_is_told() -> None:
    client = director()
    place = written(client)
    assert client.post(f"{place}/sua", LETTER | {"title": "Lần hai", "seen": "1"}).status_code == 302
    again = client.post(f"{place}/sua", LETTER | {"title": "Lần ba", "seen": "1"})
    assert (again.status_code, "Có người vừa sửa kế hoạch này" in text_of(again)) == (422, True)
    assert "Lần hai" in text_of(client.get(place))


def test_offices_below_read_a_plan_and_change_nothing() -> None:
    place = written(director())
    below = director(FIRST)
    page = below.get(place)
    assert page.status_code == 200
    assert f'href="{place}/chi-tieu"' not in page.content.decode()
    assert below.post(f"{place}/ket-thuc").status_code == 403
    for client in (director(OTHER_PROVINCE), director(THIRD)):
        assert client.get(place).status_code == 404
        assert client.post(f"{place}/ket-thuc").status_code == 404
    assert Plan.objects.get().ended_at is None


def test_a_plan_and_a_target_are_ended_and_stay_to_be_read() -> None:
    client = director()
    place = written(client)
    client.post(f"{place}/chi-tieu", TARGET | {"to_on": "31/12/2026"})
    client.post(f"{place}/chi-tieu/{Target.objects.get().id}/bo")
    client.post(f"{place}/ket-thuc")
    page = text_of(client.get(place))
    assert "Thay hoặc bỏ ngày" in page
    assert "Đã kết thúc" in page


def test_an_employer_is_given_to_a_collection_officer_from_a_day() -> None:
    client = director(FIRST)
    thu = roll_out.make_collection_officer("thu", FIRST)
    roll_out.make_employer("TZ0001A", FIRST)
    typed: dict[str, Any] = {"employer": "tz0001a", "officer": thu, "from_on": "01/12/2026", "until_on": ""}
    assert client.post(f"{COLLECTING}/giao", typed).status_code == 302
    page = text_of(client.get(COLLECTING))
    assert re.search(r"Công ty TZ0001A \(mẫu\).*Thu", page, re.S)
    row = Assignment.objects.get()
    client.post(f"{COLLECTING}/{row.id}/ket-thuc", {"until_on": "31/12/2026"})
    row.refresh_from_db()
    assert f"{row.until_on:%d/%m/%Y}" == "31/12/2026"


def test_an_employer_of_elsewhere_is_refused_beside_its_field() -> None:
    client = director(FIRST)
    thu = roll_out.make_collection_officer("thu", FIRST)
    roll_out.make_employer("TZ0009A", THIRD)
    typed: dict[str, Any] = {"employer": "TZ0009A", "officer": thu, "from_on": "01/12/2026"}
    answer = client.post(f"{COLLECTING}/giao", typed)
    assert (answer.status_code, "Không có đơn vị mã này" in text_of(answer)) == (422, True)
    assert not Assignment.objects.exists()


def test_another_offices_assignment_is_not_there() -> None:
    director()
    employer = roll_out.make_employer("TZ0001A", FIRST)
    thu = roll_out.make_collection_officer("thu", FIRST)
    row = Assignment.objects.create(
        employer=employer,
        office_id=FIRST,
        officer_id=thu,
        officer_name="Thu",
        from_on="2026-10-01",
        made_at=roll_out.NOW,
    )
    far = director(THIRD)
    assert far.get(f"{COLLECTING}/{row.id}/ket-thuc").status_code == 404
    assert "TZ0001A" not in text_of(far.get(COLLECTING))
