"""A walk through pages of the site: each is looked at from all sides, in Vietnamese and in English.

Colours are looked at in Vietnamese only, as only words differ; axe is asked in English where more than words
differs (axe.py). The pages of CLOSELY are looked at in the dark theme too, and on other screens. What is
wrong is told with the page, the language and the aspect.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.browser import aspects, axe, weight
from tests.browser.english import left_in_vietnamese
from tests.browser.looks import in_letters, in_theme, resize
from tests.browser.pages import CLOSELY, ONE_FOR_ALL, TWO_COLUMNS, WITH_PICTURES
from vssid.web.ui import cookies
from vssid.web.ui.context import SIZES

LANGUAGES = ("vi", "en")
DESKS = ("/can-bo", "/don-vi")
GALLERY = "/demo"
PHONE = (360, 740)


class Visit:
    """One browser on its way through pages."""

    def __init__(self, page: Any, base: str) -> None:
        self.page, self.base = page, base
        self.language = "vi"
        self._titles: dict[tuple[str, str], str] = {}
        axe.bring(page)
        self._first: axe.Outline  # of the page in Vietnamese

    def cookie(self, name: str, value: str) -> None:
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.base}])

    def forget_titles(self) -> None:
        """What follows may have the titles of what was looked at before."""
        self._titles.clear()

    def open(self, address: str) -> None:
        """Look at the page of this address, and weigh it."""
        self.reach(address, lambda: self._load(address))

    def reach(self, what: str, way: Callable[[], object]) -> None:
        """Look at what this way leads to; it is gone in each language."""
        for language in LANGUAGES:
            self.language = language
            self.cookie(cookies.LANGUAGE, language)
            way()
            self.look(what)
        self.cookie(cookies.LANGUAGE, "vi")

    def look(self, what: str) -> None:
        """Look at the page that is open, in the language it has."""
        seen = axe.see(self.page)
        faults = self._title(what, seen.title) + self._lang(what, seen.lang)
        if self.language == "vi":
            self._first = seen
            faults += self._whole()
        else:
            faults += self._words(what, seen)
        assert faults == [], "\n".join((f"{what} in {self.language}:", *faults))

    @property
    def _path(self) -> str:
        return urlsplit(self.page.url).path

    def _load(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer.status == (500 if address.endswith("giao-dien/500") else 200), address
        assert self.page.url.removeprefix(self.base) == address
        if self.language == "vi" and not address.startswith((*DESKS, GALLERY, *WITH_PICTURES)):
            faults = weight.findings(self.page, answer)
            assert faults == [], f"{address}: {faults}"

    def _title(self, what: str, title: str) -> list[str]:
        if not title:
            return ["it has no title"]
        other = self._titles.setdefault((self.language, title), what)
        return [] if other == what else [f"it has the title of {other}"]

    def _lang(self, what: str, said: str) -> list[str]:
        if what.startswith(ONE_FOR_ALL) or said == self.language:
            return []
        return [f"its language is {said}"]

    def _whole(self) -> list[str]:
        page = self.page
        faults = axe.findings(page) + aspects.structure(page)
        of_ours = self._path.startswith((*DESKS, GALLERY))
        faults += aspects.too_wide(page, aspects.USUAL if of_ours else aspects.CHOSEN)
        if self._path.startswith(DESKS):
            faults += aspects.on_desks(page)
            resize(page, *PHONE)
        return faults + self._closely() if self._path in CLOSELY else faults

    def _closely(self) -> list[str]:
        in_theme(self.page, "dark")
        faults = [f"dark: {finding}" for finding in axe.findings_of_colours(self.page)]
        in_theme(self.page, "light")
        faults += aspects.bottom_bar(self.page) + aspects.on_narrow_screens(self.page)
        faults += aspects.at_400_percent_and_on_its_side(self.page)
        faults += aspects.on_wide_screens(self.page, least_columns=2 if self._path in TWO_COLUMNS else 0)
        resize(self.page, *PHONE)
        return faults

    def _words(self, what: str, seen: axe.Outline) -> list[str]:
        faults = aspects.too_wide(self.page, aspects.USUAL)
        if not axe.only_words_differ(self._first, seen):
            faults += axe.findings_of_words(self.page)
        if not what.startswith(ONE_FOR_ALL):
            faults += [f"left in Vietnamese: {said}" for said in left_in_vietnamese(self.page)]
        return faults + self._in_largest_letters() if self._path in CLOSELY else faults

    def _in_largest_letters(self) -> list[str]:
        """English words are longer: the bar on top keeps its line on the narrowest phone."""
        resize(self.page, 320, 640)
        in_letters(self.page, SIZES[-1])
        faults = aspects.too_wide(self.page, SIZES[-1:]) + aspects.bottom_bar(self.page)
        if self._path != "/":  # the card itself is its title
            faults += aspects.bar_on_top(self.page)
        resize(self.page, *PHONE)
        return faults
