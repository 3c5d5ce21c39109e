"""A walk-in from the card to the approval and the next person, by keys alone: pressed, and awaited.

Without a single doubt: each class of doubts takes the keys to its reason besides.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .typist import Typist

PHOTOS = (("f", "front"), ("b", "back"), ("c", "portrait"))
# In the tab of the printed form: Ctrl+P, Enter, and Ctrl+W back to the page.
PRINTING = 5
# What hands, eyes and people take besides, in seconds. Our own assumptions, measured by nobody.
ASSUMED = {
    "the card is handed over and laid under the camera": 5,
    "the card is turned over": 2,
    "the person looks into the camera": 4,
    "what is agreed to is read, or read aloud": 20,
    "the code arrives and is read aloud": 15,
    "the form is printed": 10,
    "the form is read and signed": 30,
    "the signed form is laid under the camera": 4,
    "card, portraits and values are compared": 15,
}


def serve(
    typist: Typist,
    card: str,
    *,
    read_code: Callable[[int], str],
    on_form: Callable[[], object] = lambda: None,
    on_file: Callable[[], object] = lambda: None,
) -> int:
    """Serve the person of a card's text at the counter's page, which is open; the application's number.

    `read_code` gives the six digits that came to the phone. `on_form`, `on_file`: looks at it on the way.
    """
    page = typist.page
    typist.scan(card)
    typist.until(lambda: page.locator("[data-key=l]").wait_for())
    typist.command("l")
    typist.until(lambda: _loaded(page, "[data-walk-in-form]"))
    number = int(parse_qs(urlsplit(page.url).query)["ho-so"][0])
    on_form()
    for key, kind in PHOTOS:
        _photograph(typist, key, f'[data-captured="anh-{kind}"] img')
    typist.command("y")
    typist.until(lambda: page.locator("#id_commitment:checked").wait_for())
    typist.command("g")
    typist.until(lambda: page.locator("#id_code:focus").wait_for())
    typist.write(read_code(number))
    typist.press("Enter")
    typist.until(lambda: _loaded(page, "#to-khai-giay"))
    _print(typist)
    _photograph(typist, "q", '[data-captured="to-khai-ky"] figure')
    on_file()
    for key, undo in (("1", "tra-to-khai"), ("2", "bo-ban-chinh")):
        typist.command(key)
        typist.until(lambda undo=undo: page.locator(f'form[action*="/{undo}?"]').wait_for())  # type: ignore[misc]
    typist.command("d")
    typist.until(lambda: page.locator(".decide .outcome").wait_for())
    typist.command("k")
    typist.until(lambda: page.locator("#id_q:focus").wait_for())
    return number


def _loaded(page: Any, selector: str) -> None:
    page.locator(selector).wait_for()
    page.wait_for_load_state("load")


def _photograph(typist: Typist, key: str, taken: str) -> None:
    """The first press opens the camera, the second takes the picture."""
    page = typist.page
    typist.command(key)
    typist.until(lambda: page.locator("video[data-ready]").wait_for())
    typist.command(key)
    typist.until(lambda: page.locator(taken).first.wait_for())


def _print(typist: Typist) -> None:
    with typist.page.context.expect_page() as printed:
        typist.command("p")
    printed.value.close()
    typist.beside(PRINTING)
