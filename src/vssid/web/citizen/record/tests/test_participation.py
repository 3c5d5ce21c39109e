"""/qua-trinh: totals, periods, months that are not paid, and what is said of an employer."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from tests.making.registrations import make_office, make_officer_account
from vssid.domain.offices.models import Office
from vssid.domain.participants.models.people import Contribution, Employer, StandingCount
from vssid.domain.participants.participation.totals import first_day, month_of
from vssid.domain.rollout import assigning
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day
from vssid.web.citizen.tests.cast import (
    BACH_DANG,
    SAO_MAI,
    add_period,
    bare,
    late_page,
    make_worker,
    signed_in,
)

pytestmark = pytest.mark.django_db
TODAY = local_day(timezone.now())


@pytest.mark.parametrize("tab", ["", "/bhtn", "/tnld", "/bhyt"])
def test_an_empty_history_says_why_and_whom_to_call(tab: str):
    _, client = bare()
    page = client.get(f"/qua-trinh{tab}").text
    assert "Chưa có quá trình" in page
    assert "1900 9068" in page


def test_the_history_shows_totals_unpaid_months_and_periods():
    make_worker()
    late_page(months=3)
    page = signed_in().get("/qua-trinh").text
    assert "<b>8</b><span>năm</span><b>10</b><span>tháng</span>" in page
    assert "Tổng thời gian chậm đóng: 2 tháng" in page
    assert page.index(SAO_MAI[1]) < page.index("Bạch Đằng")
    assert "Gián đoạn" in page


@pytest.mark.parametrize(
    ("cycle", "back", "said"),
    [
        ("monthly", 2, "Đơn vị chậm đóng tháng"),
        ("monthly", 1, ""),
        ("", 2, "Chưa ghi nhận đơn vị đóng tháng"),
        ("", 8, "Đơn vị chậm đóng"),
        ("", 1, ""),
    ],
)
def test_an_employer_is_called_late_only_when_it_is_for_certain(cycle: str, back: int, said: str):
    person_id, client = bare()
    month = month_of(local_day(timezone.now()))
    add_period(person_id, first_day(month - 30), None, unpaid_from=first_day(month - back))
    Employer.objects.update(paying_cycle=cycle)
    home, history = client.get("/").text, client.get("/qua-trinh").text
    assert said in home
    assert ("chậm đóng" in home) == ("chậm đóng" in said)
    assert ("Đơn vị chậm đóng từ" in history) == ("chậm đóng" in said)
    assert ("Tổng thời gian chậm đóng" in history) == ("chậm đóng" in said)
    assert "Chưa đến hạn đóng" in history
    assert ("Chưa ghi nhận đơn vị đóng" in home) == said.startswith("Chưa")


def test_what_was_paid_since_the_last_file_is_not_called_late():
    make_worker()
    late_page(months=5)
    StandingCount.objects.create(run_id=1, day=date(2020, 1, 1), counted_at=timezone.now())
    client = signed_in()
    assert "chậm đóng" not in client.get("/").text
    page = client.get("/qua-trinh").text
    assert "Theo dữ liệu đến ngày 01/01/2020" in page
    assert "chậm đóng" not in page


def test_who_pays_alone_is_never_called_late():
    person_id, client = bare()
    month = month_of(local_day(timezone.now()))
    add_period(
        person_id, first_day(month - 30), None, None, is_voluntary=True, unpaid_from=first_day(month - 20)
    )
    page = client.get("/qua-trinh").text
    assert "Chưa ghi nhận tiền bạn tự đóng." in page
    assert "chậm đóng" not in page + client.get("/").text


def test_the_table_behind_the_picture_has_the_same_months():
    person_id, client = bare()
    add_period(person_id, date(2020, 3, 1), date(2021, 2, 1))
    page = client.get("/qua-trinh").text
    assert '<th scope="row" class="num">2020</th><td class="right">10</td>' in page
    assert '<th scope="row" class="num">2021</th><td class="right">2</td>' in page


def test_a_period_shows_all_its_fields_and_where_it_came_from():
    person_id, client = bare()
    add_period(person_id, date(2020, 3, 1), date(2021, 2, 1), workplace="Xưởng 2", wage=6_512_000)
    page = client.get("/qua-trinh/bhxh/1").text
    for words in (
        "03/2020",
        "02/2021",
        "1 năm",
        "Công nhân may",
        "Công ty TNHH Sao Mai (TZ0001A)",
        "Xưởng 2",
        "6.512.000 đ/tháng",
        "VND",
        "Ghi nhận lúc",
    ):
        assert words in page, words


def test_a_coefficient_is_not_shown_as_money():
    person_id, client = bare()
    add_period(person_id, date(2020, 3, 1), date(2021, 2, 1), wage="2.34", wage_kind="coefficient")
    assert "2,34" in client.get("/qua-trinh/bhxh/1").text


@pytest.mark.parametrize(
    "path", ["/qua-trinh/bhxh/0", "/qua-trinh/bhxh/99", "/qua-trinh/xyz", "/qua-trinh/xyz/1"]
)
def test_rows_that_are_not_there_are_not_found(path: str):
    make_worker()
    assert signed_in().get(path).status_code == 404


def test_a_period_that_begins_next_month_counts_nothing_yet():
    person_id, client = bare()
    add_period(person_id, first_day(month_of(TODAY) + 1), None)
    assert client.get("/qua-trinh").status_code == 200
    assert client.get("/qua-trinh/bhxh/1").status_code == 200


def test_forty_years_in_forty_periods_fit_the_picture():
    person_id, client = bare()
    for year in range(1985, 2025):
        add_period(person_id, date(year, 1, 1), date(year, 11, 1))
    page = client.get("/qua-trinh").text
    assert page.count('class="period"') == Contribution.objects.count() == 40


def test_the_unemployment_tab_tells_what_is_not_yet_used():
    make_worker()
    page = signed_in().get("/qua-trinh/bhtn").content.decode()
    assert "Thời gian đóng BHTN được bảo lưu" in page
    assert "được bảo lưu" not in signed_in().get("/qua-trinh").content.decode()


def test_the_unemployment_tab_tells_where_and_by_when_to_claim():
    person_id, client = bare()
    today = local_day(timezone.now())
    add_period(person_id, date(today.year - 3, 1, 1), date(today.year - 1, 12, 1), scheme="bhtn")
    page = client.get("/qua-trinh/bhtn").text
    assert "trung tâm dịch vụ việc làm, trong 3 tháng kể từ ngày nghỉ việc" in page
    assert f"31/12/{today.year - 1}" in page
    assert f"31/03/{today.year}" in page
    add_period(person_id, date(today.year, 1, 1), None, scheme="bhtn")
    assert f"31/03/{today.year}" not in client.get("/qua-trinh/bhtn").text


def looked_after() -> None:
    """Lê Thị Thu looks after Sao Mai, whose office has a phone and hours."""
    make_office("03101", "BHXH quận Hồng Bàng")
    hours = [{"days": [1, 2, 3, 4, 5], "open": "07:30", "close": "17:00"}]
    Office.objects.filter(code="03101").update(phone="0225 000 0000", hours=hours)
    Employer.objects.filter(code=SAO_MAI[0]).update(office_id="03101")
    thu = make_officer_account("thu", "03101", "Lê Thị Thu", "collection_officer")
    assigning.assign(SAO_MAI[0], thu, TODAY, by=SYSTEM, now=timezone.now())


def test_months_that_are_not_paid_lead_to_the_collection_officer_with_phone_and_hours():
    make_worker()
    looked_after()
    late_page(months=3)
    client = signed_in()
    for path in ("/qua-trinh", "/qua-trinh/bhtn", "/qua-trinh/bhxh/2"):
        page = client.get(path).text
        for said in ("Hỏi ai?", "Lê Thị Thu", "BHXH quận Hồng Bàng", "0225 000 0000", "7:30–17:00"):
            assert said in page, (path, said)


def test_nobody_is_to_be_asked_about_an_employer_of_former_times():
    person_id, client = bare()
    add_period(person_id, date(2019, 1, 1), date(2020, 12, 1), BACH_DANG)
    assert "Hỏi ai?" not in client.get("/qua-trinh").text
