"""The page behind the avatar: the own portrait, and what the register holds since when."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from django.utils import timezone
from PIL import Image

from tests.making.registrations import BINH, make_application, make_officer, make_person
from tests.making.registrations import LAN as REGISTERED
from vssid.domain.identity import actions as identity
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application
from vssid.web.citizen.tests.cast import (
    LAN,
    TUAN,
    WORKER,
    browser,
    enter,
    make_citizen,
    make_registered,
    make_worker,
)

pytestmark = pytest.mark.django_db


def signed_in(code: str = LAN):
    client = browser()
    enter(client, code=code)
    return client


def test_the_owner_gets_a_small_square_portrait_that_no_cache_on_the_way_keeps():
    make_registered()
    answer = signed_in().get("/chan-dung")
    assert answer.status_code == 200
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "no-store, private")
    assert answer["X-Offline"] == "keep"
    assert Image.open(io.BytesIO(answer.content)).size == (160, 160)
    assert len(answer.content) < 12_000


def test_another_person_never_gets_it_whatever_he_adds_to_the_address():
    lan, application_id = make_registered()
    make_citizen(TUAN, person_id=make_person(replace(REGISTERED, bhxh_code=TUAN, full_name="Trần Văn Tuấn")))
    client = signed_in(TUAN)
    for query in ("", f"?person_id={lan}", f"?id={application_id}"):
        assert client.get(f"/chan-dung{query}").status_code == 404
    assert browser().get("/chan-dung")["Location"] == "/dang-nhap?tiep=%2Fchan-dung"


def _open() -> int:
    person_id = make_worker()
    application_id = make_application(WORKER, now=timezone.now())
    Application.objects.filter(id=application_id).update(person_id=person_id)
    return application_id


def _refused() -> None:
    actions.refuse(_open(), reasons=["other"], text="Gọi lại.", by=make_officer(), now=timezone.now())


def _erased() -> None:
    _person_id, application_id = make_registered()
    Application.objects.filter(id=application_id).update(images_erased_at=timezone.now())


def _lost() -> None:
    _person_id, application_id = make_registered()
    identity.erase(application_id)


STATES = {"open": _open, "refused": _refused, "erased": _erased, "lost": _lost}


@pytest.mark.parametrize("state", STATES)
def test_only_a_kept_portrait_of_an_approved_registration_is_shown(state: str):
    STATES[state]()
    answer = signed_in().get("/chan-dung")
    assert answer.status_code == 404
    assert not answer.content
    assert "X-Offline" not in answer.headers


def test_the_page_says_what_the_register_holds_and_since_when():
    make_worker()
    page = signed_in().get("/ca-nhan").text
    for words in (
        "Dữ liệu cơ quan BHXH đang giữ",
        "2 giai đoạn, từ 01/01/",
        "Cập nhật dữ liệu ngày 18/11/2026",
        "Chưa có dữ liệu",
    ):
        assert words in page
    for path in ("/qua-trinh/bhtn", "/qua-trinh/tnld", "/qua-trinh/bhyt"):
        assert f'href="{path}"' in page


def test_a_screen_that_does_not_exist_yet_has_no_tile():
    make_worker()
    client = signed_in()
    for path in ("/thong-tin-huong", "/so-kham-chua-benh"):
        exists = client.get(path).status_code != 404
        assert (f'href="{path}"' in client.get("/").text) is exists


def test_a_person_without_a_register_entry_still_has_a_page():
    make_citizen()
    page = signed_in().get("/ca-nhan").text
    assert "Chưa tìm thấy dữ liệu của bạn" in page
    assert "Dữ liệu cơ quan BHXH đang giữ" not in page
    assert BINH.full_name not in page
