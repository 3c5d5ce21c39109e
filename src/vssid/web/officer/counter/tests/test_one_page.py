"""One page at one address, from the card to the approval: where it stands, what leads back to it, who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.making.registrations import (
    BINH,
    HONG_BANG,
    LAN,
    keep_photo,
    make_application,
    make_officer_account,
    make_person,
    plain_photo,
)
from tests.making.sms import last_code
from tests.page_text import text_of
from vssid.domain.audit.models import Event
from vssid.domain.casework import own_files
from vssid.domain.identity.kinds import OF_AN_ID
from vssid.domain.registration.counter.tests.test_walk_ins import TYPED
from vssid.domain.registration.models import Application, SecondLook, SignedPage
from vssid.web.officer.tests.desk import browser_of, first_reasons, hanh, minh, ngoc

from .test_walk_in import begun, number_of, sheet_of

pytestmark = pytest.mark.django_db
QUAY = "/can-bo/quay"
STEPS = ("Người dân", "Thông tin", "Ảnh", "Điện thoại", "Ký tờ khai", "Duyệt")


def sent(client: Any) -> Any:
    """A walk-in that was filled in and sent; its address."""
    make_person()
    address = begun(client)
    for kind in sorted(OF_AN_ID):
        keep_photo(number_of(address), kind)
    client.post(address, TYPED | {"go": "code"})
    send(client, address)
    return address


def send(client: Any, address: str) -> Any:
    typed = {"go": "send", "commitment": "yes", "code": last_code(number_of(address))}
    return client.post(address, TYPED | typed | sheet_of(client, address))


def press(client: Any, address: str, button: str, **typed: Any) -> Any:
    """A button of the file on the counter's page, found in the page as it is."""
    page = client.get(address).content.decode()
    action = f"/can-bo/ho-so/{number_of(address)}/{button}?tu=quay"
    assert f'action="{action}"' in page
    return client.post(action, typed)


def approve(client: Any, address: str, button: str = "duyet") -> Any:
    asked = press(client, address, button)
    assert asked.status_code == 409, "there are doubts"
    mark = re.search(r'name="da-xem" value="([0-9a-f]+)"', asked.content.decode())
    assert mark is not None
    return press(client, address, button, **{"da-xem": mark[1]}, **first_reasons(asked.content.decode()))


def current(client: Any, address: str) -> str:
    """The step at which the page stands, reopened."""
    page = client.get(address)
    assert page.status_code == 200
    steps = page.content.decode().partition('class="counter-steps"')[2].partition("</ol>")[0]
    step = re.search(r'<li class="now"[^>]*>(.*?)</li>', steps)
    return text_of(step[1].encode()).lstrip("123456 ").strip() if step else ""


def test_reopened_it_stands_where_it_stood_at_the_same_address() -> None:
    client = minh()
    make_person()
    address = begun(client)
    assert current(client, address) == "Thông tin"
    client.post(address, TYPED | {"go": "code"})
    assert current(client, address) == "Ảnh"
    for kind in sorted(OF_AN_ID):
        keep_photo(number_of(address), kind)
    assert current(client, address) == "Điện thoại"
    assert send(client, address)["Location"] == f"{address}&xong=tai-quay"
    assert current(client, address) == "Ký tờ khai"
    page = client.get(address).content.decode()
    assert f'href="/can-bo/ho-so/{number_of(address)}/to-khai.pdf?tu=quay"' in page
    assert press(client, address, "nhan-to-khai")["Location"] == f"{address}&xong=to-khai"
    assert current(client, address) == "Duyệt"
    assert press(client, address, "xem-ban-chinh")["Location"] == f"{address}&xong=ban-chinh"
    answer = approve(client, address)
    assert answer["Location"] == f"{address}&xong=duyet"
    said = text_of(client.get(answer["Location"]).content)
    assert "Đã duyệt. Mật khẩu kích hoạt đang được gửi." in said
    assert "Đã duyệt, đang gửi mật khẩu" in said
    assert "Người tiếp theo: quét thẻ" in said
    assert current(client, address) == ""


def test_the_signed_form_is_filed_on_it() -> None:
    client = minh()
    address = sent(client)
    form = {"trang": SimpleUploadedFile("a.jpg", plain_photo())}
    assert press(client, address, "to-khai-ky", **form)["Location"] == f"{address}&xong=ban-quet"
    part = press(client, address, "to-khai-ky", trang=SimpleUploadedFile("b.jpg", plain_photo()), phan="1")
    assert '/to-khai-ky?tu=quay"' in part.content.decode()
    assert SignedPage.objects.filter(subject_id=number_of(address)).exists()


def test_what_is_refused_is_said_on_it() -> None:
    client = minh()
    address = sent(client)
    page = press(client, address, "duyet")
    said = text_of(page.content)
    assert page.status_code == 409
    assert "chưa nhận tờ khai mẫu 01 có chữ ký" in said
    assert all(step in said for step in STEPS)
    page = press(client, address, "tu-choi", text="Giấy tờ không phải của người này.")
    assert (page.status_code, "Chọn ít nhất một lý do." in text_of(page.content)) == (422, True)
    refusal = {"reasons": "other", "text": "Giấy tờ không phải của người này."}
    assert press(client, address, "tu-choi", **refusal)["Location"] == f"{address}&xong=tu-choi"
    assert "Đã từ chối" in text_of(client.get(address).content)


def test_two_tabs_and_a_double_click_send_it_once_and_end_at_the_file() -> None:
    client = minh()
    address = sent(client)
    assert send(client, address)["Location"] == address
    assert client.post(address, TYPED | {"go": "keep"})["Location"] == address
    assert Event.objects.filter(kind="application.submitted").count() == 1
    assert ngoc().post(address, TYPED | {"go": "send"})["Location"] == address


def test_a_colleague_has_it_in_hand_and_takes_it_back_to_the_counter() -> None:
    client, colleague = minh(), ngoc()
    address = sent(client)
    client.get(address)
    assert "Minh đang xử lý" in text_of(colleague.get(address).content)
    answer = colleague.post(f"/can-bo/nhan-ve/ho-so/{number_of(address)}?tu=quay")
    assert answer["Location"] == address


def test_a_file_that_takes_two_ends_as_waiting_and_says_for_whom(settings: Any) -> None:
    settings.SECOND_RISK, settings.SECOND_INTAKE = 99, 99
    client, colleague = minh(), ngoc()
    address = sent(client)
    said = text_of(client.get(address).content)
    assert "Nếu bạn duyệt, hồ sơ sẽ chờ cán bộ thứ hai." in said
    for button in ("nhan-to-khai", "xem-ban-chinh"):
        press(client, address, button)
    assert approve(client, address)["Location"] == f"{address}&xong=duyet-mot"
    said = text_of(client.get(f"{address}&xong=duyet-mot").content)
    assert "Tài khoản được mở khi cán bộ thứ hai duyệt." in said
    assert "1 cán bộ xét duyệt khác của cơ quan có thể duyệt lần hai." in said
    assert current(client, address) == "Chờ cán bộ thứ hai"
    assert SecondLook.objects.get().cause == "intake"
    assert "Chờ cán bộ thứ hai" in text_of(client.get(QUAY).content)
    assert approve(colleague, address, "duyet-lan-hai")["Location"] == f"{address}&xong=duyet"
    assert Application.objects.get().state == "approved"


def test_it_is_of_the_own_office_and_decided_by_who_decides() -> None:
    client, elsewhere = minh(), hanh()
    address = sent(client)
    assert elsewhere.get(address).status_code == 404
    assert elsewhere.post(address, TYPED | {"go": "keep"}).status_code == 404
    button = f"/can-bo/ho-so/{number_of(address)}/duyet?tu=quay"
    assert elsewhere.post(button).status_code == 404
    reception = browser_of(make_officer_account("thu", HONG_BANG, "Thu", "reception"))
    assert reception.post(button).status_code == 403
    director = browser_of(make_officer_account("huong", HONG_BANG, "Hương", "director"))
    assert director.get(address).status_code == 403


def test_the_file_of_somebody_close_is_not_approved_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    client = minh()
    address = sent(client)
    closeness = own_files.Closeness(lambda _by: 1, lambda _own, _person, _now: "household")
    monkeypatch.setattr(own_files, "_handed_in", [closeness])
    for button in ("nhan-to-khai", "xem-ban-chinh", "duyet"):
        page = press(client, address, button)
        assert page.status_code == 409
        assert "Hồ sơ này của người cùng hộ gia đình với bạn" in text_of(page.content)
    assert Application.objects.get().state == "submitted"


def test_a_draft_of_somebody_close_is_left_to_a_colleague(monkeypatch: pytest.MonkeyPatch) -> None:
    client = minh()
    make_person()
    address = begun(client)
    closeness = own_files.Closeness(lambda _by: 1, lambda _own, _person, _now: "own")
    monkeypatch.setattr(own_files, "_handed_in", [closeness])
    page = client.get(address)
    assert page.status_code == 409
    assert "Đồng nghiệp khác phải xử lý." in text_of(page.content)
    assert LAN.id_number not in page.content.decode()


def test_who_registered_at_home_is_served_on_it_too() -> None:
    client = minh()
    address = f"{QUAY}?ho-so={make_application(BINH)}"
    assert current(client, address) == "Ký tờ khai"
    assert "Lập tại quầy" not in text_of(client.get(address).content)
    assert press(client, address, "nhan-to-khai")["Location"] == f"{address}&xong=to-khai"


def test_the_same_file_in_the_queue_stays_in_the_queue() -> None:
    client = minh()
    address = sent(client)
    file = f"/can-bo/ho-so/{number_of(address)}"
    page = client.get(file).content.decode()
    assert f'href="{address}" data-key="k"' in page
    assert "tu=quay" not in page
    assert client.post(f"{file}/nhan-to-khai")["Location"] == f"{file}?xong=to-khai"
    assert client.post(f"{file}/xem-ban-chinh?tu=x")["Location"] == f"{file}?xong=ban-chinh"
