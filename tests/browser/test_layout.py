"""How pages use a screen: one tool in the bar, values below labels, two columns, room at 400 %."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.citizen.test_citizen_pages import TOO_WIDE, enter
from tests.browser.looks import resize
from vssid.web.citizen.tests.cast import make_worker
from vssid.web.citizen.tests.records import make_records
from vssid.web.ui import cookies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PUBLIC = ("/dang-nhap", "/dich-vu-cong", "/tra-cuu", "/tro-giup", "/cai-dat-ung-dung", "/tra-cuu/gia-tri-the")
OWN = (
    *("/ca-nhan", "/the", "/qua-trinh", "/qua-trinh/bhyt", "/qua-trinh/bhxh/1", "/thong-tin-huong/odts/1"),
    *("/so-kham-chua-benh/1", "/tai-khoan", "/du-lieu-cua-toi", "/thong-bao/cai-dat", "/gia-dinh"),
)
# What one can press in the bar on top, beside the way back and whose service it is.
TOOLS = """() => [...document.querySelectorAll("header.top a, header.top button, header.top summary")]
  .filter((one) => one.checkVisibility() && !one.matches(".brand, .tool:first-child")).length"""
# Parts of the bar that do not stand on its one line.
SECOND_LINE = """() => {
  const parts = [...document.querySelector("header.top").children].filter((one) => one.offsetHeight);
  const middle = (one) => one.getBoundingClientRect().top + one.offsetHeight / 2;
  return parts.filter((one) => Math.abs(middle(one) - middle(parts[0])) > 4).length;
}"""
# Values that stand below their label but not below its beginning, or beside it but not at the end.
ASTRAY = """() => [...document.querySelectorAll(".rows > div")].filter((row) => {
  const [label, value] = [...row.children].map((one) => one.getBoundingClientRect());
  const end = row.getBoundingClientRect().right, is_below = value.top >= label.bottom - 2;
  return Math.abs(is_below ? value.left - label.left : value.right - end) > 1;
}).map((row) => row.textContent)"""
COLUMNS = """() => new Set([...document.querySelectorAll("main .panel, main .note, main .wcard, main form")]
  .filter((one) => one.offsetHeight && !one.parentElement.closest(".panel"))
  .map((one) => Math.round(one.getBoundingClientRect().left))).size"""
# How much of the screen is covered by what does not scroll away.
COVERED = """() => {
  scrollTo(0, 400);
  const stays = [...document.querySelectorAll("body > *")].filter((one) => {
    const box = one.getBoundingClientRect(), stays = ["fixed", "sticky"];
    return stays.includes(getComputedStyle(one).position) && box.bottom > 0 && box.top < innerHeight;
  });
  return stays.reduce((sum, one) => sum + one.offsetHeight, 0) / innerHeight;
}"""


@pytest.fixture
def device(sight: Any, live_server: Any) -> Any:
    sight.url_base = live_server.url
    return sight


def walk(device: Any, paths: tuple[str, ...] = (*PUBLIC, *OWN)) -> Any:
    """Each public page as a stranger, then each own page as Lan."""
    for path in paths:
        if path == OWN[0]:
            person_id = make_worker()
            make_records(person_id)
            enter(device, person_id)
        device.goto(path)
        yield path


def test_the_bar_has_one_tool_on_one_line_and_the_title_stands_in_the_page(device):
    device.set_viewport_size({"width": 320, "height": 640})
    for name, value in ((cookies.SIZE, "largest"), (cookies.LANGUAGE, "en")):
        device.context.add_cookies([{"name": name, "value": value, "url": device.url_base}])
    for path in walk(device):
        assert device.evaluate(TOOLS) <= 1, path
        assert device.evaluate(SECOND_LINE) == 0, path
        assert device.locator("main h1").count() == 1, path
        assert device.evaluate(TOO_WIDE) <= 0, path


@pytest.mark.parametrize(("widths", "size"), [((320, 768, 1280), ""), ((360,), "largest")])
def test_a_value_stands_at_the_end_of_the_line_of_its_label_or_below_it(device, widths, size):
    device.context.add_cookies([{"name": cookies.SIZE, "value": size, "url": device.url_base}])
    for path in walk(device, OWN):
        for width in widths:
            resize(device, width, 800)
            assert device.evaluate(ASTRAY) == [], f"{path} at {width}"


def test_a_wide_screen_has_two_columns(device):
    for path in walk(device):
        for width in (768, 1280):
            resize(device, width, 900)
            if path not in ("/tra-cuu", "/tra-cuu/gia-tri-the"):  # one list in two columns; one form
                assert device.evaluate(COLUMNS) >= 2, f"{path} at {width}"
            assert device.evaluate(TOO_WIDE) <= 0, f"{path} at {width}"


def test_at_400_percent_and_on_its_side_nothing_stays_before_the_page(device):
    for path in walk(device):
        for width, height in ((320, 256), (640, 360)):
            resize(device, width, height)
            assert device.evaluate(COVERED) == 0, f"{path} at {width}"
            assert device.evaluate(TOO_WIDE) <= 0, f"{path} at {width}"
