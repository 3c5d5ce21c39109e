"""Reports on pages: figures with their lists, drilled down, and nothing of another office."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.making import roll_out
from tests.making.registrations import make_officer_account
from tests.making.roll_out import FIRST, NOW, OTHER_PROVINCE, PROVINCE, SECOND, THIRD
from vssid.domain.registration.models import Application, Draft
from vssid.domain.reports import counting
from vssid.domain.reports.models import FileLine, Progress, Tally
from vssid.web.officer.tests.desk import browser_of

from .shown import text_of

pytestmark = pytest.mark.django_db
HERE = "/can-bo/bao-cao"
SLUGS = (
    "tien-do",
    "xu-huong",
    "xep-hang",
    "dang-ton",
    "tu-choi",
    "thoi-gian",
    "tin-nhan",
    "tin-nhan/danh-sach",
    "dang-dien",
    "ho-so",
    "lao-dong",
)
DAYS = "tu=01/10/2026&den=18/11/2026"


@pytest.fixture
def made() -> dict[str, Any]:
    return roll_out.make_counted_plan()


def director(office: str = PROVINCE, role: str = "director") -> Client:
    return browser_of(make_officer_account(f"{role[:3]}.{office}", office, "Hoa", role))


def links(answer: Any) -> list[str]:
    """The addresses of the lists behind the figures."""
    found = re.findall(r'href="(/can-bo/bao-cao/(?:ho-so|lao-dong)[^"]*)"', answer.content.decode())
    return [address.replace("&amp;", "&") for address in found]


def figures(answer: Any) -> list[tuple[str, int]]:
    """Each linked figure with its address."""
    pattern = r'href="(/can-bo/bao-cao/(?:ho-so|lao-dong|dang-dien)[^"]*)">([\d.]+)</a>'
    found = re.findall(pattern, answer.content.decode())
    return [(address.replace("&amp;", "&"), int(text.replace(".", ""))) for address, text in found]


def count_of(answer: Any) -> int:
    """How many lines a list says it has."""
    told = re.search(r"<dd class=\"num\">([\d.]+)</dd>", answer.content.decode())
    assert told
    return int(told[1].replace(".", ""))


@pytest.mark.parametrize("path", ["", "/tu-choi"])
def test_a_page_leads_from_its_figures_to_lists_of_as_many(made: dict[str, Any], path: str) -> None:
    client = director()
    told = figures(client.get(f"{HERE}{path}?{DAYS}"))
    assert len(told) >= 3
    for address, figure in told:
        assert count_of(client.get(address)) == figure, address


def test_the_ranking_opens_the_employers_of_an_office(made: dict[str, Any]) -> None:
    client = director()
    html = client.get(f"{HERE}/xep-hang?{DAYS}").content.decode()
    place = re.search(rf'href="({HERE}/tien-do\?co-quan={FIRST}[^"]*)"', html)
    assert place
    assert made["employer"] in text_of(client.get(place[1].replace("&amp;", "&")))


def test_the_picture_of_the_trend_says_the_same_as_its_table(made: dict[str, Any]) -> None:
    html = director().get(f"{HERE}/xu-huong?{DAYS}&co-quan={FIRST}").content.decode()
    days = re.findall(r'<th scope="row"[^>]*>(\d\d/\d\d/\d{4})</th>', html)
    sent = [row for row in re.findall(r"<tr><th.*?</tr>", html, re.S) if "viec=sent" in row]
    assert len(re.findall('<rect class="sent"', html)) == len(sent) <= len(days)
    assert 'class="ahead"' in html
    assert "Dự báo lấy mức duyệt bình quân" in html


def test_without_a_target_or_with_few_days_there_is_no_forecast_and_the_page_says_why(
    made: dict[str, Any],
) -> None:
    client = director()
    assert "chưa có chỉ tiêu nào đang tính" in text_of(client.get(f"{HERE}/xu-huong?{DAYS}&co-quan={SECOND}"))
    FileLine.objects.all().delete()
    Tally.objects.filter(day__lt="2026-11-10").delete()
    page = text_of(client.get(f"{HERE}/xu-huong?{DAYS}&co-quan={FIRST}"))
    assert "cần ít nhất 14 ngày có số liệu" in page


def test_an_office_reads_how_the_texts_of_its_files_arrive_and_opens_each(made: dict[str, Any]) -> None:
    client = director(FIRST)
    page = client.get(f"{HERE}/tin-nhan?{DAYS}")
    assert "Không gắn với hồ sơ" not in text_of(page)
    assert "Không gắn với hồ sơ" in text_of(director("00000").get(f"{HERE}/tin-nhan?{DAYS}"))
    place = re.search(rf'href="({HERE}/tin-nhan/danh-sach[^"]*)"', page.content.decode())
    assert place
    listed = client.get(place[1].replace("&amp;", "&"))
    assert "678" in text_of(listed)
    message = re.search(r'href="(/can-bo/tin-gui-di/\d+/[^"]+)"', listed.content.decode())
    assert message
    assert client.get(message[1]).status_code == 200
    assert director(SECOND).get(message[1]).status_code == 404


def test_who_sees_no_deliveries_reads_no_phones_and_opens_no_text(made: dict[str, Any]) -> None:
    listed = director(FIRST, "collection_officer").get(f"{HERE}/tin-nhan/danh-sach?{DAYS}")
    assert listed.status_code == 200
    assert count_of(listed) > 0
    assert "678" not in text_of(listed)
    assert "/can-bo/tin-gui-di/" not in re.sub(r"(?s)<nav.*?</nav>", "", listed.content.decode())


def test_texts_are_told_of_no_employer(made: dict[str, Any]) -> None:
    narrow = f"{DAYS}&don-vi={made['employer']}"
    client = director(FIRST)
    assert "không đếm theo chuyên quản, đơn vị" in text_of(client.get(f"{HERE}/tin-nhan?{narrow}"))
    assert client.get(f"{HERE}/tin-nhan/danh-sach?{narrow}").status_code == 404
    assert client.get(f"{HERE}/tin-nhan/danh-sach?{DAYS}&khong-ho-so=1").status_code == 404


def test_a_report_is_drilled_from_the_province_to_an_employer(made: dict[str, Any]) -> None:
    client, page = director(), f"{HERE}?{DAYS}"
    for part in (f"co-quan={FIRST}", f"chuyen-quan={made['officer']}", f"don-vi={made['employer']}"):
        html = client.get(page).content.decode()
        down = re.search(rf'href="({HERE}\?[^"]*{part}[^"]*)"', html)
        assert down, part
        page = down[1].replace("&amp;", "&")
    assert made["employer"] in text_of(client.get(page))


def test_the_weekly_report_has_the_columns_that_offices_know(made: dict[str, Any]) -> None:
    html = director().get(f"{HERE}/tien-do?{DAYS}").content.decode()
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', html) == [
        "STT",
        "Mã đơn vị",
        "Tên đơn vị",
        "Số lao động",
        "Đã gửi tờ khai",
        "Đã duyệt",
        "Chưa duyệt",
        "Tỷ lệ %",
        "Chỉ tiêu",
        "Chuyên quản",
        "Ghi chú",
    ]
    row = re.search(rf"<tr>(?:(?!</tr>).)*{made['employer']}.*?</tr>", html, re.S)
    assert row
    assert "Thu" in row[0]
    assert "Còn thiếu" in row[0] or "Đạt chỉ tiêu" in row[0]


def test_the_moment_of_the_count_is_told(made: dict[str, Any]) -> None:
    assert "Số liệu tính đến 10:00, 18/11/2026" in text_of(director().get(HERE))


def test_before_the_first_count_the_page_says_so() -> None:
    roll_out.make_offices()
    assert "Chưa có số liệu" in text_of(director().get(HERE))


def test_nothing_of_another_office_is_reached(made: dict[str, Any]) -> None:
    far = FileLine.objects.filter(office_code=THIRD).count()
    assert far
    for client, other in (
        (director(FIRST), SECOND),
        (director(PROVINCE), THIRD),
        (director(SECOND), PROVINCE),
    ):
        for path in ("", *(f"/{slug}" for slug in SLUGS)):
            answer = client.get(f"{HERE}{path}?{DAYS}&co-quan={other}&don-vi={made['employer']}")
            assert answer.status_code == 404, (path, other)
    assert director(OTHER_PROVINCE).get(f"{HERE}/lao-dong?don-vi={made['employer']}").status_code == 404


def test_a_list_holds_only_files_of_the_own_office(made: dict[str, Any]) -> None:
    html = director(FIRST).get(f"{HERE}/ho-so?{DAYS}&buoc=sent").content.decode()
    numbers = set(re.findall(r"DK-(\d{5})-26", html))
    assert numbers == {FIRST}


def test_persons_are_named_only_to_who_may_see_files(made: dict[str, Any]) -> None:
    sees, counts = director(FIRST), director(FIRST, "collection_officer")
    for path in ("/ho-so?buoc=approved", f"/lao-dong?don-vi={made['employer']}"):
        named = text_of(sees.get(f"{HERE}{path}&{DAYS}"))
        hidden = counts.get(f"{HERE}{path}&{DAYS}")
        assert "Người Mẫu" in named
        assert "Người Mẫu" not in text_of(hidden)
        assert "chỉ có số hồ sơ" in text_of(hidden)
        assert not re.search(r'href="/can-bo/ho-so/\d', hidden.content.decode())


def test_a_draft_is_counted_and_nobody_is_told_whose_it_is(made: dict[str, Any]) -> None:
    roll_out.make_draft(3, FIRST, NOW)
    roll_out.make_draft(1, FIRST, NOW)
    counting.recount(NOW)
    page = director(FIRST).get(f"{HERE}/dang-dien?{DAYS}")
    assert "Đã chọn nơi nộp" in text_of(page)
    assert "không cho biết là của ai" in text_of(page)
    drafts = Draft.objects.values_list("subject_id", flat=True)
    assert not [number for number in drafts if str(number) in page.content.decode()]
    assert "Chưa chọn cơ quan" not in text_of(page)
    assert "Chưa chọn cơ quan" in text_of(director("00000").get(f"{HERE}/dang-dien?{DAYS}"))


def test_who_looks_after_employers_reads_no_drafts_of_one_of_them(made: dict[str, Any]) -> None:
    client = director(FIRST)
    for narrow in (f"don-vi={made['employer']}", f"chuyen-quan={made['officer']}"):
        assert client.get(f"{HERE}/dang-dien?{DAYS}&{narrow}").status_code == 404


def test_a_list_of_a_day_before_says_that_it_is_of_the_last_count(made: dict[str, Any]) -> None:
    Progress.objects.update(day=date(2026, 11, 15))
    counting.recount(NOW)
    client, place = director(FIRST), f"{HERE}/lao-dong?buoc=approved"
    assert "không được giữ" not in text_of(client.get(place))
    assert "Số liệu của ngày 15/11/2026 là" in text_of(client.get(f"{place}&tu=01/11/2026&den=16/11/2026"))


def test_a_figure_may_be_of_files_that_are_gone_meanwhile(made: dict[str, Any]) -> None:
    Application.objects.filter(office_id=FIRST).delete()
    assert "Đã xóa" in text_of(director(FIRST).get(f"{HERE}/ho-so?{DAYS}&buoc=sent"))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("tu=01/12/2026&den=01/11/2026", "Ngày cuối trước ngày bắt đầu"),
        ("tu=hôm nay&den=", "Ngày chưa đúng"),
        ("tu=01/01/2020&den=01/11/2026", "nhiều nhất 800 ngày"),
    ],
)
def test_days_that_cannot_be_are_said_beside_the_field_and_stay(days: str, said: str) -> None:
    roll_out.make_offices()
    answer = director().get(f"{HERE}?{days}")
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert days.split("&")[0].removeprefix("tu=") in answer.content.decode()


@pytest.mark.parametrize(
    "odd", ["chuyen-quan=x", "don-vi=%00", "trang=-1", "ly-do=%27", "co-quan=", "buoc=?"]
)
def test_odd_addresses_are_answered(made: dict[str, Any], odd: str) -> None:
    client = director()
    for path in ("", "/tien-do", "/ho-so"):
        assert client.get(f"{HERE}{path}?{odd}").status_code in (200, 404)
