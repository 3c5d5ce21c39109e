"""Walking the URL tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from vssid.domain.offices.rights import Right


@dataclass(frozen=True)
class Route:
    """One route: its path as written, the view, its name."""

    path: str
    view: Any
    name: str

    @property
    def access(self) -> str:
        """The mark of web.ui.access; empty when there is none."""
        return getattr(self.view, "access", "")

    @property
    def rights(self) -> tuple[Right, ...]:
        """What a page of staff takes: to be opened, and to send its form."""
        return getattr(self.view, "rights", ())


def routes() -> list[Route]:
    """Every route of the site, in order."""
    return list(_walk(get_resolver(), "/"))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(path, entry.callback, entry.name or "")
        else:
            yield from _walk(entry, path)
