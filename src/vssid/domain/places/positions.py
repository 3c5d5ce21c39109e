"""Where communes lie."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from .queries import DATA, UnknownPlace


@dataclass(frozen=True, slots=True)
class Position:
    """The middle of a commune in degrees (WGS 84); its area in square kilometres, None where unknown."""

    latitude: float
    longitude: float
    area: float | None


@lru_cache(maxsize=1)
def _positions() -> MappingProxyType[str, Position]:
    with (DATA / "positions.csv").open(encoding="utf-8") as rows:
        return MappingProxyType(
            {
                row["commune_code"]: Position(
                    float(row["latitude"]),
                    float(row["longitude"]),
                    float(row["area_km2"]) if row["area_km2"] else None,
                )
                for row in csv.DictReader(rows)
            }
        )


def position(commune_code: str) -> Position:
    """The position of a commune of today's list. Raises UnknownPlace."""
    try:
        return _positions()[commune_code]
    except KeyError:
        raise UnknownPlace(commune_code) from None
