"""Make the index of places from the tables they are kept in, and keep it up to date.

Each run takes what changed since, so doing it twice, or after a kill, does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, transaction

from vssid.domain.offices.models import Office
from vssid.domain.places import former
from vssid.domain.places import queries as places

from . import bitmaps, words
from .kinds import FACILITY, KINDS, OFFICE, POINT
from .models import Facility, Place, Point

LOCK = 0x7D1E
LONGEST = 300
EAST = 0.96  # a degree of longitude against one of latitude, in the middle of the country
TABLES = {OFFICE: Office, FACILITY: Facility, POINT: Point}
# What fits equally: hospitals before stations, offices of a province before those below, points last.
_WEIGHT = {OFFICE: 300, FACILITY: 200, POINT: 100}
_BY_NAME = (("benh vien", 60), ("trung tam y te", 40), ("phong kham", 30), ("tram y te", 10))
_COLUMNS = (
    *("kind", "code", "name", "folded", "address", "phone", "words", "weight", "province_code"),
    *("commune_code", "served", "services", "hours", "spot", "latitude", "longitude", "valid_from"),
    *("valid_until", "closed_days", "is_synthetic", "as_of"),
)
_AT_ONCE = 5_000


def refresh(*, wait: bool = True) -> int:
    """Bring the index up to date; returns how many lines were written or taken away.

    One at a time: without `wait` nothing is done while another is at it, which takes the same changes or
    leaves them to the next.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        else:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return 0
        cursor.execute(
            "DELETE FROM directory_place WHERE NOT EXISTS (SELECT 1 FROM directory_edition)"
        )  # lines of a time before there were sets
        done = sum(_refresh(cursor, kind) for kind in KINDS)
        cursor.execute("SELECT 1 FROM directory_edition WHERE number = 0")  # as a migration leaves it
        if done or cursor.fetchone():
            _learn(cursor, bitmaps.make(cursor))
    return done


def _refresh(cursor: Any, kind: str) -> int:
    table = TABLES[kind]._meta.db_table
    cursor.execute(
        "DELETE FROM directory_place p WHERE p.kind = %s AND NOT EXISTS "  # noqa: S608 - names of ours
        f"(SELECT 1 FROM {table} s WHERE s.code = p.code AND s.as_of = p.as_of) RETURNING p.code",
        [kind],
    )
    gone = {code for (code,) in cursor.fetchall()}
    cursor.execute(
        f"SELECT s.code FROM {table} s WHERE NOT EXISTS "  # noqa: S608
        "(SELECT 1 FROM directory_place p WHERE p.kind = %s AND p.code = s.code)",
        [kind],
    )
    new = [code for (code,) in cursor.fetchall()]
    for first in range(0, len(new), _AT_ONCE):
        _write(cursor, kind, new[first : first + _AT_ONCE])
    return len(gone | set(new))


def _write(cursor: Any, kind: str, codes: list[str]) -> None:
    # All at once, since the COPY has the connection to itself.
    lines = [_line(kind, row) for row in TABLES[kind]._default_manager.filter(code__in=codes)]
    with cursor.copy(f"COPY directory_place ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)


def _line(kind: str, row: Any) -> tuple[object, ...]:
    name, more = words.of_name(row.name), _around(kind, row)
    spot = None if row.latitude is None or row.longitude is None else _spot(row.latitude, row.longitude)
    return (
        *(kind, row.code, row.name, " ".join(name)[:LONGEST], row.address, row.phone),
        *(_array(dict.fromkeys([*name, *more])), _weight(kind, row), row.province_code, row.commune_code),
        _array(sorted(filter(None, {row.commune_code, *_served(kind, row)}))),
        *(_array(services_of(kind, row)), json.dumps(row.hours), spot, row.latitude, row.longitude),
        *(row.valid_from, row.valid_until, _array(f"{day}" for day in row.closed_days)),
        *(row.is_synthetic, row.as_of),
    )


def _served(kind: str, row: Any) -> list[str]:
    return list(row.communes if kind == OFFICE else row.area if kind == POINT else ())


def _around(kind: str, row: Any) -> list[str]:
    """The words of where it is and whom it serves, in names of today and of before July 2025."""
    around = words.of_name(row.address)
    for code in dict.fromkeys([row.commune_code, *_served(kind, row)]):
        around += _names(code)
    for text in row.old_districts if kind == OFFICE else row.specialties if kind == FACILITY else ():
        around += words.of_name(text)
    return around


@cache
def _names(commune_code: str) -> tuple[str, ...]:
    try:
        unit = places.commune(commune_code)
    except places.UnknownPlace:
        return ()
    texts = [f"{unit.full_name} {unit.old_district} {places.province(unit.province_code).full_name}"]
    for predecessor in former.predecessors(commune_code):
        texts.append(f"{predecessor.full_name} {former.district(predecessor.district_code).name}")
    return tuple(dict.fromkeys(words.of_name(" ".join(texts))))


def services_of(kind: str, row: Any) -> list[str]:
    """The words a search filters by."""
    if kind == FACILITY:
        contracted = row.bhyt_from is not None
        return [*(["bhyt"] if contracted else []), *(["leave_papers"] if row.leave_papers else [])]
    return list(row.services)


def _weight(kind: str, row: Any) -> int:
    folded = " ".join(words.split(row.name))
    by_name = next((weight for start, weight in _BY_NAME if start in folded), 0)
    top = 50 if kind == OFFICE and row.code.endswith("00") else 0
    return _WEIGHT[kind] + by_name + top


def _spot(latitude: float, longitude: float) -> str:
    return f"({longitude * EAST:.6f},{latitude:.6f})"


def _array(items: Iterable[str]) -> str:
    return "{" + ",".join(f'"{item}"' for item in items) + "}"


def _learn(cursor: Any, vocabulary: list[str]) -> None:
    """Keep the ways to mistype each word."""
    cursor.execute("SELECT DISTINCT word FROM directory_spelling")
    known = {word for (word,) in cursor.fetchall()}
    fresh = [word for word in vocabulary if len(word) > 2 and word.isalpha() and word not in known]
    with cursor.copy("COPY directory_spelling (variant, word) FROM STDIN") as copy:
        for word in fresh:
            for variant in sorted(words.variants(word)):
                copy.write_row((variant, word))


def as_of() -> datetime | None:
    """When the newest line came from its file or edit."""
    newest: datetime | None = Place.objects.order_by("-as_of").values_list("as_of", flat=True).first()
    return newest
