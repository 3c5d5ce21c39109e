"""Signing in and out through the door: one happy way, one refusal per rule."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.certain import certain
from vssid.domain.accounts.models.accounts import Session
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.verification.models import Throttle
from vssid.web.citizen.tests.cast import LAN, PASSWORD, TUAN, browser, make_activating, make_citizen, sign_in
from vssid.web.ui import cookies

pytestmark = pytest.mark.django_db


def test_lan_signs_in_and_comes_to_the_page_she_wanted():
    make_citizen()
    client = browser()
    answer = sign_in(client, tiep="/thiet-bi")
    assert (answer.status_code, answer["Location"]) == (302, "/thiet-bi")
    assert "Máy này" in client.get("/thiet-bi").text


def test_the_code_may_be_typed_with_spaces_and_dots():
    make_citizen()
    assert sign_in(browser(), code="0100 000.001").status_code == 302


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_it_never_leads_to_another_site(elsewhere: str):
    make_citizen()
    assert sign_in(browser(), tiep=elsewhere)["Location"] == "/"


def test_the_session_cookie_is_for_the_server_only_and_lives_30_days(settings):
    make_citizen()
    cookie = sign_in(browser()).cookies["vssid-session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie["max-age"] == 30 * 24 * 3600
    assert not cookie["secure"]
    settings.SECURE = True
    assert sign_in(browser("203.0.113.9")).cookies["vssid-session"]["secure"]


def test_wrong_password_and_unknown_account_get_the_same_words():
    make_citizen()
    wrong = sign_in(browser(), password="khong phai")
    unknown = sign_in(browser(), code="0999999999", password="khong phai")
    assert wrong.status_code == unknown.status_code == 422
    same = "Mã số hoặc mật khẩu chưa đúng"
    assert same in wrong.text
    assert same in unknown.text
    assert wrong.text.count("<li>") == unknown.text.count("<li>")
    assert "vssid-session" not in wrong.cookies


def test_the_typed_password_is_never_sent_back():
    make_citizen()
    assert "bi-mat-da-go" not in sign_in(browser(), password="bi-mat-da-go").text


def test_missing_values_are_named_each():
    page = browser().post("/dang-nhap", {}).text
    assert "Hãy nhập mã số BHXH" in page
    assert "Hãy nhập mật khẩu." in page


def guess(client: Client, times: int, code: str = LAN):
    for _ in range(times):
        answer = sign_in(client, code=code, password="khong phai")
    return answer


def test_too_many_tries_get_a_page_that_names_the_time_and_stays_reachable():
    make_citizen()
    client = browser()
    answer = guess(client, 6)
    assert answer.status_code == 429
    assert "Hãy thử lại sau" in answer.text
    assert "Không bị khóa" in answer.text
    assert answer["Retry-After"]
    again = sign_in(client)
    assert again.status_code == 429
    assert client.get("/dang-nhap").status_code == 200
    assert client.get("/quen-mat-khau").status_code == 200


def test_trying_while_limited_does_not_make_the_wait_longer():
    make_citizen()
    client = browser()
    first = guess(client, 6)["Retry-After"]
    assert guess(client, 5)["Retry-After"] == first


def test_a_limit_on_lan_stops_neither_tuan_nor_lan_elsewhere():
    make_citizen()
    make_citizen(TUAN)
    guess(browser("203.0.113.5"), 6)
    assert sign_in(browser("203.0.113.5"), code=TUAN).status_code == 302
    assert sign_in(browser("198.51.100.7")).status_code == 302


def test_a_phone_that_signed_in_before_is_not_held_up_by_guesses_on_its_own_network():
    make_citizen()
    own = browser()
    sign_in(own)
    own.post("/dang-xuat")
    guess(browser(), 6)
    assert sign_in(own).status_code == 302


def test_the_device_cookie_cannot_be_made_up_and_names_nobody():
    make_citizen()
    client = browser()
    cookie = sign_in(client).cookies["vssid-device"]
    assert LAN not in cookie.value
    assert cookie["httponly"]
    stranger = browser()
    stranger.cookies["vssid-device"] = cookie.value[:-3] + "abc"
    guess(stranger, 6)
    assert sign_in(browser()).status_code == 429


def test_an_expired_activation_password_says_whom_to_ask():
    _, activation = make_activating(now=timezone.now() - timedelta(hours=73))
    page = sign_in(browser(), password=activation)
    assert page.status_code == 422
    assert "Mật khẩu kích hoạt đã hết hạn" in page.text
    assert "vssid-session" not in page.cookies


def test_an_expired_activation_password_is_not_told_to_guessers():
    make_activating(now=timezone.now() - timedelta(hours=73))
    assert "hết hạn" not in sign_in(browser(), password="khong phai").text


def test_the_first_sign_in_leads_to_an_own_password_and_nowhere_else():
    _, activation = make_activating()
    client = browser()
    assert (
        sign_in(client, password=activation, tiep="/thiet-bi")["Location"] == "/dat-mat-khau?tiep=%2Fthiet-bi"
    )
    for page in ("/thiet-bi", "/doi-mat-khau"):
        assert client.get(page)["Location"].startswith("/dang-nhap")
    assert client.get("/dang-nhap")["Location"] == "/dat-mat-khau"
    answer = client.post("/dat-mat-khau", {"new": PASSWORD, "again": PASSWORD, "tiep": "/thiet-bi"})
    assert (answer.status_code, answer["Location"]) == (302, "/thiet-bi")
    assert client.get("/thiet-bi").status_code == 200
    assert client.get("/dat-mat-khau")["Location"] == "/"


def test_the_activation_password_is_dead_after_the_own_one_is_set():
    _, activation = make_activating()
    client = browser()
    sign_in(client, password=activation)
    client.post("/dat-mat-khau", {"new": PASSWORD, "again": PASSWORD})
    assert sign_in(browser(), password=activation).status_code == 422
    assert sign_in(browser(), password=PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("ngan7ky", "ít nhất 8 ký tự"),
        ("password1", "rất dễ đoán"),
        ("12345678", "rất dễ đoán"),
        (f"toi la {LAN}", "không được chứa mã số"),
        ("", "Hãy đặt mật khẩu mới"),
        ("x" * 129, "dài tối đa 128"),
    ],
)
def test_weak_own_passwords_are_refused_in_words(password: str, words: str):
    _, activation = make_activating()
    client = browser()
    sign_in(client, password=activation)
    answer = client.post("/dat-mat-khau", {"new": password, "again": password})
    assert answer.status_code == 422
    assert words in answer.text


def test_two_different_new_passwords_are_refused():
    _, activation = make_activating()
    client = browser()
    sign_in(client, password=activation)
    assert "chưa giống nhau" in client.post("/dat-mat-khau", {"new": PASSWORD, "again": PASSWORD + "x"}).text


def test_nobody_sets_a_password_without_a_session():
    assert browser().get("/dat-mat-khau")["Location"] == "/dang-nhap"


def test_signing_out_ends_the_session_and_has_the_device_forget():
    make_citizen()
    client = browser()
    token = sign_in(client).cookies["vssid-session"].value
    answer = client.post("/dang-xuat")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer["X-Offline"] == "wipe"
    assert client.get(answer["Location"])["X-Offline"] == "wipe"
    thief = browser()
    thief.cookies["vssid-session"] = token
    assert thief.get("/thiet-bi").status_code == 302


def test_opening_the_sign_out_address_asks_and_ends_nothing():
    make_citizen()
    client = browser()
    sign_in(client)
    assert "Đăng xuất khỏi máy này?" in client.get("/dang-xuat").text
    assert client.get("/thiet-bi").status_code == 200


def test_a_sign_out_form_that_is_too_old_leads_to_a_fresh_one():
    make_citizen()
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/dang-xuat")
    assert answer.status_code == 403
    assert 'href="/dang-xuat"' in answer.text


def test_a_session_unused_for_30_days_is_over_and_the_device_forgets():
    person_id = make_citizen()
    client = browser()
    sign_in(client)
    Session.objects.filter(person_id=person_id).update(seen_at=timezone.now() - timedelta(days=30, minutes=1))
    answer = client.get("/thiet-bi")
    assert answer["Location"] == "/dang-nhap?tiep=%2Fthiet-bi"
    assert client.get(answer["Location"])["X-Offline"] == "wipe"


def test_a_session_used_within_30_days_goes_on():
    person_id = make_citizen()
    client = browser()
    sign_in(client)
    Session.objects.filter(person_id=person_id).update(seen_at=timezone.now() - timedelta(days=29, hours=23))
    assert client.get("/thiet-bi").status_code == 200


def test_the_secret_of_the_session_is_replaced_daily():
    person_id = make_citizen()
    client = browser()
    before = sign_in(client).cookies["vssid-session"].value
    Session.objects.filter(person_id=person_id).update(rotated_at=timezone.now() - timedelta(hours=25))
    answer = client.get("/thiet-bi")
    after = answer.cookies["vssid-session"]
    assert after.value != before
    assert after["max-age"] == 30 * 24 * 3600
    assert client.get("/thiet-bi").status_code == 200


def test_signing_in_again_ends_the_session_before_it():
    person_id = make_citizen()
    client = browser()
    sign_in(client)
    kept = Session.objects.filter(person_id=person_id).count()
    sign_in(client)
    assert Session.objects.filter(person_id=person_id).count() == kept


def test_lan_ends_the_session_of_another_phone():
    make_citizen()
    phone, lost = browser(), browser("198.51.100.7")
    sign_in(lost)
    lost_id = Session.objects.latest("created_at").id
    sign_in(phone)
    phone.post("/thiet-bi", {"id": str(lost_id)})
    assert lost.get("/thiet-bi").status_code == 302
    assert phone.get("/thiet-bi").status_code == 200


def test_nobody_ends_the_session_of_somebody_else():
    make_citizen()
    make_citizen(TUAN)
    lan, tuan = browser(), browser()
    sign_in(lan)
    lans = Session.objects.latest("created_at").id
    sign_in(tuan, code=TUAN)
    for session_id in (str(lans), "x", ""):
        tuan.post("/thiet-bi", {"id": session_id})
    assert lan.get("/thiet-bi").status_code == 200


def test_a_new_password_needs_the_old_one_and_ends_other_devices():
    make_citizen()
    phone, other = browser(), browser()
    sign_in(other)
    sign_in(phone)
    new = {"new": "bon tu khac han", "again": "bon tu khac han"}
    assert "chưa đúng" in phone.post("/doi-mat-khau", {"now": "khong phai", **new}).text
    assert phone.post("/doi-mat-khau", {"now": PASSWORD, **new}).status_code == 302
    assert phone.get("/thiet-bi").status_code == 200
    assert other.get("/thiet-bi").status_code == 302
    assert sign_in(browser(), password="bon tu khac han").status_code == 302


def test_guessing_the_old_password_from_a_stolen_session_is_limited():
    make_citizen()
    client = browser()
    sign_in(client)
    for _ in range(6):
        answer = client.post(
            "/doi-mat-khau", {"now": "khong phai", "new": "bon tu khac", "again": "bon tu khac"}
        )
    assert answer.status_code == 429


def test_no_code_and_no_address_is_kept_in_the_throttle():
    make_citizen()
    guess(browser(), 2)
    assert not any(LAN.encode() in bytes(row.key) for row in Throttle.objects.all())


@pytest.mark.parametrize("path", ["/", "/dang-nhap", "/the", "/ai-do", "/da-dang-xuat"])
def test_while_a_session_lives_a_stale_secret_makes_no_page_order_the_device_to_forget(client, path):
    make_citizen()
    sign_in(client)
    token = client.cookies[cookies.SESSION].value
    client.cookies[cookies.SESSION] = f"{token}x"
    answer = client.get(path)
    assert answer.headers.get("X-Offline") is None
    sessions.end_all(certain(sessions.claim(token))[0])
    assert client.get(path)["X-Offline"] == "wipe"
