"""Who asks anew is answered anew: an older answer that comes late, or not at all, says nothing any more."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import HeldAnswers, until
from tests.making.pictures_of_codes import picture_of_code
from tests.making.registrations import LAN, make_draft, make_office, plain_photo
from vssid.domain.cards.qr_text import CardText, compose_text
from vssid.web.public.registration import file_cookie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COMMUNES = "**/dang-ky/xa-phuong?*"
HA_NOI, HAI_PHONG = "01", "31"
OF_HA_NOI, OF_HAI_PHONG = "option[value='00004']", "option[value='11311']"
LONGEST = 30_000  # ms for an answer of a busy machine
SAID = "Đã điền từ thẻ. Hãy xem lại rồi bấm Tra cứu."


@pytest.fixture
def contact(sight: Any, live_server: Any) -> Any:
    """The step of a draft that asks for province and commune."""
    make_office()
    address = f"{live_server.url}/dang-ky"
    sight.context.add_cookies([{"name": file_cookie.COOKIE, "value": make_draft(), "url": address}])
    sight.goto("/dang-ky/lien-he")
    return sight


def lists(page: Any, shown: str, not_shown: str) -> None:
    expect(page.locator(shown)).to_have_count(1, timeout=LONGEST)
    expect(page.locator(not_shown)).to_have_count(0)


def test_a_late_list_of_another_province_is_not_shown(contact: Any) -> None:
    province, commune = contact.locator("#id_province_code"), contact.locator("#id_commune_code")
    answers = HeldAnswers(contact, COMMUNES, 2)
    province.select_option(HA_NOI)
    answers.until_asked(1)
    province.select_option(HAI_PHONG)
    answers.until_asked(2)
    answers.release(0)  # while the newer one is on its way
    expect(commune).to_have_attribute("aria-busy", "true")
    lists(commune, OF_HAI_PHONG, OF_HA_NOI)  # as the draft had it
    answers.release(1)
    expect(commune).not_to_have_attribute("aria-busy", "true")
    lists(commune, OF_HAI_PHONG, OF_HA_NOI)


def test_an_older_list_that_comes_after_the_newer_or_is_lost_says_nothing(contact: Any) -> None:
    province, commune = contact.locator("#id_province_code"), contact.locator("#id_commune_code")
    for end in (HeldAnswers.release, HeldAnswers.lose):
        answers = HeldAnswers(contact, COMMUNES)
        province.select_option(HAI_PHONG)
        answers.until_asked()
        province.select_option(HA_NOI)
        lists(commune, OF_HA_NOI, OF_HAI_PHONG)
        end(answers)
        lists(commune, OF_HA_NOI, OF_HAI_PHONG)
        expect(contact.get_by_role("button", name="Chọn tỉnh")).to_be_hidden()


def test_the_filters_of_a_directory_are_those_of_the_province_chosen_last(sight: Any) -> None:
    make_office()
    sight.goto("/tra-cuu/co-quan-bhxh")
    sight.get_by_text("Lọc", exact=True).click()
    province, within = sight.get_by_label("Tỉnh, thành phố"), sight.locator("[data-within]")
    answers = HeldAnswers(sight, "**/tra-cuu/co-quan-bhxh?*", 2)
    province.select_option(HA_NOI)
    answers.until_asked(1)
    province.select_option(HAI_PHONG)
    answers.until_asked(2)
    answers.release(0)
    expect(within).to_have_attribute("aria-busy", "true")
    answers.release(1)
    lists(within, OF_HAI_PHONG, OF_HA_NOI)
    expect(within).not_to_have_attribute("aria-busy", "true")


def card(name: str) -> dict[str, Any]:
    text = compose_text(CardText(code=LAN.bhxh_code, name=name, birth="02/01/1990"))
    return {"name": "the.png", "mimeType": "image/png", "buffer": picture_of_code(text)}


def test_the_photo_of_another_card_that_is_answered_late_fills_nothing(sight: Any) -> None:
    sight.goto("/tra-cuu/gia-tri-the")
    photo, name = sight.locator("#id_photo"), sight.get_by_label("Họ và tên")
    for end in (HeldAnswers.release, HeldAnswers.lose):
        name.fill("")
        answers = HeldAnswers(sight, "**/tra-cuu/doc-the")
        photo.set_input_files(card("Trần Văn Bình"))
        answers.until_asked()
        photo.set_input_files(card(LAN.full_name))
        expect(name).to_have_value(LAN.full_name, timeout=LONGEST)
        end(answers)
        expect(name).to_have_value(LAN.full_name)
        expect(sight.get_by_text(SAID)).to_be_visible()


# A camera whose every picture shows this text.
CAMERA = """(text) => {
  navigator.mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
    setInterval(() => pen.fillRect(0, 0, 9, 9), 100);
    return canvas.captureStream(10);
  };
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return [{ rawValue: text }]; }
  };
}"""


def test_a_camera_that_was_turned_off_fills_nothing_any_more(sight: Any) -> None:
    sight.goto("/tra-cuu/gia-tri-the")
    sight.evaluate(CAMERA, compose_text(CardText(LAN.bhxh_code, LAN.full_name, "02/01/1990")))
    answers = HeldAnswers(sight, "**/tra-cuu/doc-the")
    sight.get_by_role("button", name="Mở camera").click()
    answers.until_asked()
    sight.get_by_role("button", name="Tắt camera").click()
    answers.release()
    expect(sight.get_by_label("Họ và tên")).to_have_value("")
    expect(sight.locator("[data-says]")).to_have_text("")


# Pictures wait to be shrunk until `window.shrink` is called; what would be sent is counted.
SLOWLY = """() => {
  window.sent = 0;
  window.createImageBitmap = () => new Promise((done, fail) => { window.shrink = fail; });
  XMLHttpRequest.prototype.send = () => { window.sent += 1; };
}"""
SHRUNK = """async () => {
  window.shrink();
  await new Promise((done) => setTimeout(done));
  return window.sent;
}"""


def test_of_two_photos_taken_one_after_the_other_the_first_is_not_sent(sight: Any, live_server: Any) -> None:
    cookie = {"name": file_cookie.COOKIE, "value": make_draft(photos=False)}
    sight.context.add_cookies([cookie | {"url": f"{live_server.url}/dang-ky"}])
    sight.goto("/dang-ky/anh?loai=mat-truoc")
    sight.evaluate(SLOWLY)
    photo = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": plain_photo()}
    large = photo | {"buffer": plain_photo() + bytes(3 * 1024 * 1024)}
    for taken in (large, photo):
        sight.locator("input[type=file]").set_input_files(taken)
    until(sight, "() => window.sent === 1")
    assert sight.evaluate(SHRUNK) == 1
