"""A barcode scanner as the page hears it: all keys of a number and Enter within a moment.

The keys are given from inside the page: a busy machine stretches the gaps of keys sent from outside to those
of a person's typing.
"""

from __future__ import annotations

from typing import Any

KEYS = """(number) => {
  for (const key of [...number, "Enter"]) {
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  }
}"""


def scan(page: Any, number: str) -> None:
    """Scan a number on whatever page is open."""
    page.evaluate(KEYS, number)
