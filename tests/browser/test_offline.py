"""The card and the participation without a network: kept after sign-in, gone after signing out."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.families import add_child_coverage, make_link, make_member
from vssid.domain.accounts import sessions
from vssid.web.citizen.tests.cast import LAN, PASSWORD, WORKER, make_worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTS = {"/", "/the", "/the/ma", "/qua-trinh", "/qua-trinh/bhtn", "/qua-trinh/bhyt"}
STORED = """async () => {
  if (!await caches.has("personal-v1")) return [];
  return (await (await caches.open("personal-v1")).keys()).map((kept) => new URL(kept.url).pathname);
}"""
EVERYTHING = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const kept of await cache.keys()) texts.push(await (await cache.match(kept)).text());
  }
  return texts.join("") + JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage});
}"""


@pytest.fixture
def lan(phone: Any) -> Any:
    """Lan's phone right after sign-in, the service worker done with storing."""
    person_id = make_worker()
    phone.person_id = person_id
    phone.goto("/dang-nhap")
    enter(phone)
    until_stored(phone, LISTS)
    return phone


def enter(page: Any) -> None:
    page.get_by_label("Mã số BHXH/Số ĐDCN/CCCD").fill(LAN)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Quản lý cá nhân")


def until_stored(page: Any, paths: set[str]) -> None:
    """Wait until at least these pages are kept, or, for no paths, until none is."""
    for _try in range(150):
        kept = set(page.evaluate(STORED))
        if paths <= kept if paths else not kept:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"kept: {sorted(kept)}, expected: {sorted(paths)}")


def test_the_card_opens_offline_although_it_was_never_visited(lan):
    lan.context.set_offline(True)
    lan.goto("/the")
    expect(lan.get_by_role("heading", level=1)).to_have_text("Thẻ bảo hiểm y tế")
    expect(lan.locator(".hcard .name")).to_have_text("NGUYỄN THỊ LAN")
    expect(lan.locator(".stored")).to_contain_text("Đang xem bản đã lưu trên máy")
    expect(lan.locator(".stored")).to_contain_text("xác nhận lúc")


def test_a_childs_card_opens_offline_and_lies_one_swipe_from_the_own(phone):
    guardian = make_worker()
    make_member(WORKER)
    _guardian, link_id = make_link(guardian, now=timezone.now())
    add_child_coverage()
    phone.goto("/dang-nhap")
    enter(phone)
    until_stored(phone, {"/the", f"/con/{link_id}", f"/con/{link_id}/the/ma"})
    phone.context.set_offline(True)
    phone.goto(f"/con/{link_id}/the/ma")
    expect(phone.locator(".holder h2")).to_have_text("TRẦN BẢO AN")
    expect(phone.locator(".qr svg")).to_be_visible()
    phone.goto("/the")
    phone.locator(".deck").focus()
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("ArrowRight")
    expect(phone.locator(".deck .hcard").nth(1)).to_be_in_viewport(ratio=0.9)


def test_the_qr_and_the_look_of_the_page_are_there_offline(lan):
    lan.context.set_offline(True)
    lan.goto("/the/ma")
    expect(lan.locator(".qr svg")).to_be_visible()
    assert lan.locator(".qr").bounding_box()["width"] > 250
    assert lan.locator(".holder h2").evaluate("(it) => getComputedStyle(it).textAlign") == "center"


def test_offline_links_lead_from_home_to_history_to_a_period_and_back(lan):
    until_stored(lan, {"/qua-trinh/bhxh/2"})
    lan.context.set_offline(True)
    lan.goto("/")
    lan.get_by_role("link", name="Quá trình tham gia").click()
    expect(lan.locator(".total")).to_contain_text("8")
    lan.locator("a.period").first.click()
    expect(lan.get_by_role("heading", level=1)).to_contain_text("Chi tiết")
    lan.get_by_role("link", name="Quay lại").click()
    lan.get_by_role("link", name="bảo hiểm thất nghiệp").click()
    expect(lan.locator(".of")).to_contain_text("bảo hiểm thất nghiệp")


def test_a_page_lost_while_storing_is_stored_in_a_second_try(phone):
    make_worker()
    lost = []

    def lose(route):
        if lost:
            return route.continue_()
        lost.append(route.request.url)
        return route.abort("connectionreset")

    phone.goto("/dang-nhap")
    phone.context.route("**/qua-trinh/bhyt", lose)
    enter(phone)
    until_stored(phone, LISTS)
    assert lost


def test_signing_out_leaves_nothing_personal_on_the_device(lan):
    lan.get_by_label("Cài đặt").click()
    lan.get_by_role("button", name="Đăng xuất").click()
    expect(lan.get_by_role("heading", level=1)).to_have_text("Đã đăng xuất")
    until_stored(lan, set())
    left = lan.evaluate(EVERYTHING)
    for words in ("Lan", LAN, "0100 000 001", "Sao Mai", "0912"):
        assert words not in left
    lan.context.set_offline(True)
    for path in ("/", "/the", "/the/ma", "/qua-trinh"):
        lan.goto(path)
        expect(lan.get_by_role("heading", level=1)).to_have_text("Không có mạng")
    lan.go_back()
    expect(lan.locator("body")).not_to_contain_text("Nguyễn Thị Lan")


def test_a_session_ended_elsewhere_empties_the_device_at_the_next_visit(lan):
    sessions.end_all(lan.person_id)
    lan.goto("/the")
    expect(lan.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    until_stored(lan, set())
    lan.context.set_offline(True)
    lan.goto("/the")
    expect(lan.get_by_role("heading", level=1)).to_have_text("Không có mạng")


def test_after_signing_in_again_in_the_same_tab_the_pages_are_kept_again(lan):
    sessions.end_all(lan.person_id)
    lan.goto("/the")
    until_stored(lan, set())
    lan.goto("/dang-nhap")
    enter(lan)
    until_stored(lan, LISTS)


def test_a_stored_page_signs_out_after_the_network_is_back(lan):
    lan.context.set_offline(True)
    lan.goto("/the")
    lan.context.set_offline(False)
    lan.get_by_label("Cài đặt").click()
    lan.get_by_role("button", name="Đăng xuất").click()
    expect(lan.get_by_role("heading", level=1)).to_have_text("Đã đăng xuất")
    until_stored(lan, set())


def test_signing_out_without_a_network_empties_the_device_and_says_so(lan):
    lan.context.set_offline(True)
    lan.get_by_label("Cài đặt").click()
    lan.get_by_role("button", name="Đăng xuất").click()
    expect(lan.get_by_role("heading", level=1)).to_have_text("Không có mạng")
    until_stored(lan, set())
