"""Where a list of places is narrowed to: units of today, or those until June 2025, and what these became."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from vssid.domain.places import former
from vssid.domain.places import queries as places
from vssid.web.ui.forms.choices import commune_choices

OLD = "cu-"  # before the code of a province until June 2025: many codes stand in both lists
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Area:
    """Codes of units, each within the one before: of today, or of the former lists, never both."""

    province: str = ""
    commune: str = ""
    former_province: str = ""
    district: str = ""
    former_commune: str = ""

    @classmethod
    def of(cls, get: Mapping[str, str]) -> Area:
        """Read `tinh`, `xa`, `huyen` and `xa-cu`; what does not lie in what stands above it is left out.

        A unit without the one above it, as in a link, says that one too.
        """
        top = get.get("tinh")
        old = _known(former.commune, get.get("xa-cu"))
        district = _known(former.district, get.get("huyen")) or (
            former.district(old.district_code) if old and not top and "huyen" not in get else None
        )
        commune = _known(places.commune, get.get("xa"))
        if top is None and district:
            top = OLD + district.province_code
        if top is None and commune:
            top = commune.province_code
        top = top or ""
        if top.startswith(OLD) or not any(known.code == top for known in places.provinces()):
            province = places.former_province(top.removeprefix(OLD)[:2])
            if province is None:
                return cls()
            if district is None or district.province_code != province.code:
                return cls(former_province=province.code)
            within = old is not None and old.district_code == district.code
            return cls(
                former_province=province.code,
                district=district.code,
                former_commune=old.code if old and within else "",
            )
        within = commune is not None and commune.province_code == top
        return cls(province=top, commune=commune.code if commune and within else "")

    @property
    def top(self) -> str:
        """What the choice of the province has: a code of today, or OLD and a former one."""
        return OLD + self.former_province if self.former_province else self.province

    def asked(self) -> dict[str, str]:
        """As in an address."""
        return {
            "tinh": self.top,
            "xa": self.commune,
            "huyen": self.district,
            "xa-cu": self.former_commune,
        }

    def named(self) -> Iterator[tuple[str, Area]]:
        """Each unit by name, the widest first, with what is left without it."""
        if self.former_province and (province := places.former_province(self.former_province)):
            yield _("%(name)s (trước 7/2025)") % {"name": province.name}, Area()
        if self.district:
            yield former.district(self.district).name, replace(self, district="", former_commune="")
        if self.former_commune:
            yield former.commune(self.former_commune).full_name, replace(self, former_commune="")
        if self.province:
            yield places.province(self.province).full_name, Area()
        if self.commune:
            yield places.commune(self.commune).full_name, replace(self, commune="")

    def became(self) -> list[str]:
        """Names of today of the former unit that was chosen; none for one of today."""
        if self.former_commune:
            return [places.commune(code).full_name for code in former.successors(self.former_commune)]
        if self.district:
            return [places.commune(code).full_name for code in former.became_of_district(self.district)]
        province = places.former_province(self.former_province)
        return [places.province(province.successor_code).full_name] if province else []

    def choices(self) -> dict[str, Any]:
        """What the form offers: provinces of both lists, and what lies in the chosen one."""
        districts = sorted(former.districts_of(self.former_province), key=lambda district: district.name)
        communes = sorted(former.communes_of(self.district), key=lambda commune: commune.name)
        return {
            "provinces": places.provinces(),
            "former_provinces": [
                (OLD + former_province.code, former_province.name)
                for former_province in places.former_provinces()
            ],
            "communes": commune_choices(self.province)[1:] if self.province else [],
            "districts": [(district.code, district.name) for district in districts],
            "former_communes": [(commune.code, commune.full_name) for commune in communes if commune.code],
        }


def _known(find: Callable[[str], T], code: str | None) -> T | None:
    try:
        return find(code or "")
    except places.UnknownPlace:
        return None
