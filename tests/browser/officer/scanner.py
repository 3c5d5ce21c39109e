"""A barcode scanner as the page hears it: all keys of a number and Enter within a moment.

The keys are given from inside the page: a busy machine stretches the gaps of keys sent from outside to those
of a person's typing.
"""

from __future__ import annotations

from typing import Any

# A pause is told by the time of the keys, as the page reads it.
KEYS = """([keys, pauseAfter]) => {
  const start = performance.now();
  for (const [at, key] of [...keys, "Enter"].entries()) {
    const target = document.activeElement ?? document.body;
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    Object.defineProperty(event, "timeStamp", { value: start + (pauseAfter && at >= pauseAfter ? 200 : 0) });
    target.dispatchEvent(event);
  }
}"""


def scan(page: Any, number: str, *, pause_after: int = 0) -> None:
    """Scan a number on whatever page is open; with a pause of 200 ms after so many characters."""
    page.evaluate(KEYS, [number, pause_after])
