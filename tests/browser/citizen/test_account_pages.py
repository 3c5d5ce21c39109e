"""The account in Chromium: passkeys on a virtual device, recovery, freezing, wiping from afar; axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.browser.axe import findings, findings_of_words, only_words_differ, see
from tests.browser.english import left_in_vietnamese
from tests.browser.stored import come, take
from tests.browser.waiting import until
from tests.chromium import give_fingerprint_reader
from tests.making.registrations import HONG_BANG, make_office, make_officer_account
from tests.making.sms import texts_to
from vssid.domain.accounts.models.accounts import Account, Claim
from vssid.domain.accounts.recovery import answering, claims, freezing
from vssid.domain.accounts.sign_in import sessions
from vssid.kernel.actor import SYSTEM
from vssid.web.citizen.tests.cast import LAN, PASSWORD, make_worker

from .test_offline import until_stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "bon tu khac han"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def look(page: Any, check: Callable[[Any], list[str]] = findings) -> None:
    """Whole, readable for all, no wider than the phone, in the language that is spoken."""
    if page.locator("html").get_attribute("lang") == "en":
        assert left_in_vietnamese(page) == [], page.url
    assert check(page) == [], page.url
    assert page.evaluate(FITS), f"{page.url} is wider than the screen"


def look_in_both_languages(page: Any, again: Callable[[], None] | None = None) -> None:
    """Look, change the language, load the page or do again what leads to it, look; the language stays."""
    look(page)
    before = see(page)
    lang = {"vi": "en", "en": "vi"}[page.locator("html").get_attribute("lang")]
    speak(page, lang)
    again() if again else page.goto(page.url)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    look(page, lambda it: [] if only_words_differ(before, see(it)) else findings_of_words(it))


@pytest.fixture
def device(sight: Any, live_server: Any, settings: Any) -> Any:
    """A phone with a fingerprint reader."""
    settings.BASE_URL = live_server.url
    give_fingerprint_reader(sight)
    sight.url_base = live_server.url
    return sight


def speak(page: Any, lang: str) -> None:
    page.context.add_cookies([{"name": "vssid-lang", "value": lang, "url": page.url_base}])


def enter(page: Any, person_id: int, *, proved_at: datetime | None = None) -> None:
    token = sessions.start(person_id, device="Chrome · Android", proved_at=proved_at, now=timezone.now())
    page.context.add_cookies([{"name": "vssid-session", "value": token, "url": page.url_base}])


def press(page: Any) -> None:
    """The button of the form in the middle of the page."""
    page.locator("main form .btn").first.click()


def work() -> None:
    for job in ProcrastinateJob.objects.filter(task_name=claims.JOB):
        answering.answer(job.args["claim_id"], now=timezone.now())


def code() -> str:
    claim = Claim.objects.order_by("-id").first()
    assert claim is not None
    return digits(texts_to(claim.id)[-1])


def digits(text: str) -> str:
    match = re.search(r"\b\d{6}\b", text)
    assert match is not None
    return match.group()


# --- passkeys ------------------------------------------------------------------------------


def test_a_passkey_is_offered_where_one_can_be_made_and_not_again_once_put_off(device):
    person_id = make_worker()
    enter(device, person_id)
    where_none_can_be_made_nothing_is_offered(device.context.new_page())
    device.goto("/")
    offer = device.locator("[data-passkey-offer]")
    expect(offer).to_be_visible()
    look(device)
    device.get_by_role("button", name="Để sau").click()
    expect(offer).to_have_count(0)
    device.context.clear_cookies()
    enter(device, person_id)  # another sign-in
    device.goto("/")
    expect(offer).to_have_count(0)


def where_none_can_be_made_nothing_is_offered(page):
    page.add_init_script(
        """PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable = async () => {
          setTimeout(() => { window.answered = true; });
          return false;
        };"""
    )
    page.goto("/")
    until(page, "() => window.answered")
    expect(page.locator("[data-passkey-offer]")).to_have_count(1)
    expect(page.locator("[data-passkey-offer]")).to_be_hidden()
    page.close()


def test_a_passkey_is_added_with_the_password_signs_in_and_does_not_once_it_is_removed(device):
    enter(device, make_worker())
    device.goto("/")
    device.get_by_role("link", name="Thêm khóa truy cập").click()
    add_passkey(device, "khong phai")
    expect(device.locator("[data-passkey-add] [role=alert]")).to_contain_text("Mật khẩu chưa đúng")
    look(device)
    add_passkey(device, PASSWORD)
    expect(device.locator("main .panel input[name=name]")).to_have_count(1)
    look(device)
    device.goto("/")
    expect(device.locator("[data-passkey-offer]")).to_have_count(0)
    for name in ("", LAN):
        sign_in_by_passkey(device, name)
        device.wait_for_url("**/thiet-bi")
        expect(device.get_by_text("Máy này", exact=True)).to_be_visible()
        device.goto("/tai-khoan/khoa-truy-cap")
        expect(device.locator("main")).not_to_contain_text("chưa sử dụng")
    device.locator("main input[name=name]").fill("Máy của Lan")
    device.get_by_role("button", name="Đổi tên").click()
    expect(device.get_by_role("heading", name="Máy của Lan")).to_be_visible()
    device.get_by_role("button", name="Xóa Máy của Lan").click()
    expect(device.get_by_text("Chưa có khóa truy cập nào")).to_be_visible()
    sign_in_by_passkey(device, "")
    expect(device.locator("[data-passkey-sign-in] [role=alert]")).to_contain_text("mật khẩu")
    look(device)


def add_passkey(page, password):
    page.locator("#id_password").fill(password)
    page.locator("[data-passkey-add] [type=submit]").click()


def sign_in_by_passkey(page, name):
    page.context.clear_cookies()
    page.goto("/dang-nhap?tiep=/thiet-bi")
    page.locator("[name=name]").fill(name)
    page.locator("[data-passkey-button]").click()


# --- without a session ---------------------------------------------------------------------


@pytest.fixture
def stranger(sight: Any, live_server: Any) -> Any:
    """A phone that looks at pages in both languages."""
    sight.url_base = live_server.url
    return sight


def test_a_forgotten_password_on_a_phone(stranger):
    make_worker()
    stranger.goto("/quen-mat-khau")
    stranger.locator("main [name=name]").fill(LAN)
    press(stranger)
    stranger.wait_for_url("**/quen-mat-khau/ma")
    look_in_both_languages(stranger)
    work()
    a_wrong_code_is_said_in_both_languages(stranger, lambda: press(stranger))
    stranger.locator("main [name=code]").fill(code())
    press(stranger)
    stranger.wait_for_url("**/quen-mat-khau/mat-khau")
    look_in_both_languages(stranger)
    stranger.locator("#id_new").fill(NEW)
    stranger.locator("#id_again").fill(NEW)
    press(stranger)
    stranger.wait_for_url("**/tai-khoan?xong=mat-khau")
    look_in_both_languages(stranger)


def a_wrong_code_is_said_in_both_languages(page, send, field="main [name=code]"):
    def again():
        page.goto(page.url)
        page.locator(field).fill("12")
        send()

    again()
    expect(page.locator(".summary")).to_be_visible()
    look_in_both_languages(page, again)
    expect(page.locator(".summary")).to_be_visible()


def test_freezing_and_thawing_on_a_phone(stranger):
    person_id = make_worker()
    stranger.goto("/khoa-tai-khoan")
    stranger.locator("main [name=name]").fill(LAN)
    stranger.locator("main [name=cach][value=ma]").click()
    stranger.wait_for_url("**/khoa-tai-khoan/ma")
    look_in_both_languages(stranger)
    work()
    stranger.locator("main [name=code]").fill(code())
    press(stranger)
    stranger.wait_for_url("**/khoa-tai-khoan/xong")
    assert Account.objects.get(person_id=person_id).frozen_at is not None
    a_frozen_account_lets_nobody_in(stranger)
    stranger.goto("/mo-khoa-tai-khoan")
    stranger.locator("main [name=name]").fill(LAN)
    press(stranger)
    stranger.wait_for_url("**/mo-khoa-tai-khoan/ma")
    look_in_both_languages(stranger)
    work()
    stranger.locator("main [name=code]").fill(code())
    press(stranger)
    stranger.wait_for_url("**/mo-khoa-tai-khoan/mat-khau")
    look_in_both_languages(stranger)

    def open_it():
        stranger.goto(stranger.url)
        stranger.locator("#id_password").fill(PASSWORD)
        press(stranger)

    open_it()
    expect(stranger.locator(".note.warn")).to_be_visible()
    look_in_both_languages(stranger, open_it)
    expect(stranger.locator(".note.warn")).to_be_visible()


def a_frozen_account_lets_nobody_in(page):
    def sign_in():
        page.goto("/dang-nhap")
        page.locator("main [name=name]").fill(LAN)
        page.locator("#id_password").fill(PASSWORD)
        press(page)

    sign_in()
    expect(page.locator("main a[href='/mo-khoa-tai-khoan']")).to_be_visible()
    look_in_both_languages(page, sign_in)
    expect(page.locator("main a[href='/mo-khoa-tai-khoan']")).to_be_visible()


# --- from afar -----------------------------------------------------------------------------


def test_a_device_ended_from_another_forgets_the_card_at_its_next_contact(phone, live_server, chromium):
    take(phone, live_server.url, make_worker())
    come(phone)
    end_all_others(chromium.new_context(base_url=live_server.url).new_page(), phone)
    has_forgotten_the_card(phone)
    come(phone)
    freezing.freeze(phone.person_id, by=SYSTEM, how="test", now=timezone.now())
    has_forgotten_the_card(phone)


def end_all_others(other, phone):
    other.url_base = phone.url_base
    enter(other, phone.person_id)
    other.goto("/thiet-bi")
    other.get_by_role("button", name="Đăng xuất tất cả máy khác").click()
    expect(other.locator("main form[action='/thiet-bi']")).to_have_count(0)
    expect(other.get_by_text("Máy này", exact=True)).to_be_visible()
    other.context.close()


def has_forgotten_the_card(page):
    page.goto("/the")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    until_stored(page, set())
    page.context.set_offline(True)
    page.goto("/the")
    expect(page.get_by_role("heading", level=1)).to_have_text("Không có mạng")
    page.context.set_offline(False)


# --- contacts, closing, the counter --------------------------------------------------------


def test_changing_the_phone_and_closing_on_a_phone(stranger):
    person_id = make_worker()
    make_office(HONG_BANG)
    enter(stranger, person_id)
    stranger.goto("/tai-khoan/lien-he/so-dien-thoai")
    stranger.locator("main [name=value]").fill("0987 654 321")
    press(stranger)
    stranger.wait_for_url("**/so-dien-thoai/ma")
    look_in_both_languages(stranger)
    send = stranger.locator("[name=ben][value=old]")
    a_wrong_code_is_said_in_both_languages(stranger, send.click, field="#old_code")
    stranger.goto("/tai-khoan/lien-he/tai-co-quan")
    stranger.locator("main [name=value]").fill("0977 777 777")
    stranger.locator("main [name=office]").select_option(HONG_BANG)
    press(stranger)
    stranger.wait_for_url(re.compile("tai-co-quan/.+"))
    look_in_both_languages(stranger)
    stranger.locator("main [name=code]").fill(digits(texts_to(person_id, "contact_new_code")[-1]))
    press(stranger)
    stranger.wait_for_url("**/tai-co-quan")
    look_in_both_languages(stranger)
    stranger.goto("/tai-khoan/dong")
    stranger.locator("#id_password").fill(PASSWORD)
    press(stranger)
    expect(stranger.locator("main form[action='/tai-khoan/giu']")).to_be_visible()
    look_in_both_languages(stranger)
    expect(stranger.locator("main form[action='/tai-khoan/giu']")).to_be_visible()
    stranger.goto("/tai-khoan")
    look_in_both_languages(stranger)


def test_the_counter_in_the_console(stranger):
    make_worker()
    enter(stranger, make_officer_account(), proved_at=timezone.now())
    for kind in ("password", "phone"):
        stranger.goto("/can-bo/tai-khoan")
        look_in_both_languages(stranger)
        stranger.locator("main [name=name]").fill(LAN)
        stranger.locator(f"main [name=kind][value={kind}]").check()
        press(stranger)
        stranger.wait_for_url(re.compile(r"tai-khoan/\d+/"))
        look_in_both_languages(stranger)
    stranger.goto("/can-bo/tai-khoan")
    stranger.locator("main tbody a").first.click()

    def act() -> None:
        # Shown as not ready yet, but whoever presses it is told why.
        stranger.locator("main form[action$='thuc-hien'] button").press("Enter")

    act()
    expect(stranger.locator("main .note.bad")).to_be_visible()
    look_in_both_languages(stranger, act)
    expect(stranger.locator("main .note.bad")).to_be_visible()
    stranger.locator("main form[action$='xem-ban-chinh'] button").click()
    expect(stranger.locator(".ticked")).to_be_visible()
    stranger.locator("main form[action$='thuc-hien'] button").click()
    expect(stranger.locator("main .way")).to_be_visible()
    look_in_both_languages(stranger)
    expect(stranger.locator("main .way")).to_be_visible()
