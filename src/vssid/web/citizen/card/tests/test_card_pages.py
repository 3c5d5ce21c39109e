"""The pages of the card: what they say in each state, its code, and the day of five years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from vssid.domain.cards import qr_text
from vssid.domain.record import queries
from vssid.infra.documents.qr import qr_svg
from vssid.kernel.calendar import local_day
from vssid.web.citizen.tests.cast import add_coverage, bare, late_page, make_worker, signed_in

pytestmark = pytest.mark.django_db
TODAY = local_day(timezone.now())


def test_a_late_employer_is_told_and_nothing_says_that_nothing_is_to_be_done():
    make_worker()
    page = late_page()
    assert 'class="wcard valid late"' in page
    assert "Đơn vị chậm đóng" in page
    assert "không cần làm gì" not in page
    client = signed_in()
    for path in ("/the", "/the/ma", "/the/hinh-anh"):
        said = client.get(path).text
        assert "đơn vị chậm đóng" in said, path
        assert "không cần làm gì" not in said, path


def test_the_card_has_every_field():
    make_worker()
    page = signed_in().get("/the").text
    for words in (
        "NGUYỄN THỊ LAN",
        "0100 000 001",
        "02/01/1990",
        "Nữ",
        "4 · 80%",
        "01/01/2025",
        "Tự gia hạn",
        "DN4310100000001",
        "31901",
        "Được chi trả 80%",
        "BHXH quận Hồng Bàng",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("first", "last", "renews", "words"),
    [
        (TODAY - timedelta(days=300), None, True, "Bạn không cần làm gì"),
        (TODAY - timedelta(days=300), TODAY + timedelta(days=90), False, "Thẻ không tự gia hạn"),
        (
            TODAY - timedelta(days=300),
            TODAY + timedelta(days=9),
            False,
            "Sắp hết giá trị: dùng được đến hết ngày",
        ),
        (TODAY - timedelta(days=300), TODAY, True, "Sắp hết giá trị: dùng được đến hết ngày"),
        (TODAY - timedelta(days=300), TODAY - timedelta(days=1), True, "Đã hết giá trị: ngày cuối cùng là"),
        (TODAY - timedelta(days=300), TODAY - timedelta(days=1), False, "hãy đóng tiếp tại điểm thu"),
        (TODAY + timedelta(days=5), None, True, "Có giá trị từ ngày"),
    ],
)
def test_the_card_says_in_words_whether_it_counts(first: date, last: date | None, renews: bool, words: str):
    person_id, client = bare()
    add_coverage(person_id, first, last, auto_renews=renews)
    assert words in client.get("/the").text


def test_the_qr_is_the_official_text():
    person_id = make_worker()
    page = signed_in().get("/the/ma").text
    card = queries.own_record(person_id, now=timezone.now()).card
    assert card is not None
    whole = queries.with_street(card, person_id)
    assert "Số 12" in whole.address
    assert qr_svg(qr_text.compose(whole)) in page
    assert "Chỉ đưa tại cơ sở y tế" in page


def test_without_cover_the_card_page_says_why_and_whom_to_ask():
    _, client = bare()
    for path in ("/the", "/the/ma"):
        page = client.get(path).text
        assert "Chưa có thẻ BHYT" in page
        assert "phòng nhân sự" in page
        assert "1900 9068" in page


def test_a_level_that_a_law_changed_is_shown_with_the_law_and_what_the_card_says():
    person_id, client = bare()
    add_coverage(person_id, date(2025, 6, 1), None, object_code="CN", benefit_level="3")
    for path in ("/the", "/qua-trinh/bhyt/1"):
        page = client.get(path).text
        assert "2 · 100% từ 01/01/2026 theo Nghị quyết 261/2025/QH15 (dữ liệu thẻ ghi mức 3)" in page, path
    assert "Được chi trả 100%" in client.get("/the").text


@pytest.mark.parametrize("told", [date(2024, 3, 1), None])
def test_the_day_of_five_years_is_one_on_every_page_and_says_whether_it_is_counted(told: date | None):
    person_id, client = bare()
    add_coverage(person_id, date(2023, 1, 1), None, five_years_from=told)
    said = {path: client.get(path).text for path in ("/", "/the", "/the/hinh-anh", "/qua-trinh/bhyt")}
    if told:
        assert "01/03/2024" in said["/the"]
        assert "01/03/2024" in said["/the/hinh-anh"]
        assert "01/01/2028" not in said["/the"] + said["/the/hinh-anh"] + said["/"]
        assert "Thẻ ghi đã đủ 5 năm liên tục từ" in said["/qua-trinh/bhyt"]
        assert "Tính từ các thẻ có trong dữ liệu thì liên tục từ 01/01/2023" in said["/qua-trinh/bhyt"]
        return
    assert "Đủ 5 năm liên tục (tính từ dữ liệu)" in said["/the"]
    assert "01/01/2028" in said["/the"]
    assert "Thẻ chưa ghi thời điểm này." in said["/qua-trinh/bhyt"]
    assert "01/01/2028" not in said["/the/hinh-anh"]
    assert "Nghị định 188/2025/NĐ-CP" in said["/qua-trinh/bhyt"]
