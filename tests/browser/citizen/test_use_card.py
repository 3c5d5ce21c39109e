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
from tests.browser.looks import SETTLED, THEMES, findings_in_both_themes
from tests.browser.waiting import until
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.cards import actions, qr_text, signing, verifier
from vssid.domain.cards.tests.test_scanners import by_zbar
from vssid.domain.cards.verifier import Finding
from vssid.domain.record import queries
from vssid.web.citizen.tests.cast import make_worker

from .test_citizen_pages import enter
from .test_offline import LISTS, come_in, until_stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


STORED_CODE = """async () => {
  const kept = await caches.match("/the/ma");
  return (await kept.text()).match(/data-issued="([^"]+)/)[1];
}"""


def be_lan(page: Any, base: str) -> None:
    """The phone is Lan's; the first key is made."""
    page.url_base, page.person_id = base, make_worker()
    actions.ensure_key(now=timezone.now())


def read(page: Any) -> list[str]:
    """The codes scanners see on the screen; zbar, where it is installed, must see the same."""
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    texts = [code.text for code in zxingcpp.read_barcodes(picture) if code.valid]
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


def test_in_flight_mode_codes_are_read_off_the_screen_and_the_signed_one_is_renewed_while_there_is_a_network(
    phone, live_server, time_machine
):
    today = timezone.now()
    time_machine.move_to(today - timedelta(days=8))  # the server's clock; the phone's is today's
    be_lan(phone, live_server.url)
    come_in(phone)
    time_machine.move_to(today)
    an_old_code_says_so_and_renews_by_itself_when_the_network_is_back(phone)
    both_codes_are_read_off_the_screen(phone)
    phone.context.set_offline(False)
    time_machine.move_to(today + timedelta(days=2))
    the_stored_code_renews_when_the_app_is_opened_a_day_later(phone)
    a_session_that_ended_elsewhere_gets_no_new_code_and_empties_the_device(phone)


def an_old_code_says_so_and_renews_by_itself_when_the_network_is_back(page):
    page.context.set_offline(True)
    page.goto("/the/ma#ky-so")
    expect(page.get_by_text("Mã đã hết hạn, hãy kết nối mạng một lần")).to_be_visible()
    expect(page.locator("[data-live]")).to_be_hidden()
    assert read(page) == []
    show(page, "Mã thẻ")
    assert read(page) == [official(page.person_id)]
    show(page, "Mã xác thực")
    old = page.evaluate(STORED_CODE)
    page.context.set_offline(False)
    expect(page.locator("[data-live]")).to_be_visible(timeout=30_000)
    (signed,) = read(page)
    assert finding(signed) == Finding.VALID
    until(page, f"async (old) => (await ({STORED_CODE})()) !== old", old)  # the stored page has it too


def both_codes_are_read_off_the_screen(page):
    page.context.set_offline(True)
    page.goto("/")
    page.goto("/the/ma")
    assert read(page) == [official(page.person_id)]
    show(page, "Mã xác thực")
    expect(page.locator("[data-live]")).to_contain_text("Dùng được đến")
    (signed,) = read(page)
    assert finding(signed) == Finding.VALID
    show(page, "Mã thẻ")
    assert read(page) == [official(page.person_id)]


def the_stored_code_renews_when_the_app_is_opened_a_day_later(page):
    before = page.evaluate(STORED_CODE)
    page.evaluate("sessionStorage.setItem('warmed', Date.now() - 86400001)")
    page.goto("/")
    until(page, f"async (before) => (await ({STORED_CODE})()) !== before", before)
    until_stored(page, LISTS)


def a_session_that_ended_elsewhere_gets_no_new_code_and_empties_the_device(page):
    page.context.set_offline(True)
    page.clock.set_fixed_time(timezone.now() + timedelta(days=2))
    page.goto("/the/ma#ky-so")
    sessions.end_all(page.person_id)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập", timeout=30_000)
    until_stored(page, set())


def test_without_scripts_both_codes_can_be_shown(chromium, live_server):
    actions.ensure_key(now=timezone.now())
    person_id = make_worker()
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    token = sessions.start(person_id, device="", proved_at=None, now=timezone.now())
    context.add_cookies([{"name": "vssid-session", "value": token, "url": live_server.url}])
    page = context.new_page()
    page.goto("/the/ma")
    assert read(page) == [official(person_id)]
    show(page, "Mã xác thực")
    (signed,) = read(page)
    assert finding(signed) == Finding.VALID
    context.close()


WATCH = """() => {
  window.locks = [];
  navigator.wakeLock.request = async () => {
    const lock = { released: false, release: async () => { lock.released = true; } };
    window.locks.push(lock);
    return lock;
  };
}"""
RELEASED = "locks.map((lock) => lock.released)"


def test_the_page_of_both_codes_keeps_the_screen_awake_pleases_axe_and_fills_the_screen(sight, live_server):
    be_lan(sight, live_server.url)
    enter(sight, sight.person_id)
    sight.add_init_script(f"({WATCH})()")
    sight.goto("/the/ma")
    the_screen_is_kept_awake_here_and_let_go_when_leaving(sight)
    for address, place, kind in (("", "#chinh-thuc", "official"), ("#ky-so", "#ky-so", "signed")):
        sight.goto(f"/the/ma{address}")
        it_pleases_axe_on_a_white_ground_in_every_theme(sight)
        a_code_fills_the_screen_white_and_goes_back(sight, place, kind)
    sight.goto("/ca-nhan")
    sight.get_by_role("button", name="English").first.click()
    expect(sight.locator("html")).to_have_attribute("lang", "en")
    sight.goto("/the/ma#ky-so")
    expect(sight.locator("[data-live]")).to_contain_text("Good until")
    assert findings_in_both_themes(sight) == []
    assert sight.evaluate(FITS)


def the_screen_is_kept_awake_here_and_let_go_when_leaving(page):
    expect(page.locator("[data-awake]")).to_be_visible()
    assert page.evaluate(RELEASED) == [False]
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.evaluate(RELEASED) == [True]
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    until(page, "() => locks.length === 2")
    page.goto("/the")
    assert page.evaluate("locks.length") == 0


def it_pleases_axe_on_a_white_ground_in_every_theme(page):
    for scheme in THEMES:
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        assert findings(page) == [], scheme
        assert page.evaluate(FITS)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert len(read(page)) == 1


def a_code_fills_the_screen_white_and_goes_back(page, place, kind):
    """In the dark theme, which comes last."""
    page.locator(f"{place} [data-enlarge]").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    box = dialog.bounding_box()
    assert (box["width"], box["height"]) == (360, 740)
    assert dialog.evaluate("(it) => getComputedStyle(it).backgroundColor") == "rgb(255, 255, 255)"
    assert dialog.locator("svg").last.is_visible()
    assert dialog.locator(".large svg").bounding_box()["width"] > 320
    picture = Image.open(io.BytesIO(page.screenshot()))
    (text,) = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert (finding(text) == Finding.VALID) == (kind == "signed")
    assert findings(page) == []
    page.get_by_role("button", name="Quay lại").click()
    expect(dialog).to_be_hidden()
