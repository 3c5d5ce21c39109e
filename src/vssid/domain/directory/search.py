"""Find places: by words as they are typed, and by nearness.

Words are folded and may stand in any order; the last is still being typed. The places that have them all come
from sets (`bitmaps`), the best of them from the index.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from itertools import islice
from math import asin, cos, radians, sin, sqrt
from operator import and_
from typing import Any

from django.db import connection
from pyroaring import BitMap

from vssid.domain.offices import hours
from vssid.infra.database import prepared

from . import bitmaps, words
from .bitmaps import Sets
from .criteria import Criteria, Names, conditions_of, filters_of
from .index import EAST
from .kinds import KINDS, OFFICE

# So many that fit are ordered by how well; more than anybody reads.
CANDIDATES = 120
EARTH = 6_371_000
_FIELDS = (
    "kind, code, name, address, phone, province_code, commune_code, services, hours::text, "
    "latitude, longitude, closed_days, is_synthetic"
)
_Candidate = tuple[str, str, str, int]  # kind, code, folded, weight
_Corrected = tuple[tuple[str, str], ...]


_WHOLE = (
    f"SELECT {_FIELDS} FROM directory_place "  # noqa: S608
    "WHERE (kind, code) IN (SELECT * FROM unnest(%(kinds)s::varchar[], %(codes)s::varchar[]))"
)
_CANDIDATES = """
SELECT rank.kind, rank.code, rank.folded, rank.weight FROM directory_edition edition
JOIN directory_rank rank ON rank.ordinal = ANY(%(ranks)s::integer[])
WHERE edition.number = %(edition)s
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list. `distance` in metres, when nearness was asked for."""

    kind: str
    code: str
    name: str
    address: str
    phone: str
    province_code: str
    commune_code: str
    services: tuple[str, ...]
    openings: tuple[hours.Opening, ...]
    latitude: float | None
    longitude: float | None
    closed_days: tuple[date, ...]
    is_synthetic: bool
    distance: int | None = None

    @property
    def hours(self) -> list[str]:
        """Opening hours as lines in the reader's language."""
        return hours.lines(self.openings)

    def is_open(self, now: datetime) -> bool:
        """Open at this moment: within its hours and not on a day off."""
        return hours.is_open(self.openings, now, self.closed_days, of_state=self.is_of_state)

    @property
    def is_of_state(self) -> bool:
        """An office, which works on days that are swapped."""
        return self.kind == OFFICE


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found. `corrected`: words that were read as mistyped, and what they were read as."""

    places: tuple[Place, ...]
    more: bool
    corrected: tuple[tuple[str, str], ...] = ()


def search(text: str, criteria: Criteria, *, day: date, limit: int = 20, offset: int = 0) -> Found:
    """Places with every word of the text, the best first."""
    typed = words.typed(text)
    try:
        candidates, corrected = _candidates(bitmaps.current(), typed, criteria, day)
    except bitmaps.IndexChanged:
        candidates, corrected = _candidates(bitmaps.newest(), typed, criteria, day)
    typed = [dict(corrected).get(word, word) for word in typed]
    candidates.sort(key=lambda candidate: _order(candidate, typed))
    if criteria.open_at is None:
        shown = whole([candidate[:2] for candidate in candidates[offset : offset + limit]])
        return Found(tuple(shown), len(candidates) > offset + limit, corrected)
    open_ones = [
        place
        for place in whole([candidate[:2] for candidate in candidates])
        if place.is_open(criteria.open_at)
    ]
    return Found(tuple(open_ones[offset : offset + limit]), len(open_ones) > offset + limit, corrected)


def _candidates(
    sets: Sets, typed: Sequence[str], criteria: Criteria, day: date
) -> tuple[list[_Candidate], _Corrected]:
    """What fits, best by weight, at most CANDIDATES; and what was read as mistyped. Raises IndexChanged."""
    filters = filters_of(criteria)
    if filters is None:
        return [], ()
    groups = _as_typed(typed)
    sets.read(name for names in (*filters, *groups) for name in names)
    within = reduce(and_, [_fitting(sets, names) for names in filters]) - sets.dead(day)
    for said in (groups, _as_beginnings(typed)):
        if fitting := reduce(and_, [_fitting(sets, group) for group in said], within):
            return _rows_of(sets, fitting), ()
    corrected = _mended(typed)
    if any(near for _, near in corrected):
        fitting = reduce(and_, [_fitting(sets, [f"{word}*", *near]) for word, near in corrected], within)
        if fitting:
            return _rows_of(sets, fitting), tuple((word, near[0]) for word, near in corrected if near)
    sets.check()
    return [], ()


def place(kind: str, code: str) -> Place:
    """The place of a key that the index has."""
    return whole([(kind, code)])[0]


def nearest(
    latitude: float, longitude: float, criteria: Criteria, *, day: date, limit: int = 10
) -> tuple[Place, ...]:
    """The places nearest to a point in degrees, the nearest first, each with its distance in metres."""
    conditions, facts = conditions_of(criteria, day)
    facts |= {"x": longitude * EAST, "y": latitude, "many": limit * 4}
    near: list[Place] = []
    for kind in criteria.kinds:
        rows = _rows(
            f"SELECT {_FIELDS} FROM directory_place WHERE kind = '{KINDS[KINDS.index(kind)]}' "  # noqa: S608
            f"AND spot IS NOT NULL AND {' AND '.join(conditions)} "
            "ORDER BY spot <-> point(%(x)s, %(y)s) LIMIT %(many)s",
            facts,
        )
        near += [_place(row, (latitude, longitude)) for row in rows]
    open_ones = [place for place in near if criteria.open_at is None or place.is_open(criteria.open_at)]
    return tuple(sorted(open_ones, key=lambda place: (place.distance or 0, place.code))[:limit])


def whole(keys: Sequence[tuple[str, str]]) -> list[Place]:
    """The places of some keys, in their order."""
    rows = prepared.rows(_WHOLE, {"kinds": [kind for kind, _ in keys], "codes": [code for _, code in keys]})
    by_key = {(row[0], row[1]): _place(row) for row in rows}
    return [by_key[key] for key in keys if key in by_key]


def _as_typed(typed: Sequence[str]) -> Sequence[Names]:
    """Whole words but for the last, which is still being typed."""
    return [[word] for word in typed[:-1]] + [[f"{word}*"] for word in typed[-1:]]


def _as_beginnings(typed: Sequence[str]) -> Sequence[Names]:
    return [[f"{word}*"] for word in typed]


def _fitting(sets: Sets, names: Names) -> BitMap:
    """Places of any of the sets; a word with digits may also begin a code."""
    fitting = BitMap()
    for name in names:
        fitting |= sets[name]
        word = name.rstrip("*")
        if len(word) > 2 and word.isalnum() and not word.isalpha():
            fitting |= sets.codes(word)
    return fitting


def _rows_of(sets: Sets, fitting: BitMap) -> list[_Candidate]:
    """The best by weight. Raises bitmaps.IndexChanged."""
    ranks = list(islice(fitting, CANDIDATES))
    rows = prepared.rows(_CANDIDATES, {"ranks": ranks, "edition": sets.version})
    if len(rows) < len(ranks):
        raise bitmaps.IndexChanged
    return rows


def _mended(typed: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Each word with the known ones that it may have been meant for; none where it is known itself."""
    return [(word, [] if _is_known(word) else _near(word)) for word in typed]


def _is_known(word: str) -> bool:
    if len(word) < 3 or any(ch.isdigit() for ch in word):
        return True
    return bool(_rows("SELECT 1 FROM directory_spelling WHERE word = %(w)s LIMIT 1", {"w": word}))


def _near(word: str) -> list[str]:
    """Known words that this one is near to, also while its end is still to be typed."""
    rows = _rows(
        "SELECT DISTINCT word FROM directory_spelling WHERE variant = ANY(%(variants)s)",
        {"variants": sorted(words.variants(word))},
    )
    near = [known for (known,) in rows if words.is_near(word, known)]
    return sorted(near, key=lambda known: (known[0] != word[0], abs(len(known) - len(word)), known))[:8]


def _order(candidate: _Candidate, typed: Sequence[str]) -> tuple[object, ...]:
    """Most words in the name first, whole words before beginnings, in the order typed, then weight."""
    _, code, folded, weight = candidate
    name = f" {folded} "
    in_name = sum(f" {word}" in name for word in typed)
    whole = sum(f" {word} " in name for word in typed)
    together = f" {' '.join(typed)}" in name
    return (code.lower() not in typed, -in_name, -together, -whole, -weight, len(folded), folded, code)


def _place(row: tuple[Any, ...], near: tuple[float, float] | None = None) -> Place:
    kind, code, name, address, phone, province, commune, services, week, *rest = row
    latitude, longitude, closed, synthetic = rest
    here = None
    if near is not None and latitude is not None:
        here = round(metres(near, (latitude, longitude)))
    return Place(
        *(
            kind,
            code,
            name,
            address,
            phone,
            province,
            commune,
            tuple(services),
            _openings(week),
        ),
        *(latitude, longitude, tuple(closed), synthetic, here),
    )


@lru_cache(maxsize=2_000)
def _openings(week: str) -> tuple[hours.Opening, ...]:
    return hours.from_json(json.loads(week))


def metres(point: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two points in degrees, on a round earth."""
    lat1, lon1, lat2, lon2 = map(radians, (*point, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _rows(sql: str, facts: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())
