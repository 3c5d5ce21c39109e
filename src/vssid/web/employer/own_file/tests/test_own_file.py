from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.making import employers_hr as hr
from tests.making.employers import SAO_MAI
from tests.making.roll_out import NOW
from vssid.domain.employers.models.own_file import Given, OwnFile
from vssid.domain.employers.own_file import working
from vssid.domain.employers.seats.roles import Role
from vssid.web.employer.tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/don-vi/tep"
LAN = "Nguyễn Thị Lan,01/01/1990,0000000001,,0901234567,lan@mau.vn,May 2,1"
BAD = "Đỗ Văn An,01/01/1990,2,,,,,1"


@pytest.fixture(autouse=True)
def workers() -> None:
    hr.make_named(1, "Nguyễn Thị Lan", employer=SAO_MAI)
    hr.make_named(2, "Đỗ Văn An", employer=SAO_MAI)
    hr.come_in(1)


def send(client: Any, *rows: str, header: str = hr.HEADER) -> Any:
    """Hand in a file, and have it read."""
    content = hr.table(*rows, header=header).encode()
    answer = client.post(PAGE, {"file": SimpleUploadedFile("nhan-su.csv", content)})
    if answer.status_code == 302:
        waiting = client.get(answer["Location"])
        assert waiting["Refresh"]
        working.work(OwnFile.objects.latest("id").id, now=NOW)
        return client.get(answer["Location"])
    return answer


def test_a_file_is_shown_then_taken_and_compared() -> None:
    client = cast.tuan()
    shown = send(client, LAN, BAD).content.decode()
    for said in ("Dùng tệp này", "Bộ phận", "Tiền lương", "Tải dòng bị từ chối"):
        assert said in shown
    assert not Given.objects.exists()
    number = OwnFile.objects.get().id
    assert "bad_bhxh_code" in client.get(f"{PAGE}/{number}/dong-loi").content.decode()
    taken = client.post(f"{PAGE}/{number}/dung", follow=True).content.decode()
    assert Given.objects.count() == 1
    assert "Đỗ Văn An" in taken
    assert "Đang dùng" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}/{number}/dung").status_code == 409


def test_a_heading_that_nobody_knows_is_asked_about() -> None:
    client = cast.tuan()
    shown = send(client, "Nguyễn Thị Lan,0000000001", header="Danh xưng,Mã số BHXH").content.decode()
    assert "Cột thiếu: Họ và tên" in shown
    number = OwnFile.objects.get().id
    client.post(f"{PAGE}/{number}/cot", {"tieu-de": "Danh xưng", "cot": "full_name"})
    working.work(number, now=NOW)
    assert "Dùng tệp này" in client.get(f"{PAGE}/{number}").content.decode()
    client.post(f"{PAGE}/{number}/bo")
    assert OwnFile.objects.get().state == "dropped"


def test_without_a_file_the_form_says_so() -> None:
    answer = cast.tuan().post(PAGE, {})
    assert (answer.status_code, "Hãy chọn tệp." in answer.content.decode()) == (422, True)


def test_who_only_reads_hands_in_nothing() -> None:
    client = cast.tuan(Role.READER)
    assert "Gửi và xem trước" not in client.get(PAGE).content.decode()
    assert send(client, LAN).status_code == 403
