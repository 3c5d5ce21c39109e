"""A weak network: nothing typed or taken is lost, what is sent twice is one application, pages stay light."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.keeping.kept import new_context
from tests.browser.waiting import HeldAnswers, until
from tests.making.registrations import LAN, make_draft, make_office, make_person, plain_photo
from vssid.domain.registration.models import Application
from vssid.web.public.registration import file_cookie

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEAST, FIRST_VISIT = 5_000, 100_000  # bytes over the wire
NO_TEXT = re.compile("undefined|NaN|null")
PHOTO = {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": plain_photo()}


@pytest.fixture
def device(phone: Any, live_server: Any) -> Any:
    """The phone with the service worker in charge."""
    phone.url_base = live_server.url
    phone.goto("/tro-giup")
    until(phone, "() => navigator.serviceWorker.controller !== null")
    return phone


@pytest.fixture
def plain(sight: Any, live_server: Any) -> Any:
    """A phone without a service worker, for what only a page does."""
    sight.url_base = live_server.url
    return sight


def hold(page: Any, token: str) -> None:
    """Let the phone hold a draft."""
    page.context.add_cookies(
        [{"name": file_cookie.COOKIE, "value": token, "url": f"{page.url_base}/dang-ky"}]
    )


def test_a_form_whose_sending_failed_stays_with_all_that_was_typed_and_is_sent_once(device):
    a_form_pressed_without_a_network_stays_with_all_that_was_typed(device)
    an_answer_lost_after_sending_leaves_one_application(device)


def a_form_pressed_without_a_network_stays_with_all_that_was_typed(page):
    make_office()
    page.goto("/dang-ky/ban-than")
    page.get_by_label("Họ và tên").fill(LAN.full_name)
    page.context.set_offline(True)
    page.get_by_role("button", name="Tiếp tục", exact=True).click()
    expect(page.locator("[data-unsent]")).to_be_visible()
    expect(page.locator("[data-unsent]")).to_contain_text("Mất mạng, chưa gửi được")
    expect(page.get_by_label("Họ và tên")).to_have_value(LAN.full_name)
    page.context.set_offline(False)
    page.get_by_role("button", name="Tiếp tục", exact=True).click()
    expect(page.locator(".summary")).to_be_visible()
    expect(page.get_by_label("Họ và tên")).to_have_value(LAN.full_name)
    expect(page.locator("[data-unsent]")).to_be_hidden()


def an_answer_lost_after_sending_leaves_one_application(page):
    make_person()
    hold(page, make_draft())
    page.goto("/dang-ky/xem-lai")
    page.locator("#id_commitment").check()
    lost: list[str] = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch(max_redirects=0)  # the server did it
            route.abort("connectionreset")  # and nobody heard of it
        else:
            route.continue_()

    page.context.route("**/dang-ky/xem-lai", lose)
    page.get_by_role("button", name="Gửi hồ sơ", exact=True).click()
    expect(page.locator("[data-unsent]")).to_be_visible()
    assert Application.objects.count() == 1
    page.get_by_role("button", name="Gửi hồ sơ", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hồ sơ")
    assert lost
    assert Application.objects.count() == 1


# Sends nothing, and says that four tenths are sent; answers what was said meanwhile.
SLOWLY = """async () => {
  const heard = [], place = document.querySelector("[data-says]");
  const said = new Promise((done) => {
    new MutationObserver(() => {
      heard.push(place.textContent);
      if (place.textContent.includes("40")) done();
    }).observe(place, { childList: true });
  });
  const step = { lengthComputable: true, loaded: 4, total: 10 };
  XMLHttpRequest.prototype.send = function () { this.upload.onprogress(step); };
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(2000)], "anh.jpg", { type: "image/jpeg" }));
  const input = document.querySelector("input[type=file]");
  input.files = data.files;
  input.dispatchEvent(new Event("change"));
  await Promise.race([said, new Promise((done) => setTimeout(done, 20000))]);
  return heard;
}"""


def test_the_progress_of_a_photo_is_said_and_one_that_did_not_get_through_is_kept_and_sent_again(plain):
    hold(plain, make_draft(photos=False))
    plain.goto("/dang-ky/anh?loai=mat-truoc")
    said = plain.evaluate(SLOWLY)
    assert said[-1] == "Đang gửi ảnh 40 %"
    assert not [words for words in said if NO_TEXT.search(words)]
    plain.goto("/dang-ky/anh?loai=mat-truoc")
    plain.context.route("**/dang-ky/anh?loai=*", lambda route: route.abort("connectionreset"))
    plain.locator("input[type=file]").set_input_files(PHOTO)
    expect(plain.locator("[data-says]")).to_contain_text("Ảnh vẫn còn đây")
    plain.context.unroute("**/dang-ky/anh?loai=*")
    plain.get_by_role("button", name="Gửi lại ảnh này").click()
    expect(plain.locator(".shot img[src^='/dang-ky/anh/']")).to_be_visible(timeout=30_000)


def test_what_was_typed_is_kept_when_the_page_goes_out_of_sight_or_comes_in_another_language(plain):
    make_office()
    plain.goto("/dang-ky/ban-than")
    plain.get_by_label("Họ và tên").press_sequentially("Lan")
    with plain.expect_response(lambda answer: answer.request.method == "POST") as kept:
        plain.evaluate(
            """() => {
              Object.defineProperty(document, "hidden", { get: () => true });
              document.dispatchEvent(new Event("visibilitychange"));
            }"""
        )
    assert kept.value.status == 204
    plain.reload()  # as when the phone dropped the page while its camera was open
    expect(plain.get_by_label("Họ và tên")).to_have_value("Lan")
    plain.get_by_label("Họ và tên").fill("Lan A")
    plain.locator("footer button[value=en]").click()
    expect(plain.get_by_label("Full name")).to_have_value("Lan A")


def test_what_was_typed_before_the_script_came_is_kept_too(plain):
    make_office()
    routes: list[Any] = []
    plain.context.route("**/public/wizard*.js", lambda route: routes.append(route), times=1)
    with plain.expect_request("**/public/wizard*.js"):
        plain.goto("/dang-ky/ban-than", wait_until="commit")
    name = plain.get_by_label("Họ và tên")
    name.evaluate("field => { field.value = 'Lan'; }")
    while not routes:
        plain.wait_for_timeout(20)
    routes[0].continue_()
    plain.wait_for_load_state("load")
    with plain.expect_response(lambda answer: answer.status == 204):
        plain.evaluate("dispatchEvent(new Event('pagehide'))")
    plain.reload()
    expect(name).to_have_value("Lan")


def test_a_first_visit_is_light(chromium, live_server):
    plain = new_context(chromium, live_server.url, service_workers="block").new_page()  # nothing is kept yet
    session = plain.context.new_cdp_session(plain)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    for path in ("/", "/dang-ky", "/dang-ky/ban-than", "/dang-nhap"):
        session.send("Network.clearBrowserCache")
        plain.context.clear_cookies()
        plain.goto("about:blank")
        sizes.clear()
        plain.goto(path, wait_until="networkidle")
        assert LEAST < sum(sizes) < FIRST_VISIT, path


def test_a_commune_chosen_while_the_list_is_on_its_way_stays_chosen(plain):
    make_office()
    hold(plain, make_draft())
    plain.goto("/dang-ky/lien-he")
    commune = plain.locator("#id_commune_code")
    answers = HeldAnswers(plain, "**/dang-ky/xa-phuong?*")
    plain.locator("#id_province_code").select_option("31")
    answers.until_asked()
    commune.evaluate("list => list.add(new Option('', 'before'))")
    commune.select_option("11311")
    expect(commune).to_have_attribute("aria-busy", "true")
    answers.release()
    expect(commune).not_to_have_attribute("aria-busy", "true")
    expect(commune.locator("option[value=before]")).to_have_count(0)  # the list is the new one
    expect(commune).to_have_value("11311")
