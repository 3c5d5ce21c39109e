"""Generate the synthetic people of a demo as import files. One seed and day give always the same files.

All numbers are invented: BHXH codes start with 3199, phones with 0590 (given to no network when this was
written), CCCD numbers agree with sex and birth year.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from types import MappingProxyType

from vssid.domain.places import queries as places

from . import careers, names, province
from .cast import DemoEmployer, DemoOffice, DemoPeople, DemoPerson, PhotoPlan, Registrant

__all__ = ["DemoPeople", "generate"]

Row = dict[str, object]
_GOOD: dict[str, PhotoPlan] = {"front": "good", "back": "good", "portrait": "good"}
_Told = tuple[str, int, date, str]
# Full name, sex, birth date and commune of those a demo always has.
_CITIZENS: tuple[_Told, ...] = (
    ("Trần Thị Lan", 2, date(1988, 3, 14), "11311"),
    ("Nguyễn Văn Bình", 1, date(1979, 11, 2), "11341"),
    ("Lê Hoàng Phương Thảo", 2, date(1996, 7, 21), "11383"),
    ("Phạm Đức Thịnh", 1, date(1961, 1, 9), "11443"),
    ("Đỗ Thị Kim Ngân", 2, date(2003, 5, 30), "11560"),
)
_REGISTRANTS: tuple[tuple[_Told, dict[str, PhotoPlan], str], ...] = (
    (("Vũ Thị Hương Giang", 2, date(1992, 9, 8), "11311"), {}, ""),
    (("Hoàng Minh Quân", 1, date(1985, 2, 17), "11311"), {}, ""),
    (("Đặng Thị Thu Hà", 2, date(1999, 12, 25), "11602"), {}, ""),
    (("Nguyễn Đức Toàn", 1, date(1975, 6, 3), "11341"), {}, "old_cmnd"),
    (("Phạm Thị Lan", 2, date(1990, 4, 11), "11311"), {}, "name_mark"),
    (("Bùi Gia Khải", 1, date(2001, 8, 19), "11383"), {"front": "blurred"}, ""),
    (("Trịnh Thị Tuyết", 2, date(1969, 10, 5), "11311"), {"front": "dark", "back": "dark"}, ""),
    (("Ngô Xuân Trường", 1, date(1994, 1, 28), "11341"), {"front": "other_person"}, ""),
    (("Lương Thị Yến", 2, date(1983, 7, 7), "11413"), {"back": "not_a_card"}, ""),
    (("Cao Quang Vinh", 1, date(1998, 3, 3), "11581"), {}, ""),
)
_REGISTER_NAMES = {"Phạm Thị Lan": "Phạm Thị Lân"}


def generate(out: Path, people: int, seed: int, today: date | None = None) -> DemoPeople:
    """Write offices, employers, facilities, people, participation and coverage to `out`; tell who is who.

    `people` counts everybody; the named citizens and registrants come first.
    """
    rng, day = Random(seed), today or date.today()  # noqa: S311, DTZ011  # play data; any day near now will do
    out.mkdir(parents=True, exist_ok=True)
    employers = province.employers(rng)
    told = (*_CITIZENS, *(one for one, _, _ in _REGISTRANTS))
    fixed = [_named(rng, at, one, day) for at, one in enumerate(told, 1)]
    citizens, registering = fixed[: len(_CITIZENS)], fixed[len(_CITIZENS) :]
    registrants = tuple(
        Registrant(person, MappingProxyType(_GOOD | bad), mismatch)  # type: ignore[arg-type]
        for person, (_, bad, mismatch) in zip(registering, _REGISTRANTS, strict=True)
    )
    everybody = fixed + [_anyone(rng, at, day) for at in range(len(fixed) + 1, people + 1)]
    periods, covers = _records(rng, everybody, employers, day)
    files = {
        "offices": _write(out, "offices", province.offices()),
        "employers": _write(out, "employers", employers),
        "facilities": _write(out, "facilities", province.facilities()),
        "people": _write(out, "people", _register_rows(everybody, registrants)),
        "participation": _write(out, "participation", periods),
        "coverage": _write(out, "coverage", covers),
    }
    return DemoPeople(
        offices=tuple(DemoOffice(str(row["code"]), str(row["name"])) for row in province.offices()),
        employers=tuple(
            DemoEmployer(str(row["code"]), str(row["name"]), str(row["office_code"])) for row in employers
        ),
        citizens=tuple(citizens),
        registrants=registrants,
        files=MappingProxyType(files),
    )


def _named(rng: Random, number: int, told: _Told, today: date) -> DemoPerson:
    """The person with this running number, from which all their numbers follow."""
    name, sex, born, commune = told
    issued = max(date(2021, 4, 1), date(born.year + 14, born.month, min(born.day, 28)))
    issued = min(issued.replace(month=rng.randint(1, 12), day=rng.randint(1, 28)), today)
    street = names.street(rng)
    years = careers.age(born, today)
    return DemoPerson(
        bhxh_code=f"3199{number:06d}",
        full_name=name,
        birth_date=born,
        sex=sex,
        id_number=_cccd(born, sex, number),
        old_id_number=f"031{number:06d}" if born.year < 2000 else "",
        id_issued_on=issued,
        id_expires_on=_expiry(born, issued),
        phone=f"0590{number:06d}" if years >= 14 else "",
        email="",
        street=street,
        commune_code=commune,
        province_code=province.PROVINCE,
        address=places.address_line(street, commune, province.PROVINCE),
        office_code=province.office_of(commune),
    )


def _cccd(born: date, sex: int, number: int) -> str:
    century = (born.year // 100 - 19) * 2 + (sex - 1)
    return f"031{century}{born:%y}{number:06d}"


def _expiry(born: date, issued: date) -> date | None:
    """The birthday at 25, 40 or 60 after the issue; without end from 58 on (Law on identification) [M]."""
    for years in (25, 40, 60):
        birthday = date(born.year + years, born.month, min(born.day, 28))
        if (birthday - issued).days > 730:
            return birthday
    return None


def _anyone(rng: Random, number: int, today: date) -> DemoPerson:
    sex = rng.choice((1, 2))
    years = rng.choices((3, 12, 25, 40, 55, 70), (5, 10, 28, 30, 17, 10))[0] + rng.randint(-3, 8)
    born = date(today.year - max(years, 0) - 1, rng.randint(1, 12), rng.randint(1, 28))
    commune = rng.choice(_communes()).code
    return _named(rng, number, (names.full_name(rng, sex), sex, born, commune), today)


def _communes() -> Sequence[places.Commune]:
    return [unit for unit in places.communes_of(province.PROVINCE) if unit.code >= "11311"]


def _records(
    rng: Random, everybody: Iterable[DemoPerson], employers: Sequence[Row], today: date
) -> tuple[list[Row], list[Row]]:
    codes = tuple(str(row["code"]) for row in employers)
    facilities = tuple(str(row["code"]) for row in province.facilities())
    late = frozenset(rng.sample(codes[1:], 6))
    periods: list[Row] = []
    covers: list[Row] = []
    for person in everybody:
        life = careers.Life(
            person.bhxh_code, person.birth_date, today, person.office_code, codes, late, facilities
        )
        mine = careers.participation(rng, life)
        periods += mine
        covers += careers.coverage(rng, life, works=bool(mine) and not mine[-1].get("to_month"))
    return periods, covers


def _register_rows(everybody: Iterable[DemoPerson], registrants: Iterable[Registrant]) -> list[Row]:
    """The register's view: for registrants with a mismatch, not what their card says."""
    mismatch = {one.person.bhxh_code: one.mismatch for one in registrants}
    return [_register_row(person, mismatch.get(person.bhxh_code, "")) for person in everybody]


def _register_row(person: DemoPerson, mismatch: str) -> Row:
    only_old = mismatch == "old_cmnd"
    return {
        "bhxh_code": person.bhxh_code,
        "full_name": _REGISTER_NAMES[person.full_name] if mismatch == "name_mark" else person.full_name,
        "birth_date": person.birth_date.isoformat(),
        "sex": person.sex,
        "id_number": person.old_id_number if only_old else person.id_number,
        "old_id_number": "" if only_old else person.old_id_number,
        "id_issued_on": "" if only_old or not person.phone else person.id_issued_on.isoformat(),
        "phone": person.phone,
        "email": person.email,
        "household_code": f"3198{person.bhxh_code[4:]}",
        "household_relation": "00",
        "street": person.street,
        "commune_code": person.commune_code,
        "province_code": person.province_code,
        "office_code": person.office_code,
    }


def _write(out: Path, kind: str, rows: list[Row]) -> Path:
    path = out / f"{kind}.csv"
    names_of_columns = list(dict.fromkeys(name for row in rows[:200] for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names_of_columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
