"""Where one is signed in, the end of the shift, and the page of one's factors."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from tests.making.registrations import BINH, LAN, NOW, make_application, make_officer_account
from tests.making.staff import code_now, codes_of, secret_of, session_of, sign_in
from tests.page_text import text_of
from vssid.domain.accounts.factors import authenticator_apps, shown_codes
from vssid.domain.accounts.models.accounts import Account, Session
from vssid.domain.audit.models import Event
from vssid.domain.casework.models import Claim
from vssid.web.officer.tests.desk import browser_of, file_of, hanh, minh, ngoc

pytestmark = pytest.mark.django_db
PAGE = "/can-bo/phien"


def id_of(token: str) -> UUID:
    return UUID(hex=token.split(".")[1])


def test_the_list_names_every_browser_and_this_one() -> None:
    person_id = make_officer_account()
    agent = {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/149.0 Safari/537.36"}
    client = Client(headers=agent)
    sign_in(client)
    session_of(person_id)
    said = text_of(client.get(PAGE).content)
    assert "Chrome · Windows" in said
    assert said.count("Máy này") == 1
    assert "Đăng xuất tất cả máy khác" in said


def test_one_session_is_ended_and_all_others() -> None:
    client = minh()
    person_id = Account.objects.get(login="minh").person_id
    elsewhere = [id_of(session_of(person_id)) for _ in range(3)]
    client.post(PAGE, {"id": str(elsewhere[0])})
    assert Session.objects.filter(person_id=person_id).count() == 3
    client.post(PAGE, {"go": "cac-may-khac"})
    assert Session.objects.filter(person_id=person_id).count() == 1
    assert client.get("/can-bo").status_code == 200
    assert Event.objects.filter(kind="account.session_ended", subject_id=person_id).count() == 3


def test_the_session_of_another_member_is_not_there() -> None:
    minh()
    theirs = Session.objects.get()
    hanh().post(PAGE, {"id": str(theirs.id)})
    assert Session.objects.filter(id=theirs.id).exists()


def test_a_session_ends_with_the_shift_however_busy(wednesday: time_machine.Traveller) -> None:
    client = minh()
    for minutes in range(0, 12 * 60 + 1, 10):
        wednesday.move_to(NOW + timedelta(minutes=minutes))
        assert client.post("/can-bo/con-day").status_code == 204
    wednesday.move_to(NOW + timedelta(hours=12, seconds=1))
    said = text_of(client.get("/can-bo", follow=True).content)
    assert "phiên đã dài 12 giờ" in said
    assert not Session.objects.exists()


def test_the_shift_may_be_shorter(settings, wednesday: time_machine.Traveller) -> None:
    settings.STAFF_SHIFT = timedelta(minutes=10)
    client = minh()
    wednesday.move_to(NOW + timedelta(minutes=10, seconds=1))
    assert client.get("/can-bo").status_code == 302


def test_the_end_of_the_shift_gives_back_what_was_in_hand() -> None:
    mine, theirs = make_application(LAN), make_application(BINH)
    client, colleague = minh(), ngoc()
    client.get(file_of(mine))
    colleague.get(file_of(theirs))
    assert Claim.objects.count() == 2
    assert client.post("/can-bo/ket-thuc-ca", {"xac-nhan": "1"})["Location"] == "/can-bo/dang-nhap"
    assert list(Claim.objects.values_list("file_id", flat=True)) == [theirs]
    assert client.get("/can-bo").status_code == 302
    assert Event.objects.get(kind="account.shift_ended").facts["freed"] == 1


def test_a_recovery_code_signs_in_instead_of_the_app() -> None:
    person_id = make_officer_account()
    code = codes_of(person_id, id_of(session_of(person_id)), now=NOW)[3]
    for said in ("/can-bo", None):
        client = Client()
        client.post("/can-bo/dang-nhap", {"username": "minh", "password": "hoa sen trang 99"})
        answer = client.post("/can-bo/dang-nhap/buoc-hai", {"ma_du_phong": code})
        assert answer.headers.get("Location") == said
    assert "Mã này đã được dùng" in text_of(answer.content)


def test_the_page_of_factors_tells_what_there_is_and_what_was_done() -> None:
    client = Client()
    make_officer_account()
    sign_in(client)
    said = text_of(client.get("/can-bo/xac-thuc").content)
    assert "Còn 0 mã dùng được. Hãy tạo bộ mới." in said
    assert "Đăng nhập" in said
    made = text_of(client.post("/can-bo/xac-thuc/ma-du-phong").content)
    assert "Chỉ hiện một lần" in made
    assert client.post("/can-bo/xac-thuc/ma-du-phong/da-giu")["Location"] == "/can-bo/xac-thuc"
    said = text_of(client.get("/can-bo/xac-thuc").content)
    assert "Còn 0 mã dùng được." in said, "nobody said that the codes are kept"
    assert "chưa được xác nhận là đã giữ" in said
    kept = client.post("/can-bo/xac-thuc/ma-du-phong/da-giu", {"da_giu": "1"})
    assert kept["Location"] == "/can-bo"
    said = text_of(client.get("/can-bo/xac-thuc").content)
    assert "Còn 10 mã dùng được." in said
    assert "chưa được xác nhận" not in said
    again = client.post("/can-bo/xac-thuc/ma-du-phong/da-giu", {"da_giu": "1"})
    assert again["Location"] == "/can-bo/xac-thuc"


def test_the_last_factor_stays_and_another_goes() -> None:
    person_id = make_officer_account()
    client = browser_of(person_id)
    shown_codes.give(person_id, secret_of(person_id + 1), now=NOW)
    addresses = [f"/can-bo/xac-thuc/bo/{app.id}" for app in authenticator_apps.of(person_id)]
    assert client.post(addresses[0])["Location"] == "/can-bo/xac-thuc"
    answer = client.post(addresses[1])
    assert (answer.status_code, "Đây là cách xác thực duy nhất" in text_of(answer.content)) == (409, True)


def test_another_app_is_added_after_asking_again(wednesday: time_machine.Traveller) -> None:
    client = minh()
    assert client.get("/can-bo/xac-thuc/ung-dung").status_code == 200
    wednesday.move_to(NOW + timedelta(minutes=6))
    address = "/can-bo/xac-thuc/ung-dung"
    assert "Xác nhận lại là bạn" in text_of(client.get(address).content)
    answer = client.post(address, {"chi_doc": "1", "ma_xac_thuc": code_now()})
    assert answer["Location"] == address
    assert "<svg" in client.get(address).content.decode()
