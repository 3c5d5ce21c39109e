"""The checks of pages find what is wrong: without that, their silence says nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.axe import findings
from tests.browser.looks import findings_in_both_themes, resize

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Grey on white is too weak; the dark theme makes it black on white.
WEAK = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("body * { all: revert } .weak { background: white; color: #bbb; transition: color 60s }"
    + "@media (prefers-color-scheme: %s) { .weak { color: black } }");
  document.adoptedStyleSheets = [sheet];
  document.querySelector("main").innerHTML = "<h1>Trang</h1><p class=weak>Chữ này quá nhạt.</p>";
}"""


def test_axe_finds_a_picture_without_words(sight: Any):
    sight.goto("/tro-giup")
    assert findings(sight) == []
    sight.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert [found.split()[0] for found in findings(sight)] == ["image-alt"]


@pytest.mark.parametrize(("good", "bad"), [("dark", "light"), ("light", "dark")])
def test_what_one_theme_alone_has_wrong_is_found_in_it(sight: Any, good: str, bad: str):
    sight.goto("/tro-giup")
    sight.evaluate(WEAK % good)
    found = findings_in_both_themes(sight)
    assert any(one.startswith(f"{bad}: color-contrast") and "weak" in one for one in found)
    assert not any(one.startswith(f"{good}:") and "weak" in one for one in found)


def test_another_size_has_been_answered_when_it_is_looked_at(sight: Any):
    under = "document.documentElement.style.getPropertyValue('--under')"
    sight.goto("/dang-nhap")
    resize(sight, 360, 740)
    assert sight.evaluate(under) != "0px"  # the bar below stays
    resize(sight, 320, 256)
    assert sight.evaluate(under) == "0px"
