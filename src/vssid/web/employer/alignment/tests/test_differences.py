from __future__ import annotations

import pytest
from django.utils import timezone

from tests.making import employers_hr as hr
from tests.making.employers import SAO_MAI
from tests.making.registrations import make_officer
from tests.making.roll_out import FIRST
from tests.page_text import text_of
from vssid.domain.employers.corrections import answering
from vssid.domain.employers.models.corrections import Correction
from vssid.domain.employers.models.differences import Difference
from vssid.domain.employers.seats.roles import Role
from vssid.domain.participants.models.people import Employer
from vssid.web.employer.tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/don-vi/doi-chieu"


@pytest.fixture
def compared() -> None:
    hr.make_named(1, "Nguyễn Thị Lan", employer=SAO_MAI)
    hr.make_named(2, "Đỗ Văn An", employer=SAO_MAI)
    hr.come_in(1)
    hr.take(hr.table("Nguyễn Thị Lam,01/01/1990,0000000001,,,,,"), employer=SAO_MAI)


def test_each_kind_is_told_with_both_sides(compared: None) -> None:
    text = cast.tuan().get(PAGE).content.decode()
    assert "Nguyễn Thị Lam" in text
    assert "Nguyễn Thị Lan" in text
    assert "Đỗ Văn An" in cast.tuan().get(PAGE, {"loai": "missing"}).content.decode()


def test_hr_says_who_is_to_mend_it(compared: None) -> None:
    client, name = cast.tuan(), Difference.objects.get(kind="name")
    answer = client.post(f"{PAGE}/{name.id}", {"ai": "register", "loai": "name", "sau": "0"})
    assert answer["Location"] == f"{PAGE}?loai=name"
    name.refresh_from_db()
    assert (name.state, name.said_by) == ("register", "Trần Tuấn")
    assert client.post(f"{PAGE}/{name.id}", {"ai": "x"}).status_code == 404


def test_the_chosen_ones_go_to_the_office_with_one_act_and_their_state_stands_beside_them(
    compared: None,
) -> None:
    client = cast.tuan()
    name, missing = (Difference.objects.get(kind=kind).id for kind in ("name", "missing"))
    sent = client.post(f"{PAGE}/gui", {"chon": [name], "loai": "name"})
    assert sent["Location"] == f"{PAGE}?loai=name&gui=1&truoc=0"
    told = text_of(client.get(sent["Location"]).content)
    for said in ("Đã gửi cơ quan BHXH 1 chỗ khác nhau.", Correction.objects.get().number, "Rút lại"):
        assert said in told, said
    again = client.post(f"{PAGE}/gui", {"chon": [name, missing]})
    assert again["Location"].endswith("gui=1&truoc=1")
    refused = client.post(f"{PAGE}/{name}", {"ai": "file", "loai": "name"})
    assert refused.status_code == 409
    assert "rút lại đề nghị trước" in text_of(refused.content)


def test_all_of_a_kind_go_at_once(compared: None) -> None:
    sent = cast.tuan().post(f"{PAGE}/gui", {"tat-ca": "1", "loai": "missing"})
    assert sent["Location"] == f"{PAGE}?loai=missing&gui=1&truoc=0"


def test_what_the_office_answered_stands_at_the_difference_with_its_reason(compared: None) -> None:
    client, name = cast.tuan(), Difference.objects.get(kind="name").id
    client.post(f"{PAGE}/gui", {"chon": [name]})
    number, thu = Correction.objects.get().id, make_officer("Lê Thị Thu", FIRST, "collection_officer")
    answering.keep(number, ["papers_agree"], "Đã xem hồ sơ gốc", by=thu, now=timezone.now())
    page = text_of(client.get(PAGE, {"loai": "name"}).content)
    for said in ("Giữ nguyên, có lý do", "Lê Thị Thu", "Bản chính giấy tờ khớp", "Đã xem hồ sơ gốc"):
        assert said in page, said
    late = client.post(f"{PAGE}/de-nghi/{number}/rut", {"loai": "name"})
    assert late.status_code == 409
    assert "Cơ quan BHXH đã trả lời" in text_of(late.content)


def test_a_request_is_taken_back_and_may_be_sent_again(compared: None) -> None:
    client, name = cast.tuan(), Difference.objects.get(kind="name").id
    client.post(f"{PAGE}/gui", {"chon": [name]})
    back = client.post(f"{PAGE}/de-nghi/{Correction.objects.get().id}/rut", {"loai": "name"})
    assert back["Location"] == f"{PAGE}?loai=name&rut=1"
    page = text_of(client.get(back["Location"]).content)
    assert "Đã rút lại đề nghị" in page
    assert "Chọn để gửi" in page


def test_what_was_not_chosen_or_has_no_office_is_said(compared: None) -> None:
    client, name = cast.tuan(), Difference.objects.get(kind="name").id
    nothing = client.post(f"{PAGE}/gui", {"loai": "name"})
    assert nothing.status_code == 422
    assert "Chưa chọn dòng nào" in text_of(nothing.content)
    Employer.objects.filter(code=SAO_MAI).update(office_id=None)
    refused = client.post(f"{PAGE}/gui", {"chon": [name], "loai": "name"})
    assert refused.status_code == 409
    assert "Chưa rõ cơ quan BHXH quản lý đơn vị" in text_of(refused.content)


def test_before_a_file_was_taken_the_page_leads_to_it() -> None:
    assert "/don-vi/tep" in cast.tuan().get(PAGE).content.decode()


def test_who_only_reads_says_nothing(compared: None) -> None:
    name = Difference.objects.get(kind="name")
    reader = cast.tuan(Role.READER)
    assert reader.post(f"{PAGE}/{name.id}", {"ai": "file"}).status_code == 403
    assert reader.post(f"{PAGE}/gui", {"chon": [name.id]}).status_code == 403
    assert not Correction.objects.exists()
