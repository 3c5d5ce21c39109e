"""Find places: by words as they are typed, and by nearness.

Words are folded, in any order, each the beginning of a word. Many places fit a short beginning; then the
index of weights is walked instead of gathering them all (PostgreSQL's planner decides by how common the words
are).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db import connection

from vssid.domain.offices import hours
from vssid.domain.places import former
from vssid.domain.places import queries as places

from . import rarity, words
from .index import EAST
from .kinds import KINDS

# So many that fit are ordered by how well; more than anybody reads.
CANDIDATES = 120
EARTH = 6_371_000
# A few more places cost nothing to look through; of so many words together few fit.
FEW, MOST = 300, 3
_FIELDS = (
    "kind, code, name, address, phone, province_code, commune_code, services, hours, latitude, longitude, "
    "is_synthetic"
)
_Candidate = tuple[str, str, str, int]  # kind, code, folded, weight
_LIVE = "(valid_from IS NULL OR valid_from <= %(day)s) AND (valid_until IS NULL OR valid_until >= %(day)s)"


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
    is_synthetic: bool
    distance: int | None = None

    @property
    def hours(self) -> list[str]:
        """Opening hours as lines in the reader's language."""
        return hours.lines(self.openings)

    def is_open(self, now: datetime) -> bool:
        """Open by the week's hours; holidays are not counted."""
        return hours.is_open(self.openings, now)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. `province` is of the 63 or the 34 list, `district` of the former one."""

    kinds: tuple[str, ...] = KINDS
    province: str = ""
    district: str = ""
    commune: str = ""
    service: str = ""
    open_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found. `corrected`: words that were read as mistyped, and what they were read as."""

    places: tuple[Place, ...]
    more: bool
    corrected: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Query:
    """Terms of text search: the rarest are looked up in the index, the others on what they lead to."""

    looked_up: str = ""
    checked: str = ""

    @classmethod
    def of(cls, terms: Sequence[tuple[int, str]]) -> _Query:
        """Of terms with the number of places that have each.

        Common ones beside rarer ones are only checked: to gather the tens of thousands of places that have
        them takes longer than to look at those which the rarer ones leave.
        """
        ordered = sorted(terms)
        rarest = ordered[0][0]
        looked_up = [term for count, term in ordered if count <= rarest * 3 + FEW][:MOST]
        rest = [term for _, term in ordered if term not in looked_up]
        return cls(" & ".join(looked_up), " & ".join(rest))


def search(text: str, wanted: Wanted, *, day: date, limit: int = 20, offset: int = 0) -> Found:
    """Places with every word of the text, the best first."""
    typed = words.typed(text)
    corrected: tuple[tuple[str, str], ...] = ()
    found: list[_Candidate] = []
    for query in _queries(typed):
        if found := _candidates(query, wanted, day):
            break
    if not found and typed:
        query, corrected = _mended(typed)
        found = _candidates(query, wanted, day) if corrected else []
        typed = [dict(corrected).get(word, word) for word in typed]
    found.sort(key=lambda one: _order(one, typed))
    if wanted.open_at is None:
        shown = whole([one[:2] for one in found[offset : offset + limit]])
        return Found(tuple(shown), len(found) > offset + limit, corrected)
    open_ones = [place for place in whole([one[:2] for one in found]) if place.is_open(wanted.open_at)]
    return Found(tuple(open_ones[offset : offset + limit]), len(open_ones) > offset + limit, corrected)


def _queries(typed: Sequence[str]) -> Iterator[_Query]:
    """Whole words but for the last, which is still being typed; then beginnings of words."""
    if not typed:
        yield _Query()
        return
    known = rarity.now()
    *whole, last = typed
    counts = [(known.of(word), word) for word in whole]
    if all(count for count, _ in counts):
        yield _Query.of([*counts, (known.of_beginning(last), f"{last}:*")])
    if whole:
        yield _Query.of([(known.of_beginning(word), f"{word}:*") for word in typed])


def one(kind: str, code: str) -> Place:
    """The place of a key that the index has."""
    return whole([(kind, code)])[0]


def nearest(
    latitude: float, longitude: float, wanted: Wanted, *, day: date, limit: int = 10
) -> tuple[Place, ...]:
    """The places nearest to a point in degrees, the nearest first, each with its distance in metres."""
    conditions, facts = _conditions(wanted, day)
    facts |= {"x": longitude * EAST, "y": latitude, "many": limit * 4}
    found: list[Place] = []
    for kind in wanted.kinds:
        rows = _rows(
            f"SELECT {_FIELDS} FROM directory_place WHERE kind = '{KINDS[KINDS.index(kind)]}' "  # noqa: S608
            f"AND spot IS NOT NULL AND {' AND '.join(conditions)} "
            "ORDER BY spot <-> point(%(x)s, %(y)s) LIMIT %(many)s",
            facts,
        )
        found += [_place(row, (latitude, longitude)) for row in rows]
    open_ones = [one for one in found if wanted.open_at is None or one.is_open(wanted.open_at)]
    return tuple(sorted(open_ones, key=lambda one: (one.distance or 0, one.code))[:limit])


def _candidates(query: _Query, wanted: Wanted, day: date) -> list[_Candidate]:
    conditions, facts = _conditions(wanted, day)
    if query.looked_up:
        conditions.append("words @@ %(query)s::tsquery")
        facts["query"] = query.looked_up
    if query.checked:  # in a form that the index does not serve
        conditions.append("(words @@ %(checked)s::tsquery) IS TRUE")
        facts["checked"] = query.checked
    return _rows(
        "SELECT kind, code, folded, weight FROM directory_place WHERE kind = ANY(%(kinds)s) "  # noqa: S608
        f"AND {' AND '.join(conditions)} ORDER BY weight DESC, kind, code LIMIT {CANDIDATES}",
        facts | {"kinds": list(wanted.kinds)},
    )


def whole(keys: Sequence[tuple[str, str]]) -> list[Place]:
    """The places of some keys, in their order."""
    rows = _rows(
        f"SELECT {_FIELDS} FROM directory_place "  # noqa: S608
        "WHERE (kind, code) IN (SELECT * FROM unnest(%(kinds)s::varchar[], %(codes)s::varchar[]))",
        {"kinds": [kind for kind, _ in keys], "codes": [code for _, code in keys]},
    )
    found = {(row[0], row[1]): _place(row) for row in rows}
    return [found[key] for key in keys if key in found]


def _conditions(wanted: Wanted, day: date) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = [_LIVE]
    codes = (wanted.province, wanted.district, wanted.commune, wanted.service)
    if any(code and not (code.isascii() and code.replace("_", "").isalnum()) for code in codes):
        return ["false"], {"day": day}  # no code looks like that
    facts: dict[str, Any] = {"day": day}
    if wanted.province:
        conditions.append("province_code = %(province)s")
        facts["province"] = _province_of_today(wanted.province)
    inside = _communes(wanted)
    if inside is not None:
        conditions.append("commune_code = ANY(%(communes)s)")
        facts["communes"] = inside
    if wanted.service:
        conditions.append("services @> ARRAY[%(service)s]::varchar[]")
        facts["service"] = wanted.service
    return conditions, facts


def _province_of_today(code: str) -> str:
    unit = places.former_province(code)
    return unit.successor_code if unit else code


def _communes(wanted: Wanted) -> list[str] | None:
    """The communes of today that a commune (of either list) or a former district stands for."""
    if wanted.commune:
        try:
            places.commune(wanted.commune)
        except places.UnknownPlace:
            try:
                return list(former.successors(wanted.commune))
            except places.UnknownPlace:
                return []
        return [wanted.commune]
    if wanted.district:
        return sorted({code for unit in former.communes_of(wanted.district) for code in unit.successors})
    return None


def _mended(typed: Sequence[str]) -> tuple[_Query, tuple[tuple[str, str], ...]]:
    """The query with each unknown word read as the known ones that it is near to."""
    terms, corrected = [], []
    for word in typed:
        near = [] if _is_known(word) else _near(word)
        terms.append("(" + " | ".join([f"{word}:*", *near]) + ")")
        if near:
            corrected.append((word, near[0]))
    return _Query(" & ".join(terms)), tuple(corrected)


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
    near = [found for (found,) in rows if words.is_near(word, found)]
    return sorted(near, key=lambda found: (found[0] != word[0], abs(len(found) - len(word)), found))[:8]


def _order(one: _Candidate, typed: Sequence[str]) -> tuple[object, ...]:
    """Most words in the name first, whole words before beginnings, in the order typed, then weight."""
    _, code, folded, weight = one
    name = f" {folded} "
    in_name = sum(f" {word}" in name for word in typed)
    whole = sum(f" {word} " in name for word in typed)
    together = f" {' '.join(typed)}" in name
    return (code.lower() not in typed, -in_name, -together, -whole, -weight, len(folded), folded, code)


def _place(row: tuple[Any, ...], near: tuple[float, float] | None = None) -> Place:
    kind, code, name, address, phone, province, commune, services, week, latitude, longitude, synthetic = row
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
            hours.from_json(json.loads(week)),
        ),
        *(latitude, longitude, synthetic, here),
    )


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance between two points in degrees, on a round earth."""
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH * asin(sqrt(half))


def _rows(sql: str, facts: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return list(cursor.fetchall())
