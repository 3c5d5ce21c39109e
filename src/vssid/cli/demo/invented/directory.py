"""A synthetic directory of the whole country: offices, facilities, collectors and collection points.

Over the real communes and where they lie; every name says that it is made up. Offices of Hải Phòng are those
of `province`. Codes go by the number of the former province: facility `01A07`, office `00107`; the form of a
point's official code is not known [?], ours is P and seven digits.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from vssid.domain.places import former, positions
from vssid.domain.places import queries as places

from .names import full_name, street
from .province import CAPITAL, HEAD, HEAD_NAME, PROVINCE

Row = dict[str, object]
FACILITIES, OFFICES, POINTS = 13_000, 3_600, 60_000
_WEEK = (
    "2-6 07:30-11:30 13:30-17:00",
    "2-6 07:00-11:30 13:00-16:30",
    "2-6 08:00-12:00 13:30-17:00; 7 08:00-11:30",
)
_DAY_AND_NIGHT = "2-8 00:00-23:59"
_SPECIALTIES = (
    "Nội khoa", "Ngoại khoa", "Sản phụ khoa", "Nhi khoa", "Mắt", "Tai mũi họng", "Răng hàm mặt",
    "Y học cổ truyền", "Phục hồi chức năng", "Tim mạch", "Ung bướu", "Truyền nhiễm", "Da liễu",
)  # fmt: skip
_SPECIAL = (
    "Bệnh viện Nhi", "Bệnh viện Phụ sản", "Bệnh viện Mắt", "Bệnh viện Y học cổ truyền",
    "Bệnh viện Phục hồi chức năng", "Bệnh viện Lao và Bệnh phổi", "Bệnh viện Tâm thần", "Bệnh viện Ung bướu",
)  # fmt: skip
_COLLECTORS = (("BD", "Tổng công ty Bưu điện (mẫu)"), ("PV", "Công ty Dịch vụ Bảo hiểm Phương Việt (mẫu)"))
_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class _Area:
    """A commune of today with the number of the former province most of it came from."""

    unit: places.Commune
    old: str
    at: positions.Position


def files(seed: int, share: float = 1.0) -> Iterator[tuple[str, Iterator[Row]]]:
    """Kind and rows of each file, in the order to import them; `share` of the whole country's numbers."""
    areas = _areas()
    yield "offices", _offices(Random(f"offices:{seed}"), areas, round(OFFICES * share))  # noqa: S311
    yield "facilities", _facilities(Random(f"facilities:{seed}"), areas, round(FACILITIES * share))  # noqa: S311
    yield "collectors", _collectors()
    yield "points", _points(Random(f"points:{seed}"), areas, round(POINTS * share))  # noqa: S311


def write(out: Path, seed: int, share: float = 1.0) -> dict[str, Path]:
    """Write each file as CSV; kind → path, in the order to import them."""
    out.mkdir(parents=True, exist_ok=True)
    made = {}
    for kind, rows in files(seed, share):
        path = out / f"directory-{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            first = next(rows)
            writer = csv.DictWriter(file, list(first))
            writer.writeheader()
            writer.writerow(first)
            writer.writerows(rows)
        made[kind] = path
    return made


def _areas() -> list[_Area]:
    areas = []
    for province in places.provinces():
        for unit in places.communes_of(province.code):
            before = former.predecessors(unit.code)
            old = former.district(before[0].district_code).province_code if before else province.code
            try:
                areas.append(_Area(unit, old, positions.position(unit.code)))
            except places.UnknownPlace:
                continue
    return areas


def _spread(rng: Random, areas: Sequence[_Area], count: int) -> list[_Area]:
    """Each area about as often as any other, in an order that is always the same."""
    whole, rest = divmod(count, len(areas))
    chosen = [*areas] * whole + rng.sample(list(areas), rest)
    rng.shuffle(chosen)
    return chosen


def _located(rng: Random, area: _Area, hours: str) -> Row:
    half = math.sqrt(area.at.area or 20) / 2 * 0.6  # kilometres from the middle
    return {
        "address": places.address_line(street(rng), area.unit.code, area.unit.province_code),
        "hours": hours,
        "province_code": area.unit.province_code,
        "commune_code": area.unit.code,
        "latitude": f"{area.at.latitude + rng.uniform(-half, half) / 111:.6f}",
        "longitude": f"{area.at.longitude + rng.uniform(-half, half) / 107:.6f}",
        "is_synthetic": 1,
        "mark": "[?]",
    }


def _head(areas: Sequence[_Area]) -> Row:
    seat = next(area for area in areas if area.unit.province_code == CAPITAL)
    return {
        "code": HEAD,
        "parent_code": "",
        "name": HEAD_NAME,
        "phone": "024 0000 0000",
        "communes": "",
        "old_districts": "",
        "receives_applications": 0,
        "services": "",
        **_located(Random(HEAD), seat, _WEEK[0]),  # noqa: S311
    }


def _offices(rng: Random, areas: Sequence[_Area], count: int) -> Iterator[Row]:
    elsewhere = [area for area in areas if area.unit.province_code != PROVINCE]
    taken: dict[str, int] = {}
    yield _head(elsewhere)
    for area in _spread(rng, elsewhere, count * 2):
        number = taken.get(area.old, -1) + 1
        if number > 99:  # a code has room for a hundred
            continue
        if sum(taken.values()) + len(taken) >= count:
            return
        taken[area.old] = number
        top = number == 0
        name = places.province(area.unit.province_code).full_name if top else area.unit.full_name
        yield {
            "code": f"0{area.old}{number:02d}",
            "parent_code": HEAD if top else f"0{area.old}00",
            "name": f"BHXH {name[0].lower()}{name[1:]} (mẫu)" if number < 1 else f"BHXH cơ sở {name} (mẫu)",
            "phone": f"0200 {rng.randint(0, 999):03d} {rng.randint(0, 9999):04d}",
            "communes": area.unit.code,
            "old_districts": area.unit.old_district,
            "receives_applications": 0 if top else 1,
            "services": "registration payment card record",
            **_located(rng, area, rng.choice(_WEEK)),
        }


def _facilities(rng: Random, areas: Sequence[_Area], count: int) -> Iterator[Row]:
    taken: dict[str, int] = {}
    for area in _spread(rng, areas, count):
        number = taken.get(area.old, -1) + 1
        if number >= len(_LETTERS) * 100:
            continue
        taken[area.old] = number
        name, level = _facility_name(rng, area)
        station = name.startswith("Trạm")
        yield {
            "code": f"{area.old}{_LETTERS[number // 100]}{number % 100:02d}",
            "name": f"{name} (mẫu)",
            "phone": f"0200 {rng.randint(0, 999):03d} {rng.randint(0, 9999):04d}",
            "level": level,
            "bhyt_from": "2025-01-01" if rng.random() < 0.95 else "",
            "leave_papers": 0 if station else int(rng.random() < 0.9),
            "specialties": "" if station else " | ".join(rng.sample(_SPECIALTIES, rng.randint(1, 4))),
            **_located(rng, area, rng.choice(_WEEK) if station else _DAY_AND_NIGHT),
        }


def _facility_name(rng: Random, area: _Area) -> tuple[str, str]:
    where, province = area.unit, places.province(area.unit.province_code)
    kind = rng.choices(("station", "clinic", "centre", "hospital", "special"), (68, 17, 6, 7, 2))[0]
    if kind == "station":
        return f"Trạm Y tế {where.kind} {where.name}", "initial"
    if kind == "clinic":
        return f"Phòng khám Đa khoa {rng.choice(('An Bình', 'Tâm Đức', 'Hồng Ngọc', where.name))}", "initial"
    if kind == "centre":
        return f"Trung tâm Y tế {where.old_district or 'khu vực ' + where.name}", "basic"
    if kind == "hospital":
        return f"Bệnh viện Đa khoa khu vực {where.name}", "basic"
    return f"{rng.choice(_SPECIAL)} {province.name}", "specialised"


def _collectors() -> Iterator[Row]:
    for code, name in _COLLECTORS:
        yield {"code": code, "name": name, "phone": "1900 0000", "is_synthetic": 1, "mark": "[?]"}


def _points(rng: Random, areas: Sequence[_Area], count: int) -> Iterator[Row]:
    for number, area in enumerate(_spread(rng, areas, count), 1):
        post = rng.random() < 0.4
        person = full_name(rng, rng.choice((1, 2)))
        what = "Bưu cục" if post else "Đại lý thu"
        yield {
            "code": f"P{number:07d}",
            "name": f"{what} {area.unit.full_name}{'' if post else ' · ' + person} (mẫu)",
            "collector_code": "BD" if post else "PV",
            "person_in_charge": person,
            "services": rng.choices(
                ("voluntary_bhxh household_bhyt", "household_bhyt", "voluntary_bhxh"), (75, 18, 7)
            )[0],
            "phone": f"0590 {rng.randint(0, 999):03d} {rng.randint(0, 999):03d}",
            "area": area.unit.code,
            **_located(rng, area, rng.choice(_WEEK)),
        }
