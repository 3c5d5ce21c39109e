"""The directory at the desk: who opens it, what is said, what was typed stays, what others did is seen."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from tests.making.places_of_the_directory import make_point
from tests.making.registrations import make_office
from tests.making.requests_of_people import make_facilities
from tests.page_text import text_of
from vssid.domain.directory import cells, edits, index
from vssid.domain.directory.models import Change, Collector, Facility, Point
from vssid.domain.offices.models import Office
from vssid.web.officer.imports.tests.data_desk import quang, yen
from vssid.web.officer.tests.desk import minh

from .. import pages

pytestmark = pytest.mark.django_db
PATH = "/can-bo/danh-ba"
POINT = f"{PATH}/diem-thu/P0000001"
PUBLIC = "/tra-cuu/diem-thu/P0000001"


@pytest.fixture(autouse=True)
def places(time_machine: Any) -> None:
    time_machine.move_to(datetime(2026, 11, 27, 3, 0, tzinfo=UTC))
    make_office()
    make_facilities()
    Facility.objects.update(commune_code="11311")  # around the office of Hồng Bàng
    make_point()
    index.refresh()


def sheet(kind: str = "point", code: str = "P0000001", **typed: Any) -> dict[str, Any]:
    """What the form of a place sends, with some of it typed anew."""
    row = edits.row_of(kind, code)
    fields: dict[str, Any] = {name: cell for name, cell in cells.of(kind, row).items() if name != "code"}
    for name in ("receives_applications", "leave_papers"):
        if fields.get(name) == "0":
            del fields[name]
    if "services" in fields:
        fields["services"] = fields["services"].split()
    return fields | {"reason": "Điểm thu báo đổi", "seen": edits.stamp(row)} | typed


def said(answer: Any) -> str:
    return text_of(answer.content)


def test_an_officer_without_the_role_opens_no_such_page_and_finds_no_link() -> None:
    client = minh()
    for path in (PATH, POINT, f"{POINT}/sua", f"{POINT}/dong", f"{PATH}/diem-thu/moi"):
        assert client.get(path).status_code == 403, path
    assert client.post(f"{PATH}/thay-doi/1/rut").status_code == 403
    assert "Danh bạ" not in said(client.get("/can-bo"))
    assert 'href="/can-bo/danh-ba"' in quang().get("/can-bo", follow=True).text


def test_a_stranger_is_led_to_the_sign_in() -> None:
    assert Client().get(POINT)["Location"].startswith("/can-bo/dang-nhap")


def test_a_form_of_another_site_changes_nothing() -> None:
    client = quang()
    client.handler.enforce_csrf_checks = True
    for path in (f"{POINT}/sua", f"{POINT}/dong", f"{PATH}/diem-thu/moi", f"{PATH}/thay-doi/1/rut"):
        assert client.post(path, sheet(phone="0590 000 999")).status_code == 403, path
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("loai=diem-thu&q=buu+cuc", "Bưu cục phường Hồng Bàng"),
        ("loai=diem-thu&q=p0000001", "Bưu cục phường Hồng Bàng"),
        ("loai=co-quan", "BHXH quận Hồng Bàng"),
        ("", "BHXH quận Hồng Bàng"),
        ("loai=co-so&q=benh+vien+mau", "Bệnh viện Mẫu Hai"),
        ("loai=to-chuc-thu&q=buu+dien", "Tổng công ty Bưu điện"),
        ("loai=la&q=03101", "BHXH quận Hồng Bàng"),
    ],
)
def test_places_are_found_by_words_or_code(asked: str, name: str) -> None:
    assert name in said(quang().get(f"{PATH}?{asked}"))


def test_the_next_page_asks_for_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    make_point("P0000002")
    index.refresh()
    monkeypatch.setattr(pages, "PER_PAGE", 1)
    client = quang()
    page = client.get(PATH, {"loai": "diem-thu", "q": "bưu cục & hồng"}).text
    (following,) = re.findall(r'rel="next" href="([^"]+)"', page)
    first, second = page, client.get(html.unescape(following)).text
    assert ("P0000001" in first) != ("P0000002" in first)
    assert ("P0000001" in first) == ("P0000002" in second)


def test_nothing_found_says_what_to_try() -> None:
    assert "Không tìm thấy nơi nào" in said(quang().get(f"{PATH}?loai=diem-thu&q=xyz"))


def test_a_place_is_told_in_words_with_its_source() -> None:
    page = said(quang().get(POINT))
    for words in ("Thành phố Hải Phòng", "Phường Hồng Bàng (11311)", "BHXH tự nguyện, BHYT hộ gia đình"):
        assert words in page
    assert "Chưa có lần sửa thủ công nào" in page


def test_a_phone_is_changed_and_the_public_page_has_it() -> None:
    client = quang()
    answer = client.post(f"{POINT}/sua", sheet(phone="0590 000 999"))
    assert (answer.status_code, answer["Location"]) == (302, f"{POINT}?da=luu")
    page = said(client.get(answer["Location"]))
    assert "Đã lưu" in page
    assert "Điện thoại 0590 000 001 0590 000 999" in page
    assert "Điểm thu báo đổi" in page
    assert "Quang ghi lúc 10:0" in page
    assert "Nguồn Sửa thủ công" in page
    index.refresh()
    assert "0590 000 999" in Client().get(PUBLIC).text
    assert "Quang" not in Client().get(PUBLIC).text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "Thiếu giá trị bắt buộc."),
        ({"hours": "sáng"}, "Giờ làm việc không đúng"),
        ({"commune_code": "99999"}, "Không có mã xã này"),
        ({"province_code": "99"}, "Hãy chọn trong danh sách."),
        ({"services": ["lạ"]}, "Hãy chọn trong danh sách."),
        ({"services": []}, "Thiếu giá trị bắt buộc."),
        ({"latitude": "bắc"}, "Vĩ độ từ 8 đến 24"),
        ({"valid_until": "32/01/2026"}, "Ngày không hợp lệ"),
        ({"reason": ""}, "Hãy ghi lý do"),
        ({"on": "01/01/2020"}, "Hãy chọn ngày từ hôm nay"),
        ({"on": "mai"}, "Ngày chưa đúng"),
        ({"name": "a\0b"}, ""),
        ({"area": "9" * 30_000}, ""),
        ({"seen": "\0"}, ""),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(typed: dict[str, Any], words: str) -> None:
    answer = quang().post(f"{POINT}/sua", sheet(**{"address": "77 Phố Mới"} | typed))
    assert answer.status_code == 422
    assert words in said(answer)
    assert "77 Phố Mới" in answer.text
    assert Point.objects.get(code="P0000001").address != "77 Phố Mới"
    assert not Change.objects.exists()


def test_nothing_typed_anew_is_said() -> None:
    answer = quang().post(f"{POINT}/sua", sheet())
    assert (answer.status_code, "Chưa có gì thay đổi." in said(answer)) == (422, True)


def test_who_comes_second_sees_what_the_first_wrote_and_may_save_on_it() -> None:
    mine = sheet(phone="0590 000 111")
    quang().post(f"{POINT}/sua", sheet(phone="0590 000 999"))
    client = yen()
    answer = client.post(f"{POINT}/sua", mine)
    assert answer.status_code == 422
    assert "vừa được người khác sửa" in said(answer)
    assert "Hiện nay là: 0590 000 999" in said(answer)
    assert 'value="0590 000 111"' in answer.text
    seen = answer.text.split('name="seen" value="')[1].split('"')[0]
    assert client.post(f"{POINT}/sua", mine | {"seen": seen}).status_code == 302
    assert Point.objects.get(code="P0000001").phone == "0590 000 111"


def test_a_change_of_a_later_day_waits_in_sight_and_can_be_withdrawn() -> None:
    client = quang()
    answer = client.post(f"{POINT}/sua", sheet(phone="0590 000 999", on="01/12/2026"))
    assert answer["Location"] == f"{POINT}?da=cho"
    page = client.get(f"{PATH}?loai=thay-doi")
    assert "Chờ đến ngày" in said(page)
    assert "có hiệu lực từ 01/12/2026" in said(page)
    again = client.post(f"{POINT}/sua", sheet(phone="0590 000 111"))
    assert "đã có thay đổi chờ đến ngày 01/12/2026" in said(again)
    change = Change.objects.get()
    answer = client.post(f"{PATH}/thay-doi/{change.id}/rut")
    assert answer["Location"] == f"{PATH}?loai=thay-doi&da=rut"
    assert "Không có thay đổi nào đang chờ" in said(client.get(answer["Location"]))
    assert "Quang rút lúc" in said(client.get(POINT))
    assert client.post(f"{PATH}/thay-doi/{change.id}/rut").status_code == 404


def test_what_was_refused_on_its_day_is_told_with_the_reason() -> None:
    client = quang()
    new = sheet() | {"code": "P0000009", "name": "Mới", "on": "01/12/2026"}
    assert client.post(f"{PATH}/diem-thu/moi", new)["Location"] == f"{PATH}?loai=thay-doi&da=cho"
    make_point("P0000009")
    edits.apply_due(datetime(2026, 12, 1, 3, tzinfo=UTC))
    page = said(client.get(f"{PATH}?loai=thay-doi"))
    assert "Không áp dụng được" in page
    assert "Mã: Mã này đã có trong danh bạ." in page


def test_a_new_place_is_added_and_says_in_a_demo_that_it_was_invented(settings: Any) -> None:
    settings.DEMO = True
    new = sheet() | {"code": "P0000009", "name": "Điểm thu Mới"}
    answer = quang().post(f"{PATH}/diem-thu/moi", new)
    assert answer["Location"] == f"{PATH}/diem-thu/P0000009?da=luu"
    row = Point.objects.get(code="P0000009")
    assert (row.name, row.is_synthetic, row.mark) == ("Điểm thu Mới", True, "[?]")


@pytest.mark.parametrize(
    ("code", "words"), [("P0000001", "Mã này đã có"), ("x y", "Mã gồm tối đa 12"), ("", "Thiếu giá trị")]
)
def test_a_new_place_needs_a_code_of_its_own(code: str, words: str) -> None:
    answer = quang().post(f"{PATH}/diem-thu/moi", sheet() | {"code": code, "name": "Tên giữ lại"})
    assert answer.status_code == 422
    assert words in said(answer)
    assert "Tên giữ lại" in answer.text


def test_a_closed_place_leaves_the_look_up_after_its_last_day(time_machine: Any) -> None:
    client = quang()
    assert "Ngày cuối hoạt động" in said(client.get(f"{POINT}/dong"))
    assert "Thiếu giá trị" in said(client.post(f"{POINT}/dong", sheet(valid_until="")))
    assert client.post(f"{POINT}/dong", sheet(valid_until="30/11/2026")).status_code == 302
    index.refresh()
    assert "P0000001" in Client().get("/tra-cuu/diem-thu?q=buu+cuc").text
    time_machine.move_to(datetime(2026, 12, 1, 3, tzinfo=UTC))
    assert "P0000001" not in Client().get("/tra-cuu/diem-thu?q=buu+cuc").text
    page = said(yen().get(f"{PATH}?loai=diem-thu&q=P0000001"))
    assert "Đã ngừng" in page


def test_an_office_and_a_facility_are_edited_too_and_a_collector_of_the_country_is_not() -> None:
    client = quang()
    office = sheet("office", "03101", closed_days="2026-12-24", services=["payment"])
    assert client.post(f"{PATH}/co-quan/03101/sua", office).status_code == 302
    assert Office.objects.get(code="03101").services == ["payment"]
    assert "24/12/2026" in said(client.get(f"{PATH}/co-quan/03101"))
    facility = sheet("facility", "31902", level="basic", leave_papers="on")
    assert client.post(f"{PATH}/co-so/31902/sua", facility).status_code == 302
    assert "Cấp cơ bản" in said(client.get(f"{PATH}/co-so/31902"))
    collector = sheet("collector", "BD", phone="1900 0001")
    answer = client.post(f"{PATH}/to-chuc-thu/BD/sua", collector)
    assert answer.status_code == 422
    assert "thuộc cơ quan khác" in said(answer)
    assert Collector.objects.get(code="BD").phone == ""


@pytest.mark.parametrize(
    "path",
    [f"{PATH}/la/03101", f"{PATH}/co-quan/09999", f"{PATH}/la/moi", f"{PATH}/to-chuc-thu/BD/dong"],
)
def test_what_is_not_there_is_a_404(path: str) -> None:
    assert quang().get(path).status_code == 404
