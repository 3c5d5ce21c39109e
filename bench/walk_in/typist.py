"""Somebody at a keyboard, by the keystroke-level model, at a page in a real browser.

Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems",
Communications of the ACM 23 (7), 1980: K a key of an average typist who is no secretary, M preparing in the
mind for a command or a word, H moving a hand between keyboard and device; R, the waiting for the system, is
measured here. It speaks of a practised user who makes no errors.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

K = 0.28
M = 1.35
H = 0.4


class Typist:
    """Acts on a page by keys alone and counts them; nothing waits as long as a person would."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.keys = 0  # on the page
        self.keys_beside = 0  # in windows of the browser that no program can press
        self.prepared = 0
        self.hands = 0
        self.waited = 0.0
        self.addresses = {_path(page.url)}
        page.on("framenavigated", self._went)

    def _went(self, frame: Any) -> None:
        if frame == self.page.main_frame:
            self.addresses.add(_path(frame.url))

    @property
    def seconds(self) -> float:
        """K, M and H together, without the waiting."""
        return K * (self.keys + self.keys_beside) + M * self.prepared + H * self.hands

    def command(self, key: str) -> None:
        """One key that does something."""
        self.prepared += 1
        self.press(key)

    def press(self, key: str) -> None:
        """A key that ends or goes on with what was begun: no thought goes before it."""
        self.page.keyboard.press(key)
        self.keys += 1

    def write(self, text: str) -> None:
        """A word or number, thought of once."""
        self.prepared += 1
        for letter in text:
            self.press(letter)

    def scan(self, text: str) -> None:
        """A scanner types at once; the hand goes to it and comes back."""
        self.hands += 2
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")

    def beside(self, keys: int) -> None:
        """Keys in a window of the browser itself, as its dialogue for printing."""
        self.prepared += 1
        self.keys_beside += keys

    def until(self, there: Callable[[], object]) -> None:
        """Wait for what the system does, and count how long."""
        begun = time.perf_counter()
        there()
        self.waited += time.perf_counter() - begun


def _path(url: str) -> str:
    return urlsplit(url).path
