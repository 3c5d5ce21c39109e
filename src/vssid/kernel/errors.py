"""Errors of the domain: a stable code and the facts; the doors find the words."""

from __future__ import annotations

from typing import Any, ClassVar


class DomainError(Exception):
    """A rule said no. `code` is stable and safe to show; `facts` hold no personal data.

    Each door maps a DomainError once: to a page, a problem document or an exit status.
    """

    code: ClassVar[str] = "domain"

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return self.code


class NotYours(DomainError):
    """The record does not exist for the one who asks; doors answer 404, never 403."""

    code = "not_found"


class Invalid(DomainError):
    """A value was refused. `fields` maps a field name to a stable message code."""

    code = "invalid"

    def __init__(self, **fields: str) -> None:
        super().__init__(fields=fields)
        self.fields = fields
