"""One page of a list, or all of it for a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet

from ...casework.lists import numbered, pager
from ..asked import Asked
from ..sheets import MOST_IN_FILE, PER_PAGE, TooMany

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of a list of `count`, and what its pager needs."""

    rows: list[Row]
    count: int
    pager: dict[str, Any] | None


def of_rows(asked: Asked, rows: Sequence[Row], route: str, asks: Mapping[str, str]) -> Page[Row]:
    """The page that is asked for; `asks`: what the address says besides the scope. Raises TooMany."""
    return _page(asked, rows, route, asks)


Line = TypeVar("Line", bound=Model)


def of_table(asked: Asked, rows: QuerySet[Line], route: str, asks: Mapping[str, str]) -> Page[Line]:
    """The same of a table."""
    return _page(asked, rows, route, asks)


def _page(asked: Asked, rows: Any, route: str, asks: Mapping[str, str]) -> Page[Any]:
    paginator = Paginator(rows, MOST_IN_FILE if asked.is_whole else PER_PAGE)
    if asked.is_whole and paginator.num_pages > 1:
        raise TooMany
    page = paginator.get_page(1 if asked.is_whole else asked.page)

    def at(number: int) -> str:
        return asked.at(route, **asks, trang=numbered(number))

    return Page(list(page), paginator.count, pager(page, at))
