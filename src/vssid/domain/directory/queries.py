"""Find facilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vssid.domain.places import former
from vssid.domain.places import queries as places
from vssid.kernel.text import fold

from . import search as search_module
from .index import TABLES
from .kinds import KINDS, OFFICE, POINT
from .models import Collector, Facility
from .models import Place as Line
from .search import Place


@dataclass(frozen=True, slots=True)
class FacilityView:
    """A facility as shown to people. `level`: initial, basic, specialised, or empty where it is not known."""

    code: str
    name: str
    address: str
    province_code: str
    is_synthetic: bool
    level: str


def facility(code: str) -> FacilityView | None:
    """The facility of a code, None when the list does not have it."""
    row = Facility.objects.filter(code=code).first()
    return _view(row) if row else None


def facility_name(code: str) -> str:
    """Its name, or empty when the list does not have it: cards may name facilities we do not know."""
    return Facility.objects.filter(code=code).values_list("name", flat=True).first() or ""


def facilities_in(province_code: str) -> list[FacilityView]:
    """Facilities of a province by code."""
    return [_view(row) for row in Facility.objects.filter(province_code=province_code).order_by("code")]


def search(province_code: str, text: str, *, limit: int = 20) -> list[FacilityView]:
    """Facilities of a province with every word in code, name or address, without marks; names first."""
    words = fold(text).split()
    every = facilities_in(province_code)
    matching = [place for place in every if _has(f"{place.code} {place.name} {place.address}", words)]
    return sorted(matching, key=lambda place: (not _has(place.name, words), fold(place.name)))[:limit]


def _has(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _view(row: Facility) -> FacilityView:
    return FacilityView(row.code, row.name, row.address, row.province_code, row.is_synthetic, row.level)


@dataclass(frozen=True, slots=True)
class Detail:
    """A place with what only its own page tells.

    `area` are names of communes, `before` of those until June 2025 by district.
    """

    place: Place
    level: str
    specialties: tuple[str, ...]
    bhyt_until: date | None
    collector: str
    person_in_charge: str
    area: tuple[str, ...]
    before: tuple[str, ...]
    as_of: datetime


def detail(kind: str, code: str) -> Detail | None:
    """One place by kind and code; None when the index has it not."""
    line = Line.objects.filter(kind=kind, code=code).first() if kind in KINDS else None
    if line is None:
        return None
    row: Any = TABLES[kind]._default_manager.get(code=code)
    served = row.communes if kind == OFFICE else row.area if kind == POINT else []
    return Detail(
        place=search_module.place(kind, code),
        level=getattr(row, "level", ""),
        specialties=tuple(getattr(row, "specialties", ())),
        bhyt_until=getattr(row, "bhyt_until", None),
        collector=row.collector.name if kind == POINT and row.collector else "",
        person_in_charge=getattr(row, "person_in_charge", ""),
        area=tuple(
            places.commune(commune_code).full_name
            for commune_code in served
            if places.is_commune(commune_code)
        ),
        before=_before(row.commune_code),
        as_of=row.as_of,
    )


def _before(commune_code: str) -> tuple[str, ...]:
    """The former communes here, after the name of their district: `Quận Hồng Bàng: Phường Sở Dầu, …`."""
    by_district: dict[str, list[str]] = {}
    for commune in former.predecessors(commune_code) if commune_code else ():
        by_district.setdefault(former.district(commune.district_code).name, []).append(commune.full_name)
    return tuple(
        ": ".join(filter(None, (district, ", ".join(filter(None, names)))))
        for district, names in by_district.items()
    )


def everything(kind: str) -> Iterator[Place]:
    """Every place of a kind by code, a few thousand at a time."""
    last = ""
    while rows := list(
        Line.objects.filter(kind=kind, code__gt=last).order_by("code").values_list("code", flat=True)[:2000]
    ):
        yield from search_module.whole([(kind, code) for code in rows])
        last = rows[-1]


@dataclass(frozen=True, slots=True)
class CollectorView:
    """An organisation that collects contributions."""

    code: str
    name: str
    phone: str
    is_synthetic: bool


def collectors() -> list[CollectorView]:
    """All of them by code; a country has a few."""
    rows = Collector.objects.order_by("code")
    return [CollectorView(row.code, row.name, row.phone, row.is_synthetic) for row in rows]


def count(kind: str) -> int:
    """How many places of a kind the index has."""
    return Line.objects.filter(kind=kind).count()


def codes(kind: str, limit: int, offset: int) -> list[str]:
    """Codes of a kind in order."""
    rows = Line.objects.filter(kind=kind).order_by("code").values_list("code", flat=True)
    return list(rows[offset : offset + limit])
