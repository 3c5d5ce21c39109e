"""Choices that forms of several doors share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from vssid.domain.places import queries as places


def province_choices() -> list[tuple[Any, Any]]:
    """Every province, an empty choice first."""
    first = ("", _("Chọn tỉnh, thành phố…"))
    return [first, *((unit.code, unit.full_name) for unit in places.provinces())]


def commune_choices(province: str) -> list[tuple[Any, Any]]:
    """The communes of a province under the names of their districts until 2025-06-30, which people know."""
    units = places.communes_of(province) if province else []
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        groups.setdefault(unit.old_district, []).append((unit.code, unit.full_name))
    named: list[tuple[Any, Any]] = [
        (_("%(district)s (trước 7/2025)") % {"district": district} if district else _("Khác"), members)
        for district, members in groups.items()
    ]
    return [("", _("Chọn phường, xã…") if units else _("Chọn tỉnh, thành phố trước")), *named]
