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

from tests.browser.looks import findings_in_both_themes
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
from .test_offline import until_stored

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


@pytest.fixture
def family(phone: Any, live_server: Any) -> Any:
    """Lan's phone: her employer is months late, a benefit and a visit are new, An's card has ended."""
    phone.url_base = live_server.url
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
    phone.guardian = guardian
    return phone


def card(page: Any, nth: int) -> Any:
    return page.locator(".wallet .wcard").nth(nth)


def is_grey(found: Any) -> bool:
    """Is the ground of the card of no colour? Its red and blue differ by little."""
    said = found.evaluate("(it) => getComputedStyle(it).backgroundImage")
    red, _green, blue = (int(part) for part in said.split("rgb(")[1].split(")")[0].split(","))
    return abs(blue - red) < 40


def test_home_tells_of_the_late_employer_the_new_benefit_and_the_childs_ended_card(family):
    enter(family, family.guardian)
    family.goto("/")
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


def test_the_wallet_and_what_lies_behind_it_please_axe_in_both_themes_and_fit(family):
    enter(family, family.guardian)
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
@pytest.mark.parametrize(
    ("width", "height"), [(320, 568), (360, 640), (412, 915), (640, 360), (568, 320), (1280, 720)]
)
def test_a_tap_turns_the_card_into_its_whole_code_on_every_screen(family, size, width, height):
    family.set_viewport_size({"width": width, "height": height})
    if size:
        family.context.add_cookies([{"name": cookies.SIZE, "value": size, "url": family.url_base}])
    enter(family, family.guardian)
    for nth, worth in ((0, "Đơn vị chậm đóng"), (1, "HẾT GIÁ TRỊ 05/10/2026")):
        family.goto("/")
        card(family, nth).scroll_into_view_if_needed()
        family.mouse.move(*(middle := centre(card(family, nth))))
        family.mouse.click(*middle)
        expect(family.locator(".turned .worth")).to_contain_text(worth)
        family.wait_for_load_state("load")  # the sheets too: words alone come before them
        seen = family.evaluate(WHOLE)
        assert seen["above"] - 1 <= seen["top"], seen
        assert seen["bottom"] <= seen["floor"] + 1, seen
        assert seen["width"] == pytest.approx(seen["height"], abs=1)
        assert seen["width"] >= 200, seen
        assert family.evaluate(TOO_WIDE) <= 0
        assert family.evaluate("scrollY") == 0
    picture = Image.open(io.BytesIO(family.screenshot()))
    assert len(zxingcpp.read_barcodes(picture)) == 1


def centre(found: Any) -> tuple[float, float]:
    """Where a thumb taps a card: its middle, as far as it is on the screen."""
    box, screen = found.bounding_box(), found.page.viewport_size
    left, right = max(box["x"], 0), min(box["x"] + box["width"], screen["width"])
    top, bottom = max(box["y"], 0), min(box["y"] + box["height"], screen["height"])
    return (left + right) / 2, (top + bottom) / 2


def test_in_flight_mode_the_wallet_opens_and_turns_and_banners_leave_the_code_whole(family, settings):
    settings.DEMO = True
    enter(family, family.guardian)
    family.goto("/")
    until_stored(family, {"/", "/the/ma", f"/con/{family.link_id}/the/ma"})
    family.context.set_offline(True)
    family.clock.set_fixed_time(timezone.now() + timedelta(days=40))
    family.goto("/")
    expect(family.locator(".outdated")).to_be_visible()
    expect(card(family, 0)).to_contain_text("Cần mạng để kiểm tra lại")
    expect(card(family, 0).get_by_text("Còn giá trị")).to_be_hidden()
    expect(card(family, 1).locator(".stamp")).to_be_visible()
    card(family, 0).get_by_role("link").click()
    expect(family.locator(".turned .worth")).to_contain_text("Cần mạng để kiểm tra lại")
    for width, height in ((320, 568), (640, 360)):
        family.set_viewport_size({"width": width, "height": height})
        seen = family.evaluate(WHOLE)
        assert seen["bottom"] <= seen["floor"] + 1, seen


def test_a_copy_stored_while_the_card_was_good_is_grey_and_stamped_once_its_last_day_is_over(family):
    today = local_day(timezone.now())
    last = today + timedelta(days=60)
    Coverage.objects.filter(object_code="TE").update(valid_to=last)
    pages = ("/", *(f"/con/{family.link_id}{end}" for end in ("", "/the", "/the/ma")))
    enter(family, family.guardian)
    family.goto("/")
    until_stored(family, set(pages))
    family.context.set_offline(True)
    stamp = f"HẾT GIÁ TRỊ {last:%d/%m/%Y}"
    for days, is_over in ((60, False), (61, True)):
        # Noon in Việt Nam of the last day, and of the day after it.
        family.clock.set_fixed_time(f"{today + timedelta(days=days)}T05:00:00Z")
        for path in pages:
            family.goto(path)
            seen = family.get_by_text(stamp)
            expect(seen).to_be_visible(visible=is_over)
            if is_over:
                expect(family.get_by_text("Còn giá trị đến")).to_have_count(0)
                assert family.locator("[data-ended]").count() >= 1, path
            if path.endswith(("/the", "/the/ma")):
                expect(family.get_by_text("Con đã đi học: hỏi nhà trường")).to_be_visible(visible=is_over)
    family.goto("/")
    assert is_grey(card(family, 1))


def test_without_a_script_each_card_is_one_swipe_away_and_leads_to_its_code(family, chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    token = sessions.start(family.guardian, device="", now=timezone.now())
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


def test_on_a_tablet_cards_and_lines_stand_side_by_side(family):
    enter(family, family.guardian)
    for width in (768, 1280):
        family.set_viewport_size({"width": width, "height": 900})
        family.goto("/")
        cards, lines = family.locator(".wallet").bounding_box(), family.locator(".lines").bounding_box()
        assert cards["x"] + cards["width"] <= lines["x"]
        assert abs(cards["y"] - lines["y"]) < 40
        assert family.evaluate(TOO_WIDE) <= 0
