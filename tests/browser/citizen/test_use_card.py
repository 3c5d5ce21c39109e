"""Sử dụng thẻ in a real browser: two codes, in flight mode too; the signed one renews and ends."""

from __future__ import annotations

import io
import shutil
from datetime import timedelta
from typing import Any

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.looks import findings_in_both_themes
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.cards import actions, qr_text, queries, signing, verifier
from vssid.domain.cards.tests.test_scanners import by_zbar
from vssid.domain.cards.verifier import Finding
from vssid.web.citizen.tests.cast import make_worker

from .test_offline import LISTS, enter, until_stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture
def lan(phone: Any) -> Any:
    """Lan's phone right after sign-in, the service worker done with storing; the first key made."""
    return signed_in(phone)


def signed_in(phone: Any) -> Any:
    actions.ensure_key(now=timezone.now())
    phone.person_id = make_worker()
    phone.goto("/dang-nhap")
    enter(phone)
    until_stored(phone, LISTS)
    return phone


def read(page: Any) -> list[str]:
    """The codes scanners see on the screen; zbar, where it is installed, must see the same."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    texts = [found.text for found in zxingcpp.read_barcodes(picture) if found.valid]
    if shutil.which("zbarimg"):
        assert by_zbar(picture) == "".join(texts)
    return texts


def finding(text: str) -> Finding:
    now = timezone.now()
    return verifier.verify(text, signing.published(now=now), now=now).finding


def official(person_id: int) -> str:
    card = queries.own_record(person_id, now=timezone.now()).card
    assert card is not None
    return qr_text.compose(queries.with_street(card, person_id))


def show(page: Any, label: str) -> None:
    page.get_by_role("navigation", name="Hai mã của thẻ").get_by_role("link", name=label).click()


def test_in_flight_mode_both_codes_are_read_off_the_screen(lan):
    lan.context.set_offline(True)
    lan.goto("/the/ma")
    assert read(lan) == [official(lan.person_id)]
    show(lan, "Mã xác thực")
    expect(lan.locator("[data-live]")).to_contain_text("Dùng được đến")
    (signed,) = read(lan)
    assert finding(signed) == Finding.VALID
    show(lan, "Mã thẻ")
    assert read(lan) == [official(lan.person_id)]


def test_without_scripts_both_codes_can_be_shown(chromium, live_server):
    actions.ensure_key(now=timezone.now())
    person_id = make_worker()
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    token = sessions.start(person_id, device="", now=timezone.now())
    context.add_cookies([{"name": "vssid-session", "value": token, "url": live_server.url}])
    page = context.new_page()
    page.goto("/the/ma")
    assert read(page) == [official(person_id)]
    show(page, "Mã xác thực")
    (signed,) = read(page)
    assert finding(signed) == Finding.VALID
    context.close()


def test_an_old_code_says_so_in_flight_mode_and_renews_by_itself_when_the_network_is_back(
    phone, time_machine
):
    today = timezone.now()
    time_machine.move_to(today - timedelta(days=8))  # the server's clock; the phone's is today's
    lan = signed_in(phone)
    time_machine.move_to(today)
    lan.context.set_offline(True)
    lan.goto("/the/ma#ky-so")
    expect(lan.get_by_text("Mã đã hết hạn, hãy kết nối mạng một lần")).to_be_visible()
    expect(lan.locator("[data-live]")).to_be_hidden()
    assert read(lan) == []
    show(lan, "Mã thẻ")
    assert read(lan) == [official(lan.person_id)]
    show(lan, "Mã xác thực")
    lan.context.set_offline(False)
    expect(lan.locator("[data-live]")).to_be_visible(timeout=15000)
    (signed,) = read(lan)
    assert finding(signed) == Finding.VALID
    until = lan.locator("[data-until]").text_content()
    for _try in range(100):  # the stored page has it too
        if until in lan.evaluate("async () => (await (await caches.match('/the/ma')).text())"):
            break
        lan.wait_for_timeout(100)
    lan.context.set_offline(True)
    lan.goto("/the/ma")
    lan.goto("/the/ma#ky-so")
    expect(lan.locator("[data-live]")).to_be_visible()


def test_the_stored_code_renews_when_the_app_is_opened_a_day_later(phone, time_machine):
    today = timezone.now()
    time_machine.move_to(today - timedelta(days=2))
    lan = signed_in(phone)
    stored = "async () => (await (await caches.match('/the/ma')).text()).match(/data-issued=\"([^\"]+)/)[1]"
    before = lan.evaluate(stored)
    time_machine.move_to(today)
    lan.evaluate(
        "sessionStorage.setItem('warmed', Date.now() - 86400001)"
    )  # two days ago by the phone's clock
    lan.goto("/")
    for _try in range(100):
        if lan.evaluate(stored) != before:
            return
        lan.wait_for_timeout(100)
    pytest.fail("the stored page still has the old code")


def test_a_session_that_ended_elsewhere_gets_no_new_code_and_empties_the_device(phone, time_machine):
    today = timezone.now()
    time_machine.move_to(today - timedelta(days=2))
    lan = signed_in(phone)
    time_machine.move_to(today)
    lan.context.set_offline(True)
    lan.goto("/the/ma#ky-so")
    sessions.end_all(lan.person_id)
    lan.context.set_offline(False)
    expect(lan.get_by_role("heading", level=1)).to_have_text("Đăng nhập", timeout=15000)
    until_stored(lan, set())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_codes_please_axe_on_a_white_ground_in_every_theme(lan, scheme):
    lan.emulate_media(color_scheme=scheme)
    for address in ("/the/ma", "/the/ma#ky-so"):
        lan.goto(address)
        assert findings(lan) == []
        assert lan.evaluate(FITS)
        assert lan.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert len(read(lan)) == 1


def test_in_english_it_is_as_clean_in_both_themes(lan):
    lan.goto("/ca-nhan")
    lan.get_by_role("button", name="English").first.click()
    lan.goto("/the/ma#ky-so")
    expect(lan.locator("[data-live]")).to_contain_text("Good until")
    assert findings_in_both_themes(lan) == []
    assert lan.evaluate(FITS)


@pytest.mark.parametrize(("place", "kind"), [("#chinh-thuc", "official"), ("#ky-so", "signed")])
def test_a_code_fills_the_screen_white_and_goes_back(lan, place, kind):
    lan.emulate_media(color_scheme="dark")
    lan.goto(f"/the/ma{place}")
    lan.locator(f"{place} [data-enlarge]").click()
    dialog = lan.get_by_role("dialog")
    box = dialog.bounding_box()
    assert (box["width"], box["height"]) == (360, 740)
    assert dialog.evaluate("(it) => getComputedStyle(it).backgroundColor") == "rgb(255, 255, 255)"
    assert dialog.locator("svg").last.is_visible()
    assert dialog.locator(".large svg").bounding_box()["width"] > 320
    picture = Image.open(io.BytesIO(lan.screenshot()))
    (text,) = {found.text for found in zxingcpp.read_barcodes(picture)}
    assert (finding(text) == Finding.VALID) == (kind == "signed")
    assert findings(lan) == []
    lan.get_by_role("button", name="Quay lại").click()
    expect(dialog).to_be_hidden()


WATCH = """() => {
  window.locks = [];
  navigator.wakeLock.request = async () => {
    const lock = { released: false, release: async () => { lock.released = true; } };
    window.locks.push(lock);
    return lock;
  };
}"""


def test_the_screen_is_kept_awake_here_and_let_go_when_leaving(lan):
    lan.add_init_script(f"({WATCH})()")
    lan.goto("/the/ma")
    expect(lan.locator("[data-awake]")).to_be_visible()
    assert lan.evaluate("locks.map((lock) => lock.released)") == [False]
    lan.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert lan.evaluate("locks.map((lock) => lock.released)") == [True]
    lan.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    lan.wait_for_function("locks.length === 2")
    lan.goto("/the")
    assert lan.evaluate("locks.length") == 0
