"""The officer's keyboard and scanner in Chromium, and every page of the console as axe sees it.

A scanner is a keyboard that types fast. No digit of a scanned number may press a button of the open file, and
the Enter at its end may confirm nothing.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.looks import findings_in_both_themes, in_theme, resize
from tests.browser.waiting import HeldAnswers
from tests.making.registrations import (
    BINH,
    LAN,
    make_application,
    make_officer,
    make_officer_account,
    make_person,
)
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.audit.models import Event
from vssid.domain.registration import actions
from vssid.domain.registration.models import Application

from . import scanner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Keys as a quick hand or an input method gives them, with no answer in between. A person's keys are apart
# enough to be no scan; those that end with Enter are one.
PRESSED = """async (keys) => {
  const scan = keys.at(-1) === "Enter";
  for (const key of keys) {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    if (!scan) await new Promise((done) => setTimeout(done, 90));
  }
}"""
TURNED = "() => document.querySelector('[data-view] img').style.transform"
CONTRAST = "() => document.querySelector('[data-view] img').style.filter"


@pytest.fixture
def desk(sight: Any, live_server: Any) -> Any:
    """Minh's wide screen, signed in."""
    person = make_officer_account("minh", name="Minh")
    token = sessions.start(person, device="", proved_at=timezone.now(), now=timezone.now())
    sight.context.add_cookies([{"name": "vssid-session", "value": token, "url": live_server.url}])
    sight.set_viewport_size({"width": 1280, "height": 900})
    return sight


def open_file(page: Any, application: int) -> None:
    page.goto(f"/can-bo/ho-so/{application}")


def write(page: Any, text: str) -> Any:
    """Begin a refusal with a key; gives the field."""
    page.keyboard.press("t")
    field = page.get_by_label("Lời nhắn cho người nộp")
    field.fill(text)
    return field


def scan(page: Any, application: int) -> None:
    scanner.scan(page, Application.objects.get(id=application).number)


def applications() -> tuple[int, int]:
    now = timezone.now()
    return make_application(LAN, now=now), make_application(BINH, now=now)


GARBLED = [
    # VNI swallowed the first digit behind a vowel: the number is lost, the text stays, and that is said.
    (["Backspace", "ơ", *"0022/2026/03101", "Enter"], "Bộ gõ tiếng Việt đã sửa mã vừa quét."),
    # A number that got through whole is read although letters were taken back meanwhile.
    (["0", "1", "Backspace", *"0001/2026/03101", "Enter"], "Mở hồ sơ vừa quét"),
]


def test_what_is_scanned_is_opened_asked_about_or_said_and_presses_nothing(desk: Any) -> None:
    lan, binh = applications()
    desk.goto("/can-bo/ho-so")
    scanner.scan(desk, "99999/2026/03101")
    expect(desk.get_by_text("Không có hồ sơ này tại cơ quan")).to_be_visible()
    a_scan_on_any_page_opens_the_file(desk, lan, binh)
    a_scan_into_a_half_written_refusal_asks_first(desk, lan, binh)
    for keys, said in GARBLED:
        open_file(desk, lan)
        text = write(desk, "Ảnh mờ")
        desk.evaluate(PRESSED, keys)
        expect(desk.get_by_text(said)).to_be_visible()
        assert text.input_value() == "Ảnh mờ"
    a_card_number_through_an_input_method_finds_the_file(desk)
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert not kinds & {"application.form_received", "application.approved"}


def a_scan_on_any_page_opens_the_file(page: Any, lan: int, binh: int) -> None:
    open_file(page, lan)
    scan(page, binh)
    page.wait_for_url(f"**/can-bo/ho-so/{binh}")
    page.get_by_role("button", name="Duyệt và gửi mật khẩu").focus()
    scan(page, lan)
    page.wait_for_url(f"**/can-bo/ho-so/{lan}")


def a_scan_into_a_half_written_refusal_asks_first(page: Any, lan: int, binh: int) -> None:
    open_file(page, lan)
    text = write(page, "Ảnh mờ")
    scan(page, binh)
    go_on = page.get_by_role("button", name="Mở hồ sơ vừa quét")
    expect(go_on).to_be_visible()
    assert text.input_value() == "Ảnh mờ"
    go_on.click()
    page.wait_for_url(f"**/can-bo/ho-so/{binh}")


def a_card_number_through_an_input_method_finds_the_file(page: Any) -> None:
    page.goto("/can-bo/ho-so")
    box = page.get_by_role("searchbox")
    box.fill(f"TÉ31{LAN.bhxh_code}")
    box.press("Enter")
    expect(page.get_by_role("heading", name="Tìm hồ sơ")).to_be_visible()
    expect(page.get_by_role("link", name=LAN.full_name)).to_be_visible()


def test_the_keys_open_check_undo_and_decide_and_can_be_turned_off(desk: Any) -> None:
    make_person(LAN, full_name="Nguyễn Thị Lam")
    lan, binh = applications()
    desk.goto("/can-bo/ho-so")
    desk.keyboard.press("n")
    desk.wait_for_url(f"**/can-bo/ho-so/{lan}")
    desk.keyboard.press("1")
    expect(desk.get_by_text("Đã ghi nhận tờ khai.")).to_be_visible()
    desk.keyboard.press("u")
    expect(desk.get_by_text("Đã bỏ ghi nhận tờ khai.")).to_be_visible()
    assert Application.objects.get(id=lan).form_received_at is None
    what_speaks_against_a_file_is_in_view_and_asked_about_once(desk, lan)
    open_file(desk, binh)
    the_keys_can_be_turned_off(desk)
    a_whole_decision_by_keyboard_keeps_the_photos_as_they_are(desk, binh)


def what_speaks_against_a_file_is_in_view_and_asked_about_once(page: Any, application: int) -> None:
    for key, said in (("1", "Đã ghi nhận tờ khai."), ("2", "Đã ghi nhận đối chiếu bản chính.")):
        page.keyboard.press(key)
        expect(page.get_by_text(said)).to_be_visible()
    resize(page, 1280, 800)
    open_file(page, application)
    for locator in (page.locator("[data-doubts]"), page.get_by_role("button", name="Duyệt và gửi mật khẩu")):
        box = locator.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Vẫn duyệt và gửi mật khẩu")).to_be_visible()
    assert Application.objects.get(id=application).state == "received"
    page.keyboard.press("d")
    expect(page.get_by_text("Chọn một lý do.").first).to_be_visible()
    choose_reasons(page)
    page.keyboard.press("d")
    expect(page.get_by_text("Đã duyệt. Mật khẩu kích hoạt đang được gửi.")).to_be_visible()
    resize(page, 1280, 900)


def choose_reasons(page: Any) -> None:
    """The first reason for each class of doubts."""
    for group in page.locator("fieldset.why").all():
        group.get_by_role("radio").first.check()
    page.evaluate("document.activeElement.blur()")


def the_keys_can_be_turned_off(page: Any) -> None:
    """What the key would have done is still missing at the decision that follows."""
    page.keyboard.press("?")
    on = page.get_by_label("Dùng phím tắt trên máy này")
    on.uncheck()
    page.evaluate("document.activeElement.blur()")
    page.evaluate(PRESSED, ["1"])
    on.check()
    page.evaluate("document.activeElement.blur()")


def a_whole_decision_by_keyboard_keeps_the_photos_as_they_are(page: Any, application: int) -> None:
    page.evaluate(PRESSED, ["a", "+", "r", "c"])
    assert page.evaluate(CONTRAST) == "contrast(1.6)"
    expect(page.get_by_role("button", name="Tăng tương phản").first).to_have_attribute("aria-pressed", "true")
    turned = page.evaluate(TURNED)
    assert "rotate(90deg)" in turned
    looks = Event.objects.filter(kind="application.photo_viewed").count()
    page.keyboard.press("d")
    expect(page.get_by_role("alert")).to_contain_text("chưa nhận tờ khai")
    expect(page.get_by_role("alert")).to_contain_text("chưa đối chiếu bản chính giấy tờ")
    for key, said in (
        ("1", "Đã ghi nhận tờ khai."),
        ("2", "Đã ghi nhận đối chiếu bản chính."),
        ("d", "Chưa duyệt: còn nội dung cần kiểm tra"),  # the plain photos are no cards
        ("d", "Đã duyệt."),
    ):
        if said == "Đã duyệt.":
            choose_reasons(page)
        page.keyboard.press(key)
        expect(page.get_by_text(said)).to_be_visible()
    assert page.evaluate(TURNED) == turned
    assert page.evaluate(CONTRAST) == "contrast(1.6)"
    assert Event.objects.filter(kind="application.photo_viewed").count() == looks
    assert Application.objects.get(id=application).state == "approved"


def test_every_page_pleases_axe_in_both_themes_and_fits(desk: Any) -> None:
    now, minh = timezone.now(), make_officer()
    make_person(LAN, full_name="Nguyễn Thị Lam")
    lan, binh = applications()
    actions.receive_form(binh, by=minh, now=now)
    actions.see_original(binh, by=minh, now=now)

    def look(name: str) -> None:
        desk.wait_for_load_state("load")
        assert findings_in_both_themes(desk) == [], name
        for width in (1280, 768, 360):
            resize(desk, width, 900)
            assert desk.evaluate(TOO_WIDE) <= 0, f"{name} at {width}"
        assert findings_in_both_themes(desk) == [], f"{name} at 360"
        in_theme(desk, "light")
        resize(desk, 1280, 900)

    desk.goto("/can-bo/ho-so")
    look("queue")
    desk.goto("/can-bo/ho-so?xem=da-xong&khac=khong")
    look("empty queue")
    open_file(desk, lan)
    look("file with differences")
    desk.keyboard.press("t")
    desk.get_by_role("button", name="Từ chối và báo người nộp").click()
    expect(desk.get_by_text("Chọn ít nhất một lý do.")).to_be_visible()
    look("refusal not complete")
    open_file(desk, binh)
    desk.keyboard.press("d")
    expect(desk.get_by_role("button", name="Vẫn duyệt và gửi mật khẩu")).to_be_visible()
    look("asked again")
    choose_reasons(desk)
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


def test_next_waits_for_the_answer_and_a_refusal_drops_it(desk: Any) -> None:
    lan, binh = applications()
    open_file(desk, lan)

    def slowly(route: Any) -> None:
        desk.wait_for_timeout(300)
        route.continue_()

    # One after another without waiting: however fast the server is, the first has no answer yet.
    desk.route(re.compile(r"/can-bo/ho-so/\d+/\w"), slowly)
    desk.evaluate(PRESSED, ["1", "2", "n"])
    desk.wait_for_url(f"**/can-bo/ho-so/{binh}")
    row = Application.objects.get(id=lan)
    assert row.form_received_at is not None
    assert row.original_seen_at is not None
    left: list[str] = []
    desk.on("request", lambda asked: left.append(asked.url) if asked.is_navigation_request() else None)
    desk.evaluate(PRESSED, ["d", "n"])
    expect(desk.get_by_role("alert")).to_contain_text("chưa nhận tờ khai")
    desk.evaluate("() => new Promise((done) => setTimeout(done, 50))")
    assert left == []
    assert desk.url.endswith(f"/can-bo/ho-so/{binh}")


def test_a_file_looked_at_anew_is_not_drawn_as_it_was_before_a_newer_act(desk: Any) -> None:
    lan, _ = applications()
    open_file(desk, lan)
    again = desk.get_by_role("button", name="Xem lại hồ sơ")
    desk.evaluate("() => { document.querySelector('[data-hand-lost]').hidden = false; }")
    desk.context.set_offline(True)
    with desk.expect_event("requestfailed"):
        again.click()
    expect(again).to_be_visible()  # nothing was looked at
    desk.context.set_offline(False)
    answers = HeldAnswers(desk, f"**/can-bo/ho-so/{lan}")
    again.click()
    answers.until_asked()
    desk.keyboard.press("1")
    expect(desk.get_by_text("Đã ghi nhận tờ khai.")).to_be_visible()
    answers.release()
    expect(desk.get_by_text("Đã ghi nhận tờ khai.")).to_be_visible()
    expect(desk.locator("[data-undo]")).to_have_count(1)
