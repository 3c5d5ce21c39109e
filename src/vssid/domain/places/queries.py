"""Provinces and communes as they are now, and the provinces they came from."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from vssid.kernel.text import fold, tidy

LIST_VERSION = "2025-10-18"
DATA = files("vssid.domain.places") / "data"


@dataclass(frozen=True, slots=True)
class Province:
    """A province or centrally run city; `kind` is `tỉnh` or `thành phố`."""

    code: str
    name: str
    kind: str = ""

    @property
    def full_name(self) -> str:
        """With its kind: `Thành phố Hải Phòng`."""
        return _with_kind(self.kind, self.name)


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone; `old_district` names its district until 2025-06-30, or is empty."""

    code: str
    name: str
    kind: str
    province_code: str
    old_district: str

    @property
    def full_name(self) -> str:
        """With its kind: `Phường Hồng Bàng`."""
        return _with_kind(self.kind, self.name)


@dataclass(frozen=True, slots=True)
class FormerProvince:
    """One of the 63 provinces until 2025-06-30 and the code of the province it became part of."""

    code: str
    name: str
    successor_code: str


def _with_kind(kind: str, name: str) -> str:
    return f"{kind[:1].upper()}{kind[1:]} {name}".strip()


class UnknownPlace(LookupError):
    """No unit of the current list has this code."""


@lru_cache(maxsize=1)
def _divisions() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / "divisions.json").read_text(encoding="utf-8"))
    if content["version"] != LIST_VERSION:
        raise RuntimeError("data/divisions.json and LIST_VERSION are of different dates")
    return content


@lru_cache(maxsize=1)
def _provinces() -> MappingProxyType[str, Province]:
    return MappingProxyType(
        {row["code"]: Province(row["code"], row["name"], row["kind"]) for row in _divisions()["provinces"]}
    )


@lru_cache(maxsize=1)
def _communes() -> MappingProxyType[str, Commune]:
    districts = _divisions()["old_districts"]
    return MappingProxyType(
        {
            code: Commune(code, name, kind, province["code"], districts.get(district, ""))
            for province in _divisions()["provinces"]
            for code, kind, name, district in province["communes"]
        }
    )


@lru_cache(maxsize=1)
def _former() -> MappingProxyType[str, FormerProvince]:
    with (DATA / "provinces_63.csv").open(encoding="utf-8") as rows:
        units = (
            FormerProvince(row["code"], row["name"], row["successor_code"]) for row in csv.DictReader(rows)
        )
        return MappingProxyType({unit.code: unit for unit in units})


def provinces() -> list[Province]:
    """The provinces, by name in Vietnamese order without marks."""
    return sorted(_provinces().values(), key=lambda unit: fold(unit.name))


def province(code: str) -> Province:
    """The province of a two-digit code. Raises UnknownPlace."""
    try:
        return _provinces()[code]
    except KeyError:
        raise UnknownPlace(code) from None


def communes_of(province_code: str) -> list[Commune]:
    """The communes of a province by former district, then name. Empty for an unknown province."""
    return list(_communes_of(province_code)) if province_code in _provinces() else []


@lru_cache(maxsize=64)
def _communes_of(province_code: str) -> tuple[Commune, ...]:
    units = (unit for unit in _communes().values() if unit.province_code == province_code)
    return tuple(sorted(units, key=lambda unit: (fold(unit.old_district) or "~", fold(unit.name), unit.code)))


def commune(code: str) -> Commune:
    """The commune of a five-digit code. Raises UnknownPlace."""
    try:
        return _communes()[code]
    except KeyError:
        raise UnknownPlace(code) from None


def is_commune(code: str) -> bool:
    """Is there a commune of this code today?"""
    return code in _communes()


def is_commune_of(code: str, province_code: str) -> bool:
    """Does the commune exist and lie in the province?"""
    unit = _communes().get(code)
    return unit is not None and unit.province_code == province_code


def former_province(code: str) -> FormerProvince | None:
    """What a two-digit province code meant until 2025-06-30: on old cards and in ID numbers."""
    return _former().get(code)


def former_provinces() -> list[FormerProvince]:
    """The 63 provinces until 2025-06-30, by name in Vietnamese order without marks."""
    return sorted(_former().values(), key=lambda unit: fold(unit.name))


def address_line(street: str, commune_code: str, province_code: str) -> str:
    """One line: `1 Phố Mẫu, Phường Hồng Bàng, Thành phố Hải Phòng`; unknown or empty parts are left out."""
    unit, top = _communes().get(commune_code), _provinces().get(province_code)
    parts = [tidy(street), unit.full_name if unit else "", top.full_name if top else ""]
    return ", ".join(part for part in parts if part)


_KINDS = re.compile(r"^(thanh pho|tinh|dac khu|phuong|xa|thi tran|quan|huyen|thi xa|tp|p|q|h|x)[. ]\s*")


def _bare(part: str) -> str:
    return _KINDS.sub("", fold(part)).strip(" .")


@lru_cache(maxsize=1)
def _province_names() -> MappingProxyType[str, str]:
    former = {_bare(unit.name): unit.successor_code for unit in _former().values()}
    return MappingProxyType(former | {_bare(unit.name): unit.code for unit in _provinces().values()})


def _commune_part(parts: list[str]) -> str:
    """The part that names the commune in [street, commune, (district,) province], or empty."""
    written = [part for part in parts[:-1] if re.match(r"(dac khu|phuong|xa|thi tran|p|x)[. ]", fold(part))]
    if written:
        return written[-1]
    # Without kinds, four parts are the form of before July 2025: street, commune, district, province.
    place = parts[-3:-2] if len(parts) >= 4 else parts[-2:-1]
    return "".join(part for part in place if not re.match(r"(quan|huyen|thi xa|q|h)[. ]", fold(part)))


def match_address(text: str) -> tuple[str, str] | None:
    """Province and commune code of a written address, to suggest; the commune is empty when not certain.

    The last part must name a province, today's or a former one; None when it does not.
    """
    parts = [part for part in (tidy(part) for part in re.split(r"[,;]", text)) if part]
    if not parts or (province_code := _province_names().get(_bare(parts[-1]))) is None:
        return None
    name = _bare(_commune_part(parts))
    codes = [unit.code for unit in communes_of(province_code) if _bare(unit.name) == name]
    return province_code, codes[0] if len(codes) == 1 else ""
