"""Whom a campaign is for: one statement, by which it is shown before anything is taken, and then taken."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.db import connection

from vssid.domain.offices import queries as offices
from vssid.domain.participants.employers import search_terms
from vssid.domain.participants.employers.sql_words import words_of

from ..models.campaigns import Campaign

_COUNT = """
SELECT count(*), coalesce(sum(people), 0), count(*) FILTER (WHERE is_over),
  count(*) FILTER (WHERE is_in AND NOT is_over)
FROM fitting
"""
_LIST = """
SELECT code, name, office_code, people FROM fitting WHERE NOT is_over AND NOT is_in
ORDER BY people DESC, code LIMIT %(limit)s OFFSET %(skip)s
"""


# What the register calls the industries of some offices' employers, by the index on their office: of a
# province some thousands are read, of the country all.
_INDUSTRIES = """
SELECT industry, count(*) FROM participants_employer
WHERE office_code = ANY (%(offices)s) AND industry <> ''
GROUP BY industry ORDER BY count(*) DESC, industry LIMIT %(limit)s
"""
OFFERED = 50


@dataclass(frozen=True, slots=True)
class Preview:
    """How many employers fit, with how many people; of them are over, and are in already."""

    employers: int
    people: int
    over: int
    inside: int

    @property
    def taken(self) -> int:
        """Those the campaign would take."""
        return self.employers - self.over - self.inside


@dataclass(frozen=True, slots=True)
class Fit:
    """An employer that would be taken."""

    code: str
    name: str
    office_code: str
    people: int


def preview(campaign: Campaign, *, within: frozenset[str], on: date) -> Preview:
    """Count them, of these offices alone. Reads every employer of the scope."""
    with connection.cursor() as cursor:
        cursor.execute(fitting() + _COUNT, parameters(campaign, within=within, on=on))
        return Preview(*cursor.fetchone())


def listed(campaign: Campaign, *, within: frozenset[str], on: date, limit: int, skip: int = 0) -> list[Fit]:
    """Those that would be taken, the largest first."""
    asked = parameters(campaign, within=within, on=on) | {"limit": limit, "skip": skip}
    with connection.cursor() as cursor:
        cursor.execute(fitting() + _LIST, asked)
        return [Fit(*row) for row in cursor.fetchall()]


def industries(within: Collection[str]) -> list[tuple[str, int]]:
    """The industries that the register names at these offices, with how many employers: the most first,
    OFFERED at most.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INDUSTRIES, {"offices": sorted(within), "limit": OFFERED})
        return list(cursor.fetchall())


@lru_cache(maxsize=1)
def fitting() -> str:
    """The statement up to the table `fitting`."""
    text = (files("vssid.domain.employers.campaigns") / "sql" / "fitting.sql").read_text(encoding="utf-8")
    words = {"{words_of_address}": words_of("e.address"), "{words_of_industry}": words_of("named.industry")}
    for place, expression in words.items():
        text = text.replace(place, expression)
    return text


def parameters(
    campaign: Campaign, *, on: date, within: frozenset[str] | None = None, after: str = "", upto: str = ""
) -> dict[str, Any]:
    """For the statement; `within`: of these offices alone, `after` and `upto`: codes of employers."""
    meant = offices.at_or_below(campaign.head_id)
    return {
        "offices": sorted(meant if within is None else meant & within),
        "on": on,
        "size_from": campaign.size_from,
        "size_to": campaign.size_to,
        "officer": campaign.officer_id,
        "area": search_terms.query(campaign.area),
        "industry": search_terms.query(campaign.industry),
        "after": after,
        "upto": upto,
    }
