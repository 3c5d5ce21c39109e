"""Colours that were judged are not judged again, and no others are taken for them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.axe import findings_of_colours
from tests.browser.judged.colours import Judged

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = """() => {
  document.body.innerHTML =
    "<main><h1>Trang</h1><div id=out><div id=in><p id=text>Một câu</p></div></div></main>";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("body { background: #fff; color: #000 }");
  document.adoptedStyleSheets = [sheet];
}"""
WEAK = """() => {
  document.querySelector("main").insertAdjacentHTML("beforeend", "<p style='color: #aaa'>Nhạt</p>");
}"""
CHANGES = {
    "weaker letters": "text.style.color = '#999'",
    "smaller letters": "text.style.fontSize = '9px'",
    "another ground": "document.getElementById('out').style.background = '#333'",
    "a picture below": "document.getElementById('in').style.backgroundImage = 'linear-gradient(#000, #111)'",
    "a translucent part": "document.getElementById('out').style.opacity = .3",
    "a filter": "document.getElementById('out').style.filter = 'contrast(.2)'",
    "put elsewhere": "document.getElementById('in').style.background = '#eee', "
    "text.style.position = 'relative', text.style.top = '300px'",
    "something laid below": "document.body.insertAdjacentHTML('beforeend', "
    "'<div style=\"position: absolute; inset: 0; z-index: -1; background: #222\"></div>')",
    "something of itself laid below": "document.adoptedStyleSheets[0].insertRule("
    "'#in::before { content: \"\"; position: absolute; inset: 0; background: #222 }')",
}


@pytest.fixture
def page(sight: Any) -> Any:
    sight.goto("/robots.txt")
    sight.evaluate(PAGE)
    return sight


def test_a_weak_colour_is_found_on_each_page_that_has_it(page: Any):
    assert findings_of_colours(page) == []
    for _time in range(2):
        page.evaluate(WEAK)
        assert [fault.split()[0] for fault in findings_of_colours(page)] == ["color-contrast"]
        page.evaluate(PAGE)
        assert findings_of_colours(page) == []


def test_what_was_judged_well_is_not_asked_again_and_whatever_differs_is(page: Any):
    judged = Judged()
    marks = judged.fresh(page)
    judged.learn({"violations": [], "judged": marks, "silent": []})
    assert judged.fresh(page) == []
    page.evaluate("() => { document.getElementById('text').textContent = 'Một câu khác' }")
    assert judged.fresh(page) == []
    for what, change in CHANGES.items():
        page.evaluate(PAGE)
        page.evaluate(f"() => {{ const text = document.getElementById('text'); {change} }}")
        assert judged.fresh(page) != [], what


def test_a_page_with_a_fault_teaches_nothing(page: Any):
    judged = Judged()
    marks = judged.fresh(page)
    assert judged.learn({"violations": ["weak"], "judged": marks, "silent": []}) == ["weak"]
    assert judged.fresh(page) == marks
