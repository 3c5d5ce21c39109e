"""An e-mail address that prints as «email»."""

from __future__ import annotations

import re
from typing import Self

from .ids import BadCode
from .redacted import Redacted
from .text import number_text

# No signs of RFC 5322 that make one mailbox of many texts (comments, quotes, a route): limits count texts.
_SIGN = r"[^@\s,;:<>\"()\[\]\\]"
_FORM = re.compile(rf"{_SIGN}+@{_SIGN}+\.(?:(?!\.){_SIGN}){{2,}}")


class EmailAddress(Redacted):
    """An address as typed, its domain in small letters."""

    kind = "email"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address as typed. Raises BadCode."""
        bare = number_text(text)
        if len(bare) > 254 or not bare.isprintable() or not _FORM.fullmatch(bare):
            raise BadCode
        local, _, domain = bare.rpartition("@")
        return cls(f"{local}@{domain.lower()}")

    def masked(self) -> str:
        """The first letter and the domain: `l•••@example.vn`."""
        local, _, domain = self.reveal().rpartition("@")
        return f"{local[:1]}•••@{domain}"
