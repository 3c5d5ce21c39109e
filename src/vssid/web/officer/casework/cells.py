"""Values side by side, with the letters that differ."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .words import Words

Runs = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """A value cut into runs of same and different letters. `lacks`: letters the form has and this has not."""

    runs: Runs = field(default_factory=list)
    lacks: str = ""
    small: Words = ""
    bad: bool = False

    @property
    def differs(self) -> bool:
        """Is anything marked?"""
        return bool(self.lacks) or any(marked for _text, marked in self.runs)

    @property
    def marked(self) -> str:
        """The marked letters, for those who hear the page."""
        space = _("dấu cách")
        return ", ".join(f"“{text.strip() or space}”" for text, marked in self.runs if marked)


def plain(text: str) -> Cell:
    """A value with nothing marked; an empty cell for none."""
    return Cell([(text, False)]) if text else Cell()
