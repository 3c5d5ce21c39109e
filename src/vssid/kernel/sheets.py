"""Which page saved last: so that what an older page holds never overwrites what a newer one saved.

Every page that fills in a draft has a random name, and knows the page that had saved before it was drawn. A
save is taken from a page that follows the last one, or from that page itself: leaving it keeps its typing, a
press of "back" shows it again, and both come before it is sent.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from .errors import DomainError

NAME = re.compile(r"[A-Za-z0-9_-]{0,24}")


class Overtaken(DomainError):
    """Another page saved this step after this one was drawn."""

    code = "overtaken"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page by its name, and the page that had saved last when it was drawn; empty before any."""

    page: str
    after: str = ""

    @classmethod
    def drawn(cls, after: str) -> Sheet:
        """A new page."""
        return cls(secrets.token_urlsafe(9), after)

    @classmethod
    def sent(cls, posted: Mapping[str, str]) -> Sheet:
        """The page a form came from, by its fields `page` and `after`. What is no name counts as none."""
        page, after = (
            name if NAME.fullmatch(name) else "" for name in (posted.get("page", ""), posted.get("after", ""))
        )
        return cls(page, after)

    def saves_after(self, last: str) -> str:
        """The name to keep as the last page that saved. Raises Overtaken."""
        if last not in (self.page, self.after):
            raise Overtaken
        return self.page
