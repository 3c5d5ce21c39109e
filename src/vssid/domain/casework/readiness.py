"""What an approval waits for and what speaks against it: one value, read once under the file's lock."""

from __future__ import annotations

from dataclasses import dataclass

from . import doubts
from .errors import NotReady


@dataclass(frozen=True, slots=True, repr=False)
class Readiness:
    """`missing` must be there before approving; `doubts` must have been seen. Rooms add what they read."""

    missing: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def mark(self) -> str:
        """The mark that confirms exactly these doubts."""
        return doubts.mark(self.doubts)


def require(ready: Readiness, seen: str | None, *, refusal: type[NotReady]) -> None:
    """Raises `refusal` while something is missing, or Unconfirmed for doubts other than `seen`."""
    if ready.missing:
        raise refusal(missing=ready.missing)
    doubts.confirmed(ready.doubts, seen)
