"""/so-kham-chua-benh: by year, the illness behind a tap, amounts by who paid."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.utils import timezone

from tests.page_text import without_tokens
from vssid.kernel.calendar import VIETNAM, local_day
from vssid.web.citizen.tests.cast import TUAN, bare, browser, enter, make_citizen
from vssid.web.citizen.tests.records import add_paper, add_visit

pytestmark = pytest.mark.django_db
BOOK, PAPERS = "/so-kham-chua-benh", "/so-kham-chua-benh/giay"


def test_a_visit_stands_in_the_year_it_began_in_viet_nam():
    person_id, client = bare()
    # 23:30 on the last day of 2025 in Greenwich is already 2026 in Việt Nam.
    add_visit(person_id, datetime(2026, 1, 1, 6, 30, tzinfo=VIETNAM))
    add_visit(person_id, datetime(2024, 5, 6, 9, 0, tzinfo=VIETNAM), diagnosis_name="Viêm dạ dày")
    assert "01/01/2026" in client.get(BOOK).text
    assert "Viêm dạ dày" not in client.get(BOOK).text
    assert "Viêm dạ dày" in client.get(f"{BOOK}?nam=2024").text
    assert "01/01/2026" not in client.get(f"{BOOK}?nam=2024").text


def test_the_picker_offers_the_years_with_visits_and_this_year():
    person_id, client = bare()
    add_visit(person_id, datetime(2024, 5, 6, 9, 0, tzinfo=VIETNAM))
    offered = re.findall(r"nam=(\d{4})", client.get(BOOK).text)
    assert offered == [str(local_day(timezone.now()).year), "2024"]


def test_a_year_without_visits_says_so_and_whom_to_ask():
    person_id, client = bare()
    add_visit(person_id)
    page = client.get(f"{BOOK}?nam=2019").text
    assert "Không có thông tin khám chữa bệnh trong năm 2019" in page
    assert "cơ sở y tế nơi bạn khám" in page
    assert "1900 9068" in page


@pytest.mark.parametrize("year", ["abcd", "20260", "٢٠٢٦", "0001"])
def test_what_is_no_year_is_not_found(year: str):
    _, client = bare()
    assert client.get(BOOK, {"nam": year}).status_code == 404


@pytest.mark.parametrize("path", [BOOK, f"{BOOK}/1"])
def test_the_illness_stands_only_behind_a_tap(path: str):
    person_id, client = bare()
    add_visit(person_id)
    page = client.get(path).text
    assert "Viêm phổi (J18.9)" in page
    outside = re.sub(r"<details class=\"hidden-word\">.*?</details>", "", page, flags=re.DOTALL)
    assert "Viêm phổi" not in outside
    assert "J18.9" not in outside
    assert "<details open" not in page


def test_a_visit_tells_place_course_and_who_paid_what():
    person_id, client = bare()
    add_visit(person_id)
    page = client.get(f"{BOOK}/1").text
    for words in (
        "31901",
        "08:15, 02/03/2026",
        "16:00, 02/03/2026",
        "Điều trị nội trú",
        "Ho, sốt",
        "Đỡ",
        "Ra viện",
        "2.950.000 đ",
        "2.280.000 đ",
        "570.000 đ",
        "60.000 đ",
        "40.000 đ",
        "Ghi nhận lúc",
    ):
        assert words in page, words


def test_a_leave_certificate_tells_its_days_and_its_numbers():
    person_id, client = bare()
    add_paper(person_id)
    assert "Giấy chứng nhận nghỉ việc hưởng BHXH" in client.get(PAPERS).text
    page = client.get(f"{PAPERS}/1").text
    for words in ("000001-1", "AB123", "03/02/2025", "07/02/2025", "5 ngày", "BS. Mẫu"):
        assert words in page, words


@pytest.mark.parametrize(
    ("issued_on", "rule", "of_year"),
    [
        (date(2024, 5, 6), "Thông tư 56/2017/TT-BYT", "Thông tư 56/2017/TT-BYT"),
        (date(2025, 6, 30), "Thông tư 56/2017/TT-BYT", "Thông tư 56/2017/TT-BYT, Thông tư 25/2025/TT-BYT"),
        (date(2025, 7, 1), "Thông tư 25/2025/TT-BYT", "Thông tư 56/2017/TT-BYT, Thông tư 25/2025/TT-BYT"),
        (date(2026, 3, 4), "Thông tư 25/2025/TT-BYT", "Thông tư 25/2025/TT-BYT"),
    ],
)
def test_a_paper_names_the_circular_of_its_day_and_the_tab_those_of_the_year(issued_on, rule, of_year):
    person_id, client = bare()
    add_paper(person_id, issued_on=issued_on, from_date=issued_on, to_date=issued_on)
    listed = client.get(PAPERS, {"nam": issued_on.year}).text
    assert f"Giấy được cấp theo {of_year}<" in listed
    assert f"Giấy được cấp theo {of_year}<" in client.get(BOOK, {"nam": issued_on.year}).text
    assert f">{rule}</dd>" in client.get(f"{PAPERS}/1").text


def test_a_birth_paper_without_days_stands_in_the_year_it_was_given():
    person_id, client = bare()
    born = {"issued_on": date(2023, 4, 5), "child_born_on": date(2023, 4, 1), "diagnosis_name": ""}
    add_paper(person_id, kind="birth", from_date=None, to_date=None, days=None, diagnosis_code="", **born)
    assert "05/04/2023" in client.get(f"{PAPERS}?nam=2023").text
    page = client.get(f"{PAPERS}/1").text
    assert "01/04/2023" in page
    assert "hidden-word" not in page


def test_without_papers_the_page_says_why():
    _, client = bare()
    page = client.get(PAPERS).text
    assert "Không có giấy được cấp trong năm" in page
    assert "gửi lên hệ thống BHXH" in page


@pytest.mark.parametrize("path", [f"{BOOK}/0", f"{BOOK}/2", f"{PAPERS}/0", f"{PAPERS}/2"])
def test_rows_that_are_not_there_are_not_found(path: str):
    person_id, client = bare()
    add_visit(person_id)
    add_paper(person_id)
    assert client.get(path).status_code == 404


def test_tuan_sees_nothing_of_lan_and_a_stranger_must_sign_in():
    person_id, _ = bare()
    add_visit(person_id)
    add_paper(person_id)
    make_citizen(TUAN)
    tuan = browser()
    enter(tuan, code=TUAN)
    for path in (f"{BOOK}?nam=2026", f"{PAPERS}?nam=2025"):
        assert "31901" not in without_tokens(tuan.get(path).text)
        assert "Viêm phổi" not in tuan.get(path).text
    for path in (f"{BOOK}/1", f"{PAPERS}/1"):
        assert tuan.get(path).status_code == 404
        assert browser().get(path)["Location"].startswith("/dang-nhap")


def test_the_own_share_of_the_year_is_told_with_the_change_of_salary_within_it():
    person_id, client = bare()
    add_visit(person_id, datetime(2026, 5, 4, 9, 0, tzinfo=VIETNAM), paid_share=1_396_758)
    add_visit(person_id, datetime(2026, 8, 4, 9, 0, tzinfo=VIETNAM), paid_share=1_000_000)
    add_visit(person_id, datetime(2025, 8, 4, 9, 0, tzinfo=VIETNAM), paid_share=9_000_000)
    page = client.get(f"{BOOK}?nam=2026").text
    for said in ("2.396.758 đ", "15.180.000 đ", "12.669.831 đ", "379.500 đ", "01/07/2026"):
        assert said in page
    assert "Nghị định 188/2025/NĐ-CP, Điều 18" in page
    before = client.get(f"{BOOK}?nam=2025").text
    assert "14.040.000 đ" in before
    assert "01/07/2026" not in before
    assert "cùng chi trả (theo dữ liệu)" not in client.get(f"{BOOK}?nam=2024").text
