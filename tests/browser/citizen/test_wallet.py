"""Home as a wallet in a real browser: a family whose register tells of a new benefit, a late employer and a
child's ended card. The faces say so, the code stands whole on the screen, and a stored copy turns itself.
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
import zxingcpp
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from tests.browser.looks import findings_in_both_themes, resize
from tests.browser.waiting import until
from tests.making.families import AN, add_child_coverage, make_link, make_member
from vssid.domain.accounts.sign_in import sessions
from vssid.domain.cards import actions
from vssid.domain.participants.models.people import Contribution, Coverage
from vssid.domain.participants.participation.totals import first_day, month_of
from vssid.kernel.calendar import local_day
from vssid.web.citizen.tests.cast import WORKER, make_worker
from vssid.web.citizen.tests.records import add_benefit, add_visit
from vssid.web.ui import cookies

from .test_citizen_pages import TOO_WIDE, enter
from .test_offline import ASK_TO_STORE, come_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ENDED = date(2026, 10, 5)
WHOLE = """() => {
  const code = [...document.querySelectorAll(".turned .qr")].find((one) => one.offsetHeight);
  const box = code.querySelector("svg").getBoundingClientRect();
  const bar = document.querySelector(".bar"), fixed = getComputedStyle(bar).position === "fixed";
  const floor = fixed ? bar.getBoundingClientRect().top : innerHeight;
  return { top: box.top, bottom: box.bottom, floor, width: box.width, height: box.height,
    above: document.querySelector(".top").getBoundingClientRect().bottom };
}"""


# Do the stored pages say it?
SAY = """async ([paths, said]) => {
  for (const path of paths) {
    const kept = await caches.match(path, { cacheName: "personal-v1" });
    if (!kept || !(await kept.text()).includes(said)) return false;
  }
  return true;
}"""
# What a thumb at this place would press.
LEADS_TO = "([x, y]) => document.elementFromPoint(x, y)?.closest('a')?.pathname"
SCREENS = ((320, 568), (360, 640), (412, 915), (640, 360), (568, 320), (1280, 720))


@pytest.fixture
def family(sight: Any, live_server: Any) -> Any:
    """Lan's phone for looking only, and her family."""
    make_family(sight, live_server.url)
    enter(sight, sight.guardian)
    return sight


def make_family(phone: Any, base: str) -> None:
    """Lan: her employer is months late, a benefit and a visit are new, An's card has ended."""
    phone.url_base = base
    today, now = local_day(timezone.now()), timezone.now()
    actions.ensure_key(now=now)
    guardian = make_worker()
    Contribution.objects.filter(unpaid_from__isnull=False).update(unpaid_from=first_day(month_of(today) - 3))
    make_member(WORKER)
    _guardian, phone.link_id = make_link(guardian, now=now)
    add_child_coverage()
    Coverage.objects.filter(object_code="TE").update(valid_to=ENDED)
    add_benefit(guardian, decided_on=today - timedelta(days=9), paid_on=today - timedelta(days=3))
    add_visit(guardian, now - timedelta(days=20), left_at=now - timedelta(days=19))
    phone.guardian = phone.person_id = guardian


def card(page: Any, nth: int) -> Any:
    return page.locator(".wallet .wcard").nth(nth)


def is_grey(card: Any) -> bool:
    """Is the ground of the card of no colour? Its red and blue differ by little."""
    said = card.evaluate("(it) => getComputedStyle(it).backgroundImage")
    red, _green, blue = (int(part) for part in said.split("rgb(")[1].split(")")[0].split(","))
    return abs(blue - red) < 40


def test_home_tells_of_the_late_employer_the_new_benefit_and_the_childs_ended_card(family):
    family.goto("/")
    on_a_tablet_cards_and_lines_stand_side_by_side(family)
    own, child = card(family, 0), card(family, 1)
    expect(own).to_contain_text("Còn giá trị")
    expect(own).to_contain_text("Đơn vị chậm đóng")
    expect(own).to_contain_text("Hưởng 80 %")
    expect(child.locator(".stamp")).to_have_text("HẾT GIÁ TRỊ 05/10/2026")
    assert (is_grey(own), is_grey(child)) == (False, True)
    lines = family.locator(".lines li")
    expect(lines).to_have_count(3)
    expect(lines.nth(0)).to_contain_text("Đơn vị chậm đóng")
    expect(lines.nth(1)).to_contain_text(f"Thẻ của {AN.full_name} đã hết giá trị 05/10/2026")
    expect(lines.nth(2)).to_contain_text("Ốm đau: 1.250.000 đ")
    expect(family.get_by_text("không cần làm gì")).to_have_count(0)
    lines.nth(2).get_by_role("link").click()
    expect(family.get_by_role("heading", level=1)).to_contain_text("Ốm đau")
    family.goto("/")
    lines.nth(1).get_by_role("link").click()
    expect(family).to_have_url(f"{family.url_base}/con/{family.link_id}/the")
    expect(family.get_by_text("Con đã đi học: hỏi nhà trường")).to_be_visible()
    family.goto("/")
    lines.nth(0).get_by_role("link").click()
    expect(family.locator("#chua-dong")).to_be_in_viewport()


def on_a_tablet_cards_and_lines_stand_side_by_side(page):
    for width in (768, 1280):
        resize(page, width, 900)
        cards, lines = page.locator(".wallet").bounding_box(), page.locator(".lines").bounding_box()
        assert cards["x"] + cards["width"] <= lines["x"]
        assert abs(cards["y"] - lines["y"]) < 40
        assert page.evaluate(TOO_WIDE) <= 0
    resize(page, 360, 740)


def test_the_wallet_and_what_lies_behind_it_please_axe_in_both_themes_and_fit(family):
    for path in (
        "/",
        "/ca-nhan",
        "/the",
        "/the/ma",
        *(f"/con/{family.link_id}{end}" for end in ("", "/the", "/the/ma")),
    ):
        family.goto(path)
        assert findings_in_both_themes(family) == [], path
        assert family.evaluate(TOO_WIDE) <= 0, path


@pytest.mark.parametrize("size", ["", "largest"])
def test_a_tap_turns_the_card_into_its_whole_code_on_every_screen(family, size):
    if size:
        family.context.add_cookies([{"name": cookies.SIZE, "value": size, "url": family.url_base}])
    for nth, worth in ((0, "Đơn vị chậm đóng"), (1, "HẾT GIÁ TRỊ 05/10/2026")):
        family.goto("/")
        address = card(family, nth).get_by_role("link").get_attribute("href").split("#")[0]
        for width, height in SCREENS:
            resize(family, width, height)
            card(family, nth).scroll_into_view_if_needed()
            assert family.evaluate(LEADS_TO, centre(card(family, nth))) == address, (width, height)
        family.mouse.click(*centre(card(family, nth)))
        expect(family.locator(".turned .worth")).to_contain_text(worth)
        family.wait_for_load_state("load")  # the sheets too: words alone come before them
        assert family.evaluate("scrollY") == 0
        for width, height in SCREENS:
            resize(family, width, height)
            the_code_stands_whole(family)


def the_code_stands_whole(page):
    seen = page.evaluate(WHOLE)
    assert seen["above"] - 1 <= seen["top"], seen
    assert seen["bottom"] <= seen["floor"] + 1, seen
    assert seen["width"] == pytest.approx(seen["height"], abs=1)
    assert seen["width"] >= 200, seen
    assert page.evaluate(TOO_WIDE) <= 0
    assert page.evaluate("scrollY") == 0
    picture = Image.open(io.BytesIO(page.screenshot()))
    assert len(zxingcpp.read_barcodes(picture)) == 1, page.viewport_size


def centre(card: Any) -> tuple[float, float]:
    """Where a thumb taps a card: its middle, as far as it is on the screen."""
    box, screen = card.bounding_box(), card.page.viewport_size
    left, right = max(box["x"], 0), min(box["x"] + box["width"], screen["width"])
    top, bottom = max(box["y"], 0), min(box["y"] + box["height"], screen["height"])
    return (left + right) / 2, (top + bottom) / 2


def test_in_flight_mode_the_wallet_opens_and_turns_and_its_cards_grow_old(phone, live_server, settings):
    settings.DEMO = True
    make_family(phone, live_server.url)
    pages = {"/", "/the/ma", *(f"/con/{phone.link_id}{end}" for end in ("", "/the", "/the/ma"))}
    come_in(phone, pages)
    phone.context.set_offline(True)
    banners_leave_the_code_whole_when_the_copy_is_old(phone)

    phone.context.set_offline(False)
    phone.clock.set_fixed_time(timezone.now())
    last = local_day(timezone.now()) + timedelta(days=60)
    Coverage.objects.filter(object_code="TE").update(valid_to=last)
    phone.evaluate(ASK_TO_STORE, sorted(pages))
    until(phone, SAY, [sorted(pages - {"/the/ma"}), f"{last:%d/%m/%Y}"])
    phone.context.set_offline(True)
    a_childs_code_opens_and_its_card_lies_one_swipe_from_the_own(phone)
    a_copy_of_a_good_card_is_stamped_once_its_last_day_is_over(phone, last)


def banners_leave_the_code_whole_when_the_copy_is_old(page):
    page.clock.set_fixed_time(timezone.now() + timedelta(days=40))
    page.goto("/")
    expect(page.locator(".outdated")).to_be_visible()
    expect(card(page, 0)).to_contain_text("Cần mạng để kiểm tra lại")
    expect(card(page, 0).get_by_text("Còn giá trị")).to_be_hidden()
    expect(card(page, 1).locator(".stamp")).to_be_visible()
    card(page, 0).get_by_role("link").click()
    expect(page.locator(".turned .worth")).to_contain_text("Cần mạng để kiểm tra lại")
    page.wait_for_load_state("load")
    for width, height in ((320, 568), (640, 360)):
        resize(page, width, height)
        seen = page.evaluate(WHOLE)
        assert seen["bottom"] <= seen["floor"] + 1, seen
    resize(page, 360, 740)


def a_childs_code_opens_and_its_card_lies_one_swipe_from_the_own(page):
    page.goto(f"/con/{page.link_id}/the/ma")
    expect(page.locator(".holder h2")).to_have_text("TRẦN BẢO AN")
    expect(page.locator(".qr svg").first).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name="Mở mã QR, thẻ của NGUYỄN THỊ LAN").focus()
    page.keyboard.press("Tab")
    expect(card(page, 1)).to_be_in_viewport(ratio=0.9)


def a_copy_of_a_good_card_is_stamped_once_its_last_day_is_over(page, last):
    stamp = f"HẾT GIÁ TRỊ {last:%d/%m/%Y}"
    pages = ("/", *(f"/con/{page.link_id}{end}" for end in ("", "/the", "/the/ma")))
    for days, is_over in ((0, False), (1, True)):
        # Noon in Việt Nam of the last day, and of the day after it.
        page.clock.set_fixed_time(f"{last + timedelta(days=days)}T05:00:00Z")
        for path in pages:
            page.goto(path)
            expect(page.get_by_text(stamp)).to_be_visible(visible=is_over)
            if is_over:
                expect(page.get_by_text("Còn giá trị đến")).to_have_count(0)
                assert page.locator("[data-ended]").count() >= 1, path
            if path.endswith(("/the", "/the/ma")):
                expect(page.get_by_text("Con đã đi học: hỏi nhà trường")).to_be_visible(visible=is_over)
    page.goto("/")
    assert is_grey(card(page, 1))


def test_without_a_script_each_card_is_one_swipe_away_and_leads_to_its_code(family, chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    token = sessions.start(family.guardian, device="", proved_at=None, now=timezone.now())
    context.add_cookies([{"name": "vssid-session", "value": token, "url": live_server.url}])
    page = context.new_page()
    page.goto("/")
    assert card(page, 0).bounding_box()["width"] > 290
    card(page, 1).scroll_into_view_if_needed()
    box = card(page, 1).bounding_box()
    assert 0 <= box["x"] < 60
    card(page, 1).click()
    expect(page.locator(".turned .stamp")).to_be_visible()
    context.close()
