"""The places for the pictures of a file."""

from __future__ import annotations

from dataclasses import dataclass

from vssid.domain.identity.queries import ImageView

from .words import PROBLEMS, Words


@dataclass(frozen=True, slots=True)
class Picture:
    """One place for a picture: `there` or still (or again) empty. `read`: what was read on it. `is_judged`: a
    program looked at how clear it is.
    """

    kind: str
    label: Words
    url: str
    there: bool = True
    problems: tuple[Words, ...] = ()
    read: str = ""
    is_judged: bool = True


def judged(kind: str, label: Words, url: str, image: ImageView | None) -> Picture:
    """The place of a picture that was judged when it came."""
    if image is None:
        return Picture(kind, label, url, there=False)
    problems = tuple(PROBLEMS.get(code, code) for code in image.verdict.problems)
    read = image.reading.source.value.upper() if image.reading else ""
    return Picture(kind, label, url, problems=problems, read=read)
