"""What is looked for, and what that means today: kinds, units of either list, services."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vssid.domain.places import former
from vssid.domain.places import queries as places

from .bitmaps import LIVE
from .kinds import KINDS

Names = Sequence[str]  # of sets, any of which will do


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is looked for. A place lies in a commune or serves it; the narrowest unit counts.

    `province` and `commune` are of today's lists, or of the former ones where today's have no such code;
    `former_province`, `district` and `former_commune` are those until June 2025.
    """

    kinds: tuple[str, ...] = KINDS
    province: str = ""
    district: str = ""
    commune: str = ""
    service: str = ""
    open_at: datetime | None = None
    former_province: str = ""
    former_commune: str = ""

    @property
    def makes_sense(self) -> bool:
        """Do the codes look like codes?"""
        units = (self.province, self.district, self.commune, self.former_province, self.former_commune)
        codes = (*units, self.service)
        return all(code.isascii() and code.replace("_", "").isalnum() for code in codes if code)


def conditions_of(criteria: Criteria, day: date) -> tuple[list[str], dict[str, Any]]:
    """SQL over the index and its parameters, for what the sets are not asked for: nearness."""
    conditions: list[str] = [LIVE]
    if not criteria.makes_sense:
        return ["false"], {"day": day}
    facts: dict[str, Any] = {"day": day}
    if criteria.province:
        conditions.append("province_code = %(province)s")
        facts["province"] = _province_of_today(criteria.province)
    inside = _communes(criteria)
    if inside is not None:
        conditions.append("served && %(communes)s::varchar[]")
        facts["communes"] = inside
    if criteria.service:
        conditions.append("services @> ARRAY[%(service)s]::varchar[]")
        facts["service"] = criteria.service
    return conditions, facts


def _province_of_today(code: str) -> str:
    unit = places.former_province(code)
    return unit.successor_code if unit else code


def _communes(criteria: Criteria) -> list[str] | None:
    """The communes of today that the narrowest unit stands for; None where there is none."""
    if criteria.commune and not places.is_commune(criteria.commune):
        return _became(criteria.commune)
    if criteria.commune:
        return [criteria.commune]
    if criteria.former_commune:
        return _became(criteria.former_commune)
    if criteria.district:
        return list(former.became_of_district(criteria.district))
    if criteria.former_province:
        return list(former.became_of_province(criteria.former_province))
    return None


def _became(former_commune: str) -> list[str]:
    try:
        return list(former.successors(former_commune))
    except places.UnknownPlace:
        return []


def filters_of(criteria: Criteria) -> list[Names] | None:
    """Sets to stay within; None where a filter can fit no place."""
    if not criteria.makes_sense:
        return None
    filters: list[Names] = [[f"=kind:{kind}" for kind in criteria.kinds]]
    if criteria.province:
        filters.append([f"=province:{_province_of_today(criteria.province)}"])
    if (inside := _communes(criteria)) is not None:
        filters.append([f"=commune:{code}" for code in inside])
    if criteria.service:
        filters.append([f"=service:{criteria.service}"])
    return filters
