"""Installing the app and inviting others, in Chromium."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import expect

from vssid.infra.documents.qr import read_qr

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/cai-dat-ung-dung"
OFFERED = """() => {
  const offer = new Event("beforeinstallprompt", { cancelable: true });
  offer.prompt = () => { window.prompted = (window.prompted || 0) + 1; };
  return !dispatchEvent(offer);
}"""


@pytest.mark.parametrize("path", [PAGE, "/"])
def test_the_browsers_own_prompt_comes_only_after_a_tap(phone, path):
    phone.goto(path)
    button = phone.locator("[data-install]")
    expect(button).to_be_hidden()
    assert phone.evaluate(OFFERED), "the browser was left to show its prompt by itself"
    expect(button).to_be_visible()
    assert phone.evaluate("window.prompted") is None
    button.click()
    assert phone.evaluate("window.prompted") == 1
    expect(button).to_be_hidden()


def test_after_installing_the_button_is_gone(phone):
    phone.goto(PAGE)
    phone.evaluate(OFFERED)
    phone.evaluate("dispatchEvent(new Event('appinstalled'))")
    expect(phone.locator("[data-install]")).to_be_hidden()


def test_chromium_finds_nothing_missing_for_an_installation(phone):
    phone.goto(PAGE)
    session = phone.context.new_cdp_session(phone)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # The tests' windows are private ones, in which nothing can be installed.
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []


def test_sharing_opens_the_phones_own_sheet(phone):
    phone.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    phone.goto(PAGE)
    phone.get_by_role("button", name="Chia sẻ").click()
    assert phone.evaluate("window.shared.url") == f"{settings.BASE_URL}/"


def test_without_a_share_sheet_the_address_is_copied(phone, live_server):
    phone.add_init_script("delete Navigator.prototype.share")
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    phone.goto(PAGE)
    phone.get_by_role("button", name="Chia sẻ").click()
    expect(phone.locator("[data-shared]")).to_contain_text("Đã chép địa chỉ")
    assert phone.evaluate("navigator.clipboard.readText()") == f"{settings.BASE_URL}/"


def test_where_nothing_can_be_copied_the_address_is_marked(phone):
    phone.add_init_script(
        "delete Navigator.prototype.share;"
        "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    phone.goto(PAGE)
    phone.get_by_role("button", name="Chia sẻ").click()
    expect(phone.locator("[data-shared]")).to_contain_text("giữ tay trên địa chỉ")
    assert phone.evaluate("getSelection().toString()") == settings.BASE_URL


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_another_phone_reads_the_code_from_the_screen(phone, theme):
    phone.emulate_media(color_scheme=theme)
    phone.goto(PAGE)
    seen = Image.open(io.BytesIO(phone.locator(".invite .qr").screenshot()))
    assert read_qr(seen) == [f"{settings.BASE_URL}/"]
