"""Find facilities."""

from __future__ import annotations

from dataclasses import dataclass

from vssid.kernel.text import fold

from .models import Facility


@dataclass(frozen=True, slots=True)
class FacilityView:
    """A facility as shown to people."""

    code: str
    name: str
    address: str
    province_code: str
    is_synthetic: bool


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
    found = [one for one in every if _has(f"{one.code} {one.name} {one.address}", words)]
    return sorted(found, key=lambda one: (not _has(one.name, words), fold(one.name)))[:limit]


def _has(text: str, words: list[str]) -> bool:
    folded = fold(text)
    return all(word in folded for word in words)


def _view(row: Facility) -> FacilityView:
    return FacilityView(row.code, row.name, row.address, row.province_code, row.is_synthetic)
