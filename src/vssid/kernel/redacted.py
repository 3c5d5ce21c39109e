"""Values that must not reach logs: their text form is a placeholder."""

from __future__ import annotations


class Redacted(str):
    """A string whose `repr` and `format` show only its kind; use `.reveal()` to read it.

    It stays a `str`, so the database and templates may use it by `reveal()` only;
    an accidental f-string or log line prints «phone» instead of the number.
    """

    kind = "secret"

    def __str__(self) -> str:
        return f"«{self.kind}»"

    def __repr__(self) -> str:
        return f"«{self.kind}»"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def reveal(self) -> str:
        """The plain value."""
        return str.__str__(self)
