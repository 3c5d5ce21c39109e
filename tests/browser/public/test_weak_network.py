"""A weak network: nothing typed or taken is lost, what is sent twice is one application, pages stay light."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.making.registrations import LAN, make_draft, make_office, make_person, plain_photo
from vssid.domain.registration.models import Application
from vssid.web.public.registration import file_cookie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST_VISIT = 100_000  # bytes over the wire
NO_TEXT = re.compile("undefined|NaN|null")
PHOTO = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": plain_photo()}


@pytest.fixture
def device(phone: Any, live_server: Any) -> Any:
    """The phone with the service worker in charge."""
    phone.url_base = live_server.url
    phone.goto("/tro-giup")
    phone.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return phone


def hold(page: Any, token: str) -> None:
    """Let the phone hold a draft."""
    page.context.add_cookies(
        [{"name": file_cookie.COOKIE, "value": token, "url": f"{page.url_base}/dang-ky"}]
    )


def test_a_form_pressed_without_a_network_stays_with_all_that_was_typed(device):
    make_office()
    device.goto("/dang-ky/ban-than")
    device.get_by_label("Họ và tên").fill(LAN.full_name)
    device.context.set_offline(True)
    device.get_by_role("button", name="Tiếp tục", exact=True).click()
    expect(device.locator("[data-unsent]")).to_be_visible()
    expect(device.locator("[data-unsent]")).to_contain_text("Mất mạng, chưa gửi được")
    expect(device.get_by_label("Họ và tên")).to_have_value(LAN.full_name)
    device.context.set_offline(False)
    device.get_by_role("button", name="Tiếp tục", exact=True).click()
    expect(device.locator(".summary")).to_be_visible()
    expect(device.get_by_label("Họ và tên")).to_have_value(LAN.full_name)
    expect(device.locator("[data-unsent]")).to_be_hidden()


def test_an_answer_lost_after_sending_leaves_one_application(device):
    make_person()
    hold(device, make_draft())
    device.goto("/dang-ky/xem-lai")
    device.locator("#id_commitment").check()
    lost: list[str] = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch(max_redirects=0)  # the server did it
            route.abort("connectionreset")  # and nobody heard of it
        else:
            route.continue_()

    device.context.route("**/dang-ky/xem-lai", lose)
    device.get_by_role("button", name="Gửi hồ sơ", exact=True).click()
    expect(device.locator("[data-unsent]")).to_be_visible()
    assert Application.objects.count() == 1
    device.get_by_role("button", name="Gửi hồ sơ", exact=True).click()
    expect(device.get_by_role("heading", level=1)).to_contain_text("Hồ sơ")
    assert lost
    assert Application.objects.count() == 1


def test_a_photo_that_did_not_get_through_is_kept_and_sent_again(device):
    hold(device, make_draft(photos=False))
    device.goto("/dang-ky/anh?loai=mat-truoc")
    device.context.route("**/dang-ky/anh?loai=*", lambda route: route.abort("connectionreset"))
    device.locator("input[type=file]").set_input_files(PHOTO)
    says = device.locator("[data-says]")
    expect(says).to_contain_text("Ảnh vẫn còn đây")
    device.context.unroute("**/dang-ky/anh?loai=*")
    device.get_by_role("button", name="Gửi lại ảnh này").click()
    expect(device.locator(".shot img[src^='/dang-ky/anh/']")).to_be_visible(timeout=30_000)


def test_the_progress_of_a_slow_photo_is_said_in_words(device):
    hold(device, make_draft(photos=False))
    device.goto("/dang-ky/anh?loai=mat-truoc")
    said = device.evaluate(
        """async () => {
          const heard = [], place = document.querySelector("[data-says]");
          new MutationObserver(() => heard.push(place.textContent)).observe(place, { childList: true });
          const step = { lengthComputable: true, loaded: 4, total: 10 };
          XMLHttpRequest.prototype.send = function () { this.upload.onprogress(step); };
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(2000)], "anh.jpg", { type: "image/jpeg" }));
          const input = document.querySelector("input[type=file]");
          input.files = data.files;
          input.dispatchEvent(new Event("change"));
          await new Promise((done) => setTimeout(done, 300));
          return heard;
        }"""
    )
    assert said[-1] == "Đang gửi ảnh 40 %"
    assert not [words for words in said if NO_TEXT.search(words)]


def test_what_was_typed_is_kept_when_the_page_goes_out_of_sight(device):
    make_office()
    device.goto("/dang-ky/ban-than")
    device.get_by_label("Họ và tên").press_sequentially("Lan")
    with device.expect_response(lambda answer: answer.request.method == "POST") as kept:
        device.evaluate(
            """() => {
              Object.defineProperty(document, "hidden", { get: () => true });
              document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    assert kept.value.status == 204
    device.reload()  # as when the phone dropped the page while its camera was open
    expect(device.get_by_label("Họ và tên")).to_have_value("Lan")


def test_what_was_typed_before_the_script_came_is_kept_too(phone):
    make_office()
    held: list[Any] = []
    phone.context.route("**/public/wizard*.js", lambda route: held.append(route), times=1)
    with phone.expect_request("**/public/wizard*.js"):
        phone.goto("/dang-ky/ban-than", wait_until="commit")
    name = phone.get_by_label("Họ và tên")
    name.evaluate("field => { field.value = 'Lan'; }")
    while not held:
        phone.wait_for_timeout(20)
    held[0].continue_()
    phone.wait_for_load_state("load")
    with phone.expect_response(lambda answer: answer.status == 204):
        phone.evaluate("dispatchEvent(new Event('pagehide'))")
    phone.reload()
    expect(name).to_have_value("Lan")


def test_another_language_keeps_what_is_half_typed(device):
    make_office()
    device.goto("/dang-ky/ban-than")
    device.get_by_label("Họ và tên").fill("Lan")
    device.locator("footer button[value=en]").click()
    expect(device.get_by_label("Full name")).to_have_value("Lan")


@pytest.mark.parametrize("path", ["/", "/dang-ky", "/dang-ky/ban-than", "/dang-nhap"])
def test_a_first_visit_is_light(phone, path):
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    phone.goto(path)
    phone.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < FIRST_VISIT


def test_a_commune_chosen_while_the_list_is_on_its_way_stays_chosen(phone, live_server):
    make_office()
    phone.url_base = live_server.url
    hold(phone, make_draft())
    phone.goto("/dang-ky/lien-he")
    phone.locator("#id_province_code").select_option("31")
    commune = phone.locator("#id_commune_code")
    expect(commune.locator("option[value='11311']")).to_have_count(1)
    phone.evaluate(
        """() => {
          const soon = window.fetch;
          window.fetch = async (...asked) => {
            await new Promise((done) => { window.answer = done; });
            return soon(...asked);
          };
        }"""
    )
    phone.locator("#id_province_code").dispatch_event("change")
    commune.select_option("11311")
    expect(commune).to_have_attribute("aria-busy", "true")
    phone.evaluate("() => window.answer()")
    expect(commune).not_to_have_attribute("aria-busy", "true")
    expect(commune).to_have_value("11311")
