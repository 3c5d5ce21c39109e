"""Districts and communes until 2025-06-30, and the communes of today that each became."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from .queries import DATA, UnknownPlace

LIST_VERSION = "2025-06-30"


@dataclass(frozen=True, slots=True)
class District:
    """A district, with its kind in the name; `province_code` is of the 63 provinces."""

    code: str
    name: str
    province_code: str


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune until 2025-06-30.

    `successors` are codes of today's communes. One that was divided has several: the part that most of it
    became comes first. Five island districts had no communes: each stands here once, without code and name.
    """

    code: str
    name: str
    kind: str
    district_code: str
    successors: tuple[str, ...]

    @property
    def full_name(self) -> str:
        """With its kind: `Phường Hoàng Văn Thụ`; empty for an island district's only entry."""
        return f"{self.kind[:1].upper()}{self.kind[1:]} {self.name}".strip()


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / "former_units.json").read_text(encoding="utf-8"))
    if content["version"] != LIST_VERSION:
        raise RuntimeError("data/former_units.json and LIST_VERSION are of different dates")
    return content


@lru_cache(maxsize=1)
def _districts() -> MappingProxyType[str, District]:
    rows = _content()["districts"].items()
    return MappingProxyType({code: District(code, name, province) for code, (province, name) in rows})


@lru_cache(maxsize=1)
def _communes() -> tuple[FormerCommune, ...]:
    return tuple(
        FormerCommune(code, name, kind, district, tuple(successors))
        for code, kind, name, district, successors in _content()["communes"]
    )


@lru_cache(maxsize=1)
def _by_code() -> MappingProxyType[str, FormerCommune]:
    return MappingProxyType({unit.code: unit for unit in _communes() if unit.code})


@lru_cache(maxsize=1)
def _by_successor() -> MappingProxyType[str, tuple[FormerCommune, ...]]:
    by_code: dict[str, list[FormerCommune]] = {}
    for unit in _communes():
        for code in unit.successors:
            by_code.setdefault(code, []).append(unit)
    return MappingProxyType({code: tuple(units) for code, units in by_code.items()})


def commune(code: str) -> FormerCommune:
    """What a five-digit code meant until 2025-06-30. Raises UnknownPlace."""
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownPlace(code) from None


def districts_of(province_code: str) -> list[District]:
    """The districts of one of the 63 provinces, by code. Empty for an unknown province."""
    return [unit for unit in _districts().values() if unit.province_code == province_code]


def district(code: str) -> District:
    """The district of a three-digit code. Raises UnknownPlace."""
    try:
        return _districts()[code]
    except KeyError:
        raise UnknownPlace(code) from None


def communes_of(district_code: str) -> list[FormerCommune]:
    """The communes of a district, by code. Empty for an unknown district."""
    return [unit for unit in _communes() if unit.district_code == district_code]


def successors(code: str) -> tuple[str, ...]:
    """Codes of today's communes that a former commune became, the main one first. Raises UnknownPlace.

    The same code may name another area today: what it meant before July 2025 is asked for here.
    """
    return commune(code).successors


@lru_cache(maxsize=1_000)
def became_of_district(code: str) -> tuple[str, ...]:
    """Codes of today's communes that took over a former district's; empty for an unknown code."""
    return tuple(sorted({became for unit in communes_of(code) for became in unit.successors}))


@lru_cache(maxsize=64)
def became_of_province(code: str) -> tuple[str, ...]:
    """Codes of today's communes that took over those of one of the 63 provinces; empty for an unknown one."""
    codes = {became for unit in districts_of(code) for became in became_of_district(unit.code)}
    return tuple(sorted(codes))


def predecessors(code: str) -> tuple[FormerCommune, ...]:
    """The former communes that today's commune took over, whole or in part; empty for an unknown code."""
    return _by_successor().get(code, ())
