"""The officer's keyboard and scanner in Chromium, and every page of the console as axe sees it.

A scanner is a keyboard that types fast. No digit of a scanned number may press a button of the open file, and
the Enter at its end may confirm nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import scanner
from tests.browser.axe import findings
from tests.registrations import BINH, LAN, make_application, make_officer, make_officer_account, make_person
from vssid.domain.accounts import sessions
from vssid.domain.audit.models import Event
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
TURNED = "() => document.querySelector('[data-view] img').style.transform"


@pytest.fixture
def desk(chromium: Any, live_server: Any) -> Iterator[Any]:
    """Minh's wide screen, signed in. A forbidden style or script fails the test."""
    person = make_officer_account("minh", name="Minh")
    token = sessions.start(person, device="", now=timezone.now())
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "vssid-session", "value": token, "url": live_server.url}])
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if "Security Policy" in said.text else None)
    yield page
    context.close()
    assert wrong == []


def open_file(page: Any, application: int) -> None:
    page.goto(f"/can-bo/ho-so/{application}")
    page.wait_for_load_state("networkidle")


def scan(page: Any, application: int) -> None:
    scanner.scan(page, Application.objects.get(id=application).number)


def applications() -> tuple[int, int]:
    now = timezone.now()
    return make_application(LAN, now=now), make_application(BINH, now=now)


def test_a_scan_on_any_page_opens_the_file_and_presses_nothing(desk: Any) -> None:
    lan, binh = applications()
    open_file(desk, lan)
    scan(desk, binh)
    desk.wait_for_url(f"**/can-bo/ho-so/{binh}")
    desk.get_by_role("button", name="Duyệt và gửi mật khẩu").focus()
    scan(desk, lan)
    desk.wait_for_url(f"**/can-bo/ho-so/{lan}")
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert not kinds & {"application.form_received", "application.approved"}


def test_a_scan_into_a_half_written_refusal_asks_first(desk: Any) -> None:
    lan, binh = applications()
    open_file(desk, lan)
    desk.keyboard.press("t")
    text = desk.get_by_label("Lời nhắn cho người nộp")
    text.fill("Ảnh mờ")
    scan(desk, binh)
    go_on = desk.get_by_role("button", name="Mở hồ sơ vừa quét")
    expect(go_on).to_be_visible()
    assert text.input_value() == "Ảnh mờ"
    go_on.click()
    desk.wait_for_url(f"**/can-bo/ho-so/{binh}")


def test_an_unknown_number_says_so(desk: Any) -> None:
    desk.goto("/can-bo")
    desk.wait_for_load_state("networkidle")
    scanner.scan(desk, "99999/2026/03101")
    expect(desk.get_by_text("Không có hồ sơ này tại cơ quan")).to_be_visible()


def test_a_whole_decision_by_keyboard_keeps_the_photos_as_they_are(desk: Any) -> None:
    lan, _binh = applications()
    open_file(desk, lan)
    for key in ("a", "+", "r"):
        desk.keyboard.press(key)
        desk.wait_for_timeout(150)
    turned = desk.evaluate(TURNED)
    assert "rotate(90deg)" in turned
    looks = Event.objects.filter(kind="application.photo_viewed").count()
    desk.keyboard.press("d")
    expect(desk.get_by_role("alert")).to_contain_text("chưa xem bản chính giấy tờ")
    for key, said in (("1", "Đã ghi nhận tờ khai."), ("2", "Đã ghi nhận xem bản chính."), ("d", "Đã duyệt.")):
        desk.keyboard.press(key)
        expect(desk.get_by_text(said)).to_be_visible()
    assert desk.evaluate(TURNED) == turned
    assert Event.objects.filter(kind="application.photo_viewed").count() == looks
    assert Application.objects.get(id=lan).state == "approved"


def test_the_keys_can_be_turned_off(desk: Any) -> None:
    lan, _binh = applications()
    open_file(desk, lan)
    desk.keyboard.press("?")
    desk.get_by_label("Dùng phím tắt trên máy này").uncheck()
    desk.keyboard.press("1")
    desk.wait_for_timeout(300)
    assert Application.objects.get(id=lan).form_received_at is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_pleases_axe_and_fits(desk: Any, theme: str) -> None:
    now, minh = timezone.now(), make_officer()
    make_person(LAN, full_name="Nguyễn Thị Lam")
    lan, binh = applications()
    actions.receive_form(binh, by=minh, now=now)
    actions.see_original(binh, by=minh, now=now)
    desk.emulate_media(color_scheme=theme)

    def look(name: str) -> None:
        desk.wait_for_load_state("networkidle")
        assert findings(desk) == [], name
        for width in (1280, 768, 360):
            desk.set_viewport_size({"width": width, "height": 900})
            assert desk.evaluate(TOO_WIDE) <= 0, f"{name} at {width}"
        assert findings(desk) == [], f"{name} at 360"
        desk.set_viewport_size({"width": 1280, "height": 900})

    desk.goto("/can-bo")
    look("queue")
    desk.goto("/can-bo?xem=da-xong&khac=khong")
    look("empty queue")
    open_file(desk, lan)
    look("file with differences")
    desk.keyboard.press("t")
    desk.get_by_role("button", name="Từ chối và báo người nộp").click()
    expect(desk.get_by_text("Chọn ít nhất một lý do.")).to_be_visible()
    look("refusal not complete")
    open_file(desk, binh)
    desk.keyboard.press("d")
    expect(desk.get_by_text("Tin nhắn mật khẩu")).to_be_visible()
    look("approved file")
    desk.get_by_role("searchbox").fill("nguyen")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Tìm hồ sơ")).to_be_visible()
    look("found")
    desk.context.clear_cookies()
    desk.goto("/can-bo/dang-nhap")
    look("sign-in")
