"""The file, its photos and its neighbours: shown to the own office, 404 to everybody else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from tests.making.registrations import (
    BINH,
    ELSEWHERE,
    LAN,
    NOW,
    make_application,
    make_office,
    make_person,
    make_ready,
)
from tests.page_text import text_of
from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts.models.staff import Post
from vssid.domain.audit.models import Event
from vssid.domain.audit.verify import verify_chain
from vssid.domain.identity.models import IdImage
from vssid.domain.notifications.models.messages import Message
from vssid.domain.notifications.outbox import dead_addresses
from vssid.domain.registration.models import Application
from vssid.web.officer.tests.desk import (
    ACTS,
    PHOTOS,
    browser_of,
    file_of,
    hanh,
    minh,
    ngoc,
    open_account,
)
from vssid.web.ui.templatetags.ui import ngay_gio

pytestmark = pytest.mark.django_db


def kinds_of(application_id: int) -> list[str]:
    return list(
        Event.objects.filter(subject_id=application_id).order_by("seq").values_list("kind", flat=True)
    )


def test_the_file_shows_form_and_register_with_the_letters_that_differ() -> None:
    client = minh()
    make_person(LAN, full_name="Nguyễn Thị Lam")
    page = client.get(file_of(make_application())).content
    assert 'Nguyễn Thị La<mark class="diff">m</mark>' in page.decode()
    said = text_of(page)
    assert "(khác ở “m”)" in said
    assert "Họ và tên trên tờ khai khác dữ liệu BHXH" in said
    assert "1 thông tin không khớp" in said


def test_the_file_warns_of_a_phone_at_which_nothing_arrives() -> None:
    client, address = minh(), file_of(make_application())
    assert "Tin nhắn không đến được số" not in text_of(client.get(address).content)
    dead_addresses.mark(Message(channel="sms"), {"to": LAN.phone}, reason="http_403", now=NOW)
    said = text_of(client.get(address).content)
    assert f"Tin nhắn không đến được số điện thoại đã khai từ {ngay_gio(NOW)}: hỏi người dân" in said


def test_a_photo_is_a_jpeg_that_nobody_keeps() -> None:
    client, application = minh(), make_application()
    answer = client.get(file_of(application, "anh/front"))
    assert answer["Content-Type"] == "image/jpeg"
    assert "no-store" in answer["Cache-Control"]
    assert answer.content[:2] == b"\xff\xd8"


def test_the_portrait_stands_beside_that_of_the_card_which_is_looked_at_like_any_photo() -> None:
    client, application = minh(), make_application()
    address = file_of(application, "anh/card-face")
    assert f'<a href="{address}" target="_blank"' in client.get(file_of(application)).content.decode()
    assert client.get(address).content[:2] == b"\xff\xd8"
    event = Event.objects.filter(subject_id=application).latest("seq")
    assert (event.kind, event.facts["photo"]) == ("application.photo_viewed", "card_face")
    assert hanh().get(address).status_code == 404
    IdImage.objects.filter(subject_id=application, kind="front").delete()
    assert address not in client.get(file_of(application)).content.decode()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("kind", ["side", "front.jpg", "FRONT"])
def test_a_photo_of_an_unknown_kind_is_not_there(kind: str) -> None:
    assert minh().get(file_of(make_application(), f"anh/{kind}")).status_code == 404


def test_every_look_is_an_event_and_the_chain_holds() -> None:
    client, application = minh(), make_application()
    client.get(file_of(application))
    client.get(file_of(application, "anh/back"))
    assert kinds_of(application)[-2:] == ["application.viewed", "application.photo_viewed"]
    event = Event.objects.filter(subject_id=application).latest("seq")
    assert (event.actor_name, event.facts) == ("Minh", {"photo": "back", "post": Post.objects.get().id})
    assert verify_chain().sound


def test_only_the_opened_file_counts_as_viewed_not_its_neighbours() -> None:
    from tests.making.registrations import BINH

    client, lan, binh = minh(), make_application(), make_application(BINH)
    page = client.get(file_of(lan)).content.decode()
    assert file_of(binh) in page
    assert "application.viewed" not in kinds_of(binh)


def all_urls(application_id: int) -> list[tuple[str, str]]:
    gets = [file_of(application_id), *(file_of(application_id, f"anh/{kind}") for kind in PHOTOS)]
    return [("get", url) for url in gets] + [("post", file_of(application_id, act)) for act in ACTS]


def test_another_office_gets_404_everywhere_and_nothing_happens() -> None:
    application, other = make_ready(), hanh()
    events = kinds_of(application)
    for method, url in all_urls(application):
        answer = getattr(other, method)(url, {"reasons": "other", "text": "x"})
        assert answer.status_code == 404, url
        assert "Lan" not in text_of(answer.content)
    assert kinds_of(application) == events
    assert Application.objects.get(id=application).state == "received"


def test_a_file_that_does_not_exist_reads_like_one_of_another_office() -> None:
    client = hanh()
    there, nowhere = (
        client.get(file_of(make_application())),
        client.get(file_of(9_999_999_999_999_999_999_999)),
    )
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert Event.objects.filter(kind="application.viewed").count() == 0


def make_citizen_browser() -> Client:
    make_office()
    person = make_person()
    open_account(person)
    accounts.set_password(person, "mua thu ha noi 7", device="", now=NOW)
    return browser_of(person)


def test_a_citizen_and_a_stranger_get_nowhere() -> None:
    citizen, application = make_citizen_browser(), make_application()
    urls = [*all_urls(application), ("get", "/can-bo"), ("post", "/can-bo/tim"), ("post", "/can-bo/con-day")]
    for client in (citizen, Client()):
        for method, url in urls:
            answer = getattr(client, method)(url, {"q": "lan"})
            assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/can-bo/dang-nhap"), url
    assert "application.viewed" not in kinds_of(application)


def test_a_read_changes_nothing_and_a_change_needs_a_post() -> None:
    client, application = minh(), make_application()
    for act in ACTS:
        assert client.get(file_of(application, act)).status_code == 405


def test_a_form_without_its_token_is_refused() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = minh().cookies
    application = make_application()
    assert strict.post(file_of(application, "nhan-to-khai")).status_code == 403


def test_the_history_folds_repeated_looks_into_one_line() -> None:
    client, application = minh(), make_application()
    for _look in range(3):
        client.get(file_of(application))
        client.get(file_of(application, "anh/front"))
    ngoc().get(file_of(application))
    said = text_of(client.get(file_of(application)).content)
    assert "Minh xem hồ sơ ×3" in said
    assert "Ngọc xem hồ sơ" in said
    assert "Người nộp gửi hồ sơ" in said


def test_a_sign_of_doubles_names_files_within_reach_and_only_counts_those_elsewhere() -> None:
    make_office(ELSEWHERE)
    lan = make_application(LAN)
    binh = make_application(replace(BINH, phone=LAN.phone))
    hoa = replace(BINH, bhxh_code="0000000003", id_number="031085000003", phone=LAN.phone)
    far = make_application(hoa, office_code=ELSEWHERE)
    said = text_of(minh().get(file_of(lan)).content)
    assert "Số điện thoại này cũng được khai trong hồ sơ cho mã số BHXH khác" in said
    assert "Có 1 hồ sơ như vậy ở cơ quan khác." in said
    numbers = dict(Application.objects.values_list("id", "number"))
    assert numbers[binh] in said
    assert numbers[far] not in said
    assert BINH.full_name not in said.split("Dấu hiệu trùng")[1]
