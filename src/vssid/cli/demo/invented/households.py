"""Invented people, household by household, without end to memory: nothing is kept of those before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from random import Random

from vssid.domain.places import queries as places

from ..cast import DemoPerson
from . import careers, names, province

# Relations to the head: 00 is the portal's; the other numbers are ours.
HEAD, SPOUSE, CHILD = "00", "01", "02"


@dataclass(frozen=True, slots=True)
class Home:
    """Where a household lives. `head` is the running number of its head."""

    head: int
    street: str
    commune_code: str


def people(rng: Random, first: int, last: int, today: date) -> Iterator[DemoPerson]:
    """People with the running numbers from `first` to `last`."""
    number = first
    while number <= last:
        size = min(rng.choices((1, 2, 3, 4, 5), (18, 22, 27, 24, 9))[0], last - number + 1)
        yield from _household(rng, number, size, today)
        number += size


def person(
    rng: Random, number: int, told: tuple[str, int, date], home: Home, today: date, relation: str = HEAD
) -> DemoPerson:
    """The person with this running number, from which all their numbers follow."""
    name, sex, born = told
    issued = max(date(2021, 4, 1), date(born.year + 14, born.month, min(born.day, 28)))
    issued = min(issued.replace(month=rng.randint(1, 12), day=rng.randint(1, 28)), today)
    return DemoPerson(
        bhxh_code=f"{3_199_000_000 + number}",
        full_name=name,
        birth_date=born,
        sex=sex,
        id_number=_cccd(born, sex, number),
        old_id_number=f"{31_000_000 + number:09d}" if born.year < 2000 else "",
        id_issued_on=issued,
        id_expires_on=_expiry(born, issued),
        # The block that no network has holds a million; beyond that people share a phone.
        phone=f"0{590_000_000 + number % 1_000_000}" if careers.age(born, today) >= 14 else "",
        email="",
        street=home.street,
        commune_code=home.commune_code,
        province_code=province.PROVINCE,
        address=places.address_line(home.street, home.commune_code, province.PROVINCE),
        office_code=province.office_of(home.commune_code),
        household_code=f"{3_198_000_000 + home.head}",
        household_relation=relation,
    )


def _cccd(born: date, sex: int, number: int) -> str:
    century = (born.year // 100 - 19) * 2 + (sex - 1)
    return f"{31 + number // 1_000_000:03d}{century}{born:%y}{number % 1_000_000:06d}"


def _expiry(born: date, issued: date) -> date | None:
    """The birthday at 25, 40 or 60 after the issue; without end from 58 on (Law on identification) [M]."""
    for years in (25, 40, 60):
        birthday = date(born.year + years, born.month, min(born.day, 28))
        if (birthday - issued).days > 730:
            return birthday
    return None


def _household(rng: Random, number: int, size: int, today: date) -> Iterator[DemoPerson]:
    """The head, then the spouse, then children with the father's family name."""
    home = Home(number, names.street(rng), rng.choice(_communes()).code)
    sex = rng.choice((1, 2))
    years = rng.choices((25, 40, 55, 70), (33, 35, 20, 12))[0] + rng.randint(-4, 9)
    born = _born(rng, today.year - years - 1)
    head = person(rng, number, (names.full_name(rng, sex), sex, born), home, today)
    yield head
    if size == 1:
        return
    other = _born(rng, min(born.year + rng.randint(-5, 5), today.year - 20))
    spouse = (names.full_name(rng, 3 - sex), 3 - sex, other)
    yield person(rng, number + 1, spouse, home, today, SPOUSE)
    family = names.family_of(head.full_name if sex == 1 else spouse[0])
    mother = other.year if sex == 1 else born.year
    for at in range(2, size):
        kind = rng.choice((1, 2))
        child = _born(rng, min(mother + rng.randint(20, 38), today.year - 1))
        told = (names.full_name(rng, kind, family), kind, child)
        yield person(rng, number + at, told, home, today, CHILD)


def _born(rng: Random, year: int) -> date:
    return date(year, rng.randint(1, 12), rng.randint(1, 28))


@lru_cache(maxsize=1)
def _communes() -> Sequence[places.Commune]:
    return [unit for unit in places.communes_of(province.PROVINCE) if unit.code >= "11311"]
