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
def test_the_browsers_own_prompt_comes_only_after_a_tap(sight, path):
    sight.goto(path)
    button = sight.locator("[data-install]")
    expect(button).to_be_hidden()
    assert sight.evaluate(OFFERED), "the browser was left to show its prompt by itself"
    expect(button).to_be_visible()
    assert sight.evaluate("window.prompted") is None
    button.click()
    assert sight.evaluate("window.prompted") == 1
    expect(button).to_be_hidden()


def test_after_installing_the_button_is_gone(sight):
    sight.goto(PAGE)
    sight.evaluate(OFFERED)
    sight.evaluate("dispatchEvent(new Event('appinstalled'))")
    expect(sight.locator("[data-install]")).to_be_hidden()


def test_chromium_finds_nothing_missing_for_an_installation(phone):
    phone.goto(PAGE)
    session = phone.context.new_cdp_session(phone)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # The tests' windows are private ones, in which nothing can be installed.
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []


def test_sharing_opens_the_phones_own_sheet(sight):
    sight.add_init_script("navigator.share = async (what) => { window.shared = what; }")
    sight.goto(PAGE)
    sight.get_by_role("button", name="Chia sẻ").click()
    assert sight.evaluate("window.shared.url") == f"{settings.BASE_URL}/"


def test_without_a_share_sheet_the_address_is_copied(sight, live_server):
    sight.add_init_script("delete Navigator.prototype.share")
    sight.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    sight.goto(PAGE)
    sight.get_by_role("button", name="Chia sẻ").click()
    expect(sight.locator("[data-shared]")).to_contain_text("Đã chép địa chỉ")
    assert sight.evaluate("navigator.clipboard.readText()") == f"{settings.BASE_URL}/"


def test_where_nothing_can_be_copied_the_address_is_marked(sight):
    sight.add_init_script(
        "delete Navigator.prototype.share;"
        "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    sight.goto(PAGE)
    sight.get_by_role("button", name="Chia sẻ").click()
    expect(sight.locator("[data-shared]")).to_contain_text("giữ tay trên địa chỉ")
    assert sight.evaluate("getSelection().toString()") == settings.BASE_URL


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_another_phone_reads_the_code_from_the_screen(sight, theme):
    sight.emulate_media(color_scheme=theme)
    sight.goto(PAGE)
    seen = Image.open(io.BytesIO(sight.locator(".invite .qr").screenshot()))
    assert read_qr(seen) == [f"{settings.BASE_URL}/"]
