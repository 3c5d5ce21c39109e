"""The guardian's way: type, send two papers, send, follow, end; and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.making.families import AN, make_draft, make_link, make_member, make_request
from tests.making.registrations import BINH, HONG_BANG, plain_photo
from vssid.domain.accounts.guardianship import guardians
from vssid.domain.families import deciding
from vssid.domain.families.models import ChildRequest
from vssid.kernel.actor import Actor, ActorKind
from vssid.web.citizen.tests.cast import LAN, TUAN, WORKER, browser, enter, make_citizen

pytestmark = pytest.mark.django_db
TYPED = {
    "code": "0000 000 031",
    "full_name": AN.full_name,
    "birth_date": "20/05/2018",
    "relation": "mother",
}


def lan():
    """Lan's person id and browser."""
    person_id = make_member(WORKER)
    make_citizen(person_id=person_id)
    client = browser()
    enter(client, LAN)
    return person_id, client


def tuan():
    """Another citizen's browser."""
    make_citizen(TUAN, person_id=make_member(BINH))
    client = browser()
    enter(client, TUAN)
    return client


def photo():
    return SimpleUploadedFile("a.jpg", plain_photo(), "image/jpeg")


def test_a_guardian_asks_without_a_visit_and_sees_where_it_stands():
    _person_id, client = lan()
    make_member(AN)
    assert "Chưa có con nào" in client.get("/gia-dinh").text
    assert client.post("/gia-dinh/dang-ky", TYPED)["Location"] == "/gia-dinh/dang-ky/giay-to"
    assert client.get("/gia-dinh/dang-ky/gui")["Location"] == "/gia-dinh/dang-ky/giay-to"
    for kind in ("birth", "portrait"):
        answer = client.post("/gia-dinh/dang-ky/giay-to", {"kind": kind, "photo": photo()})
        assert answer["Location"] == f"/gia-dinh/dang-ky/giay-to#{kind}"
        assert client.get(f"/gia-dinh/dang-ky/giay-to/{kind}").content[:2] == b"\xff\xd8"
    page = client.get("/gia-dinh/dang-ky/gui").text
    assert f'<option value="{HONG_BANG}">' in page
    sent = client.post("/gia-dinh/dang-ky/gui", {"office_code": HONG_BANG, "commitment": "on"}, follow=True)
    assert "Đã gửi hồ sơ" in sent.text
    assert "Cán bộ đang xem hồ sơ" in sent.text
    assert "Đến lượt: cơ quan BHXH" in sent.text
    assert ChildRequest.objects.get().state == "submitted"
    assert AN.full_name in client.get("/gia-dinh").text


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("code", "12", "Mã số BHXH có 10 hoặc 12 chữ số"),
        ("code", LAN, "mã số của chính bạn"),
        ("full_name", "", "Hãy nhập họ và tên của con"),
        ("birth_date", "01/01/2001", "đủ 18 tuổi"),
        ("relation", "", "Hãy chọn quan hệ của bạn"),
    ],
)
def test_what_cannot_be_comes_back_as_typed_with_words(field, text, said):
    _person_id, client = lan()
    answer = client.post("/gia-dinh/dang-ky", TYPED | {field: text})
    assert answer.status_code == 422
    assert said in answer.text
    assert ChildRequest.objects.count() == 0


def test_sending_needs_the_commitment_and_an_office_of_the_list():
    person_id, client = lan()
    make_draft(person_id, now=timezone.now())
    assert client.post("/gia-dinh/dang-ky/gui", {"office_code": HONG_BANG}).status_code == 422
    wrong = client.post("/gia-dinh/dang-ky/gui", {"office_code": "99999", "commitment": "on"})
    assert wrong.status_code == 422
    assert "Hãy chọn một cơ quan" in wrong.text


def test_a_file_that_is_no_picture_is_refused_beside_its_field():
    person_id, client = lan()
    make_draft(person_id, papers=False, now=timezone.now())
    text = SimpleUploadedFile("a.jpg", b"text", "image/jpeg")
    answer = client.post("/gia-dinh/dang-ky/giay-to", {"kind": "birth", "photo": text})
    assert answer.status_code == 422
    assert "không phải ảnh" in answer.text
    assert client.post("/gia-dinh/dang-ky/giay-to", {"kind": "front", "photo": photo()}).status_code == 404


def test_a_second_request_for_the_same_child_leads_to_the_first():
    person_id, client = lan()
    _guardian, request_id = make_request(person_id, now=timezone.now())
    answer = client.post("/gia-dinh/dang-ky", TYPED)
    assert answer.status_code == 409
    assert f"/gia-dinh/ho-so/{request_id}" in answer.text


def test_a_refused_request_says_why_and_what_to_do():
    person_id, client = lan()
    key = make_request(person_id, now=timezone.now())
    by = Actor(ActorKind.OFFICER, 500, "Minh", HONG_BANG, "reviewer")
    deciding.refuse(*key, reasons=["paper_unclear"], text="Chụp lại nhé", by=by, now=timezone.now())
    page = client.get(f"/gia-dinh/ho-so/{key[1]}").text
    for words in ("mờ, tối hoặc thiếu góc", "Chụp lại cả tờ giấy", "Chụp lại nhé", "Gửi hồ sơ mới"):
        assert words in page


def test_an_office_that_is_late_is_said_to_be_late():
    person_id, client = lan()
    key = make_request(person_id, now=timezone.now() - timedelta(days=30))
    assert "Cơ quan BHXH trả lời chậm" in client.get(f"/gia-dinh/ho-so/{key[1]}").text


def test_withdrawing_twice_is_withdrawing_once():
    person_id, client = lan()
    _guardian, request_id = make_request(person_id, now=timezone.now())
    for _time in range(2):
        answer = client.post(f"/gia-dinh/ho-so/{request_id}/rut")
        assert answer["Location"] == "/gia-dinh?xong=rut"
    assert ChildRequest.objects.get().state == "withdrawn"


def test_ending_a_link_asks_first_and_empties_the_device():
    person_id, client = lan()
    _guardian, link_id = make_link(person_id, now=timezone.now())
    address = f"/gia-dinh/con/{link_id}/ket-thuc"
    assert "Ngừng theo dõi hồ sơ?" in client.get(address).text
    answer = client.post(address, follow=True)
    assert answer["X-Offline"] == "wipe"
    assert guardians.children_of(person_id, now=timezone.now()) == []


def test_another_citizen_finds_no_request_no_paper_and_no_link():
    person_id, client = lan()
    _guardian, link_id = make_link(person_id, now=timezone.now())
    request_id = ChildRequest.objects.get().id
    other = tuan()
    addresses = [
        ("get", f"/gia-dinh/ho-so/{request_id}"),
        ("post", f"/gia-dinh/ho-so/{request_id}/rut"),
        ("get", f"/gia-dinh/con/{link_id}/ket-thuc"),
        ("post", f"/gia-dinh/con/{link_id}/ket-thuc"),
        ("get", "/gia-dinh/dang-ky/giay-to/birth"),
    ]
    for method, url in addresses:
        answer = getattr(other, method)(url)
        assert answer.status_code == 404, url
        assert AN.full_name not in answer.text
    for method, url in addresses:
        answer = getattr(browser(), method)(url)
        assert answer["Location"].startswith("/dang-nhap"), url
    assert len(guardians.children_of(person_id, now=timezone.now())) == 1
    assert client.get(f"/gia-dinh/ho-so/{request_id}").status_code == 200
