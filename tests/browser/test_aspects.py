"""The checks of pages find what is wrong: without that, their silence says nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import vssid
from tests.browser import aspects, axe
from tests.browser.axe import findings, findings_of_colours, findings_of_words
from tests.browser.looks import findings_in_both_themes, in_letters, resize
from tests.browser.visit import Visit
from vssid.web.ui import cookies
from vssid.web.ui.context import SIZES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAIN = "/khoa-tai-khoan/xong"  # a short page
SOURCE = Path(vssid.__file__).parent
BY_ORIENTATION = re.compile(r"^@media[^{]*\borientation:[^{]*\{.*?^\}", re.DOTALL | re.MULTILINE)
TURNS = re.compile(r"\b(transform|rotate)\s*:")
# Grey on white is too weak; the dark theme makes it black on white.
WEAK = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("body * { all: revert } .weak { background: white; color: #bbb; transition: color 60s }"
    + "@media (prefers-color-scheme: %s) { .weak { color: black } }");
  document.adoptedStyleSheets = [sheet];
  document.querySelector("main").innerHTML = "<h1>Trang</h1><p class=weak>Chữ này quá nhạt.</p>";
}"""


def test_axe_finds_a_picture_without_words(sight: Any):
    sight.goto(PLAIN)
    assert findings(sight) == []
    sight.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    assert [finding.split()[0] for finding in findings(sight)] == ["image-alt"]


def sources(ending: str) -> dict[str, str]:
    return {str(path): path.read_text(encoding="utf-8") for path in SOURCE.rglob(f"*{ending}")}


def test_nothing_is_there_for_which_axe_would_have_to_load_anything_ahead():
    """No style turns a page with the phone (css-orientation-lock), nothing plays by itself (…-audio)."""
    styles = sources(".css")
    assert any("@media (orientation" in text for text in styles.values())
    for path, text in styles.items():
        for block in BY_ORIENTATION.findall(text):
            assert not TURNS.search(block), path
    for path, text in {**sources(".html"), **sources(".js")}.items():
        assert "autoplay" not in text, path
        assert "<audio" not in text, path


@pytest.mark.parametrize(
    ("style", "turns"),
    [
        (
            "@media (orientation: portrait) {\n  .a { color: red; }\n  .b { transform: rotate(90deg); }\n}\n",
            True,
        ),
        ("@media (max-width: 9em) and (orientation: landscape) {\n  .a { rotate: 90deg; }\n}\n", True),
        ("@media (orientation: portrait) {\n  .a { color: red; }\n}\n.b { rotate: 9deg; }\n", False),
    ],
)
def test_a_style_that_turns_a_page_with_the_phone_is_found(style: str, turns: bool):
    assert any(TURNS.search(block) for block in BY_ORIENTATION.findall(style)) == turns


def test_colours_and_words_are_the_two_halves_of_what_axe_finds(sight: Any):
    sight.goto(PLAIN)
    sight.evaluate(WEAK % "dark")
    sight.evaluate("() => document.querySelector('main').append(document.createElement('img'))")
    colours, words = findings_of_colours(sight), findings_of_words(sight)
    assert "color-contrast" in [finding.split()[0] for finding in colours]
    assert "image-alt" in [finding.split()[0] for finding in words]
    assert sorted(findings(sight)) == sorted(colours + words)


@pytest.mark.parametrize(("good", "bad"), [("dark", "light"), ("light", "dark")])
def test_what_one_theme_alone_has_wrong_is_found_in_it(sight: Any, good: str, bad: str):
    sight.goto(PLAIN)
    sight.evaluate(WEAK % good)
    faults = findings_in_both_themes(sight)
    assert any(fault.startswith(f"{bad}: color-contrast") and "weak" in fault for fault in faults)
    assert not any(fault.startswith(f"{good}:") and "weak" in fault for fault in faults)


def test_another_size_has_been_answered_when_it_is_looked_at(sight: Any):
    under = "document.documentElement.style.getPropertyValue('--under')"
    sight.goto("/dang-nhap")
    resize(sight, 360, 740)
    assert sight.evaluate(under) != "0px"  # the bar below stays
    resize(sight, 320, 256)
    assert sight.evaluate(under) == "0px"


def add(page: Any, html: str, into: str = "main") -> None:
    """Put this at the end of a part of the page."""
    page.evaluate(
        "([into, html]) => document.querySelector(into).insertAdjacentHTML('beforeend', html)", [into, html]
    )


def style(page: Any, rules: str) -> None:
    page.evaluate(
        "(rules) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules);"
        " document.adoptedStyleSheets = [sheet]; }",
        rules,
    )


def test_what_is_too_wide_is_found_at_its_size_of_letters(sight: Any):
    sight.goto("/tro-giup")
    assert aspects.too_wide(sight, (*aspects.CHOSEN, *aspects.TWICE)) == []
    style(sight, "main::after { content: ''; display: block; width: 16rem; height: 1px }")
    assert ["largest" in fault for fault in aspects.too_wide(sight, aspects.CHOSEN)] == [True]
    assert ["200%" in fault for fault in aspects.too_wide(sight, aspects.TWICE)] == [True]
    resize(sight, 320, 640)
    assert len(aspects.too_wide(sight, aspects.CHOSEN)) == 2
    assert sight.evaluate("document.documentElement.dataset.size || ''") == ""


def test_a_value_that_is_astray_is_found(sight: Any):
    sight.goto("/tro-giup")
    add(sight, "<dl class=rows><div><dt>Tên</dt><dd>Lan</dd></div></dl>")
    assert aspects.astray(sight) == []
    style(sight, ".rows dd { position: relative; left: 9px }")
    assert len(aspects.astray(sight)) == 1


def test_faults_of_structure_are_found(sight: Any):
    sight.goto("/tro-giup")
    assert aspects.structure(sight) == []
    add(sight, "<h4>Sau</h4><h1>Hai</h1><nav></nav>", "main")
    add(sight, "<main></main><header></header>", "body")
    faults = aspects.structure(sight)
    assert faults[:4] == ["not one main", "not one banner", "navigation without a name", "not one h1"]
    assert faults[4].startswith("headings with a gap")


def test_a_second_tool_or_line_of_the_bar_on_top_is_found(sight: Any):
    sight.goto("/tro-giup")
    assert aspects.bar_on_top(sight) == []
    add(sight, "<button>Một</button><button>Hai</button>", "header.top")
    style(sight, "header.top { flex-wrap: wrap } header.top button:last-child { width: 100%; height: 99px }")
    faults = aspects.bar_on_top(sight)
    assert "more than one tool in the bar" in faults
    assert any(fault.startswith("not on the line of the bar") for fault in faults)
    sight.evaluate("() => document.querySelector('main h1').remove()")
    assert "not one h1 in main" in aspects.bar_on_top(sight)


def test_what_stays_before_a_low_page_is_found(sight: Any):
    sight.goto("/tro-giup")
    assert aspects.at_400_percent_and_on_its_side(sight) == []
    style(sight, ".top { position: sticky !important; top: 0 }")
    assert len(aspects.at_400_percent_and_on_its_side(sight)) == 2


def test_columns_that_are_missing_are_found(sight: Any):
    sight.goto("/dang-nhap")
    assert aspects.on_wide_screens(sight, least_columns=2) == []
    assert len(aspects.on_wide_screens(sight, least_columns=9)) == 2


def test_a_bottom_bar_over_the_end_of_the_page_is_found(sight: Any):
    sight.goto("/tro-giup")
    for size in ("", SIZES[0]):
        in_letters(sight, size)
        assert aspects.bottom_bar(sight) == []
    style(sight, ".foot { display: none } main { padding-bottom: 0 !important }")
    assert aspects.bottom_bar(sight) != []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("document.title = ''", "no title"),
        ("document.documentElement.lang = 'en'", "language is en"),
        ("document.querySelector('main').append(document.createElement('img'))", "image-alt"),
    ],
)
def test_a_visit_tells_page_language_and_aspect(sight: Any, live_server: Any, fault: str, told: str):
    visit = Visit(sight, live_server.url)

    def wrong() -> None:
        sight.goto(PLAIN)
        sight.evaluate(fault)

    with pytest.raises(AssertionError, match=rf"(?s)help in vi.*{told}"):
        visit.reach("help", wrong)


def test_a_visit_tells_two_pages_of_one_title_and_what_is_left_in_vietnamese(sight: Any, live_server: Any):
    visit = Visit(sight, live_server.url)
    visit.reach("help", lambda: sight.goto(PLAIN))
    with pytest.raises(AssertionError, match="title of help"):
        visit.reach("again", lambda: sight.goto(PLAIN))
    visit.forget_titles()

    def half_translated() -> None:
        sight.goto(PLAIN)
        add(sight, "<p>Chưa dịch</p>")

    with pytest.raises(AssertionError, match=r"(?s)help in en.*left in Vietnamese: Chưa dịch"):
        visit.reach("help", half_translated)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("document.querySelector('[aria-label=Trang] a').textContent = ' '", "link-name"),
        ("document.querySelector('main').append(document.createElement('img'))", "image-alt"),
        ("for (const nav of document.querySelectorAll('nav')) nav.ariaLabel = 'Menu'", "landmark-unique"),
        ("document.documentElement.lang = 'xx'", "html-lang-valid"),
    ],
)
def test_what_is_wrong_in_english_alone_is_found(sight: Any, live_server: Any, fault: str, told: str):
    visit = Visit(sight, live_server.url)

    def wrong() -> None:
        sight.goto(PLAIN)
        add(sight, "<nav aria-label=Trang><a href=/>A</a></nav>", "body > footer")
        if visit.language == "en":
            sight.evaluate(fault)

    with pytest.raises(AssertionError, match=rf"(?s)help in en.*{told}"):
        visit.reach("help", wrong)


def test_a_page_in_another_language_differs_in_words_only(sight: Any, live_server: Any):
    sight.goto("/tro-giup")
    before = axe.see(sight)
    Visit(sight, live_server.url).cookie(cookies.LANGUAGE, "en")
    sight.goto("/tro-giup")
    after = axe.see(sight)
    assert axe.only_words_differ(before, after)
    assert before.title != after.title
    sight.evaluate("() => { document.querySelector('main h2').hidden = true; }")
    assert not axe.only_words_differ(before, axe.see(sight))


def test_a_visit_finds_weak_colours_of_the_dark_theme(sight: Any, live_server: Any):
    visit = Visit(sight, live_server.url)

    def weak() -> None:
        sight.goto("/da-dang-xuat")
        sight.evaluate(WEAK % "light")

    with pytest.raises(AssertionError, match="dark: color-contrast"):
        visit.reach("help", weak)
