"""Who a demo is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

PhotoPlan = Literal["good", "blurred", "dark", "other_person", "not_a_card"]


@dataclass(frozen=True, slots=True)
class DemoOffice:
    """An office of the demo."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DemoEmployer:
    """An employer of the demo."""

    code: str
    name: str
    office_code: str


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person of the demo, as their own papers say. `sex` 1 nam, 2 nữ; `phone` as people write it."""

    bhxh_code: str
    full_name: str
    birth_date: date
    sex: int
    id_number: str
    old_id_number: str
    id_issued_on: date
    id_expires_on: date | None
    phone: str
    email: str
    street: str
    commune_code: str
    province_code: str
    address: str
    office_code: str
    household_code: str
    household_relation: str


@dataclass(frozen=True, slots=True)
class Registrant:
    """A person without an account who is ready to register.

    `photos` says how to draw each picture. `mismatch` names what the register holds otherwise than the card:
    empty, `old_cmnd` (only the old number) or `name_mark` (a mark in the name).
    """

    person: DemoPerson
    photos: Mapping[Literal["front", "back", "portrait"], PhotoPlan]
    mismatch: Literal["", "old_cmnd", "name_mark"]


@dataclass(frozen=True, slots=True)
class DemoPeople:
    """What was generated. `files` maps a kind of import to its file, in the order to import them.

    `neighbours` are some of the many, without an account, who could register.
    `children` are the first citizen's. `rows` and `wrong` count the good and the spoilt rows of each file.
    """

    offices: tuple[DemoOffice, ...]
    employers: tuple[DemoEmployer, ...]
    citizens: tuple[DemoPerson, ...]
    children: tuple[DemoPerson, ...]
    registrants: tuple[Registrant, ...]
    neighbours: tuple[DemoPerson, ...]
    files: Mapping[str, Path]
    rows: Mapping[str, int]
    wrong: Mapping[str, int]
