"""Generate synthetic people as import files, row by row. One seed and day give always the same files.

All numbers are invented: BHXH codes start with 3199, phones with 0590 (given to no network when this was
written), CCCD numbers agree with sex and birth year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from types import MappingProxyType

from .. import story
from ..cast import DemoEmployer, DemoOffice, DemoPeople, DemoPerson, PhotoPlan, Registrant
from . import care, careers, households, names, province
from .files import Files
from .households import Home

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
# The children of the first of them.
_CHILDREN: tuple[tuple[str, int, date], ...] = (
    ("Nguyễn Trần Bảo An", 2, date(2019, 4, 6)),
    ("Nguyễn Trần Gia Huy", 1, date(2022, 10, 23)),
)
# One of so many people is a second code of the one before; the first stands behind the named people.
_EACH_DOUBLE, _FIRST_DOUBLE = 250, 40
_NEIGHBOURS, _GROWN_UP = 60, 18
_REGISTER_NAMES = {"Phạm Thị Lan": "Phạm Thị Lân"}


def generate(
    out: Path,
    people: int,
    seed: int,
    today: date | None = None,
    *,
    errors: float = 0.0,
    tell: Callable[[int], None] | None = None,
) -> DemoPeople:
    """Write a file of every kind to `out`; tell who is who.

    `people` counts everybody, those with a second code twice; the named citizens and registrants come first.
    `errors` is the share of wrong rows (see `Files`). `tell` hears now and then how many people are written.
    Memory does not grow.
    """
    rng, day = Random(seed), today or date.today()  # noqa: S311, DTZ011  # play data; any day near now will do
    told = (*_CITIZENS, *(person for person, _, _ in _REGISTRANTS))
    named = [_named(rng, at, person, day) for at, person in enumerate(told, 1)]
    citizens, registering = named[: len(_CITIZENS)], named[len(_CITIZENS) :]
    home = Home(1, citizens[0].street, citizens[0].commune_code)
    children = [
        households.person(rng, at, child, home, day, households.CHILD)
        for at, child in enumerate(_CHILDREN, len(named) + 1)
    ]
    fixed = [*named, *children]
    registrants = tuple(
        Registrant(person, MappingProxyType(_GOOD | bad), mismatch)  # type: ignore[arg-type]
        for person, (_, bad, mismatch) in zip(registering, _REGISTRANTS, strict=True)
    )
    mismatch = {registrant.person.bhxh_code: registrant.mismatch for registrant in registrants}
    offices, employers = province.offices(), province.employers(rng, max(40, min(9_999, people // 250)))
    with Files(out, errors=errors, seed=seed) as files:
        files.write("offices", offices)
        files.write("employers", employers)
        files.write("facilities", province.facilities())
        work = _Work(rng, employers, day)
        work.stories = {
            citizens[0].bhxh_code: story.of_mother,
            children[0].bhxh_code: story.of_elder_child,
        }
        neighbours = _Neighbours(frozenset(person.bhxh_code for person in fixed), day)
        everybody = map(neighbours.look_at, _everybody(rng, fixed, people, day))
        _write_all(files, everybody, mismatch, work, tell)
    return DemoPeople(
        offices=tuple(DemoOffice(str(row["code"]), str(row["name"])) for row in offices),
        employers=tuple(
            DemoEmployer(str(row["code"]), str(row["name"]), str(row["office_code"])) for row in employers
        ),
        citizens=tuple(citizens),
        children=tuple(children),
        registrants=registrants,
        neighbours=tuple(neighbours.chosen),
        files=files.paths,
        rows=MappingProxyType(files.rows),
        wrong=MappingProxyType(files.wrong),
    )


def _write_all(
    files: Files,
    everybody: Iterator[DemoPerson],
    mismatch: Mapping[str, str],
    work: _Work,
    tell: Callable[[int], None] | None,
) -> None:
    before: DemoPerson | None = None
    for done, person in enumerate(everybody, 1):
        if before and done % _EACH_DOUBLE == _FIRST_DOUBLE:
            _write_double(files, person, before, work)
        else:
            _write(files, person, mismatch.get(person.bhxh_code, ""), work)
        before = person
        if tell and not done % 1_000:
            tell(done)


def _everybody(rng: Random, fixed: Sequence[DemoPerson], people: int, today: date) -> Iterator[DemoPerson]:
    yield from fixed
    yield from households.people(rng, len(fixed) + 1, people, today)


class _Neighbours:
    """The first grown-ups of the many who have what an application asks for, and one code."""

    def __init__(self, named: frozenset[str], today: date) -> None:
        self.chosen: list[DemoPerson] = []
        self._named, self._today, self._number = named, today, 0

    def look_at(self, person: DemoPerson) -> DemoPerson:
        """Choose the person or not; the person goes on either way."""
        self._number += 1
        has_one_code = self._number % _EACH_DOUBLE not in {_FIRST_DOUBLE - 1, _FIRST_DOUBLE}
        is_new = person.bhxh_code not in self._named and len(self.chosen) < _NEIGHBOURS
        if is_new and has_one_code and self._could_register(person):
            self.chosen.append(person)
        return person

    def _could_register(self, person: DemoPerson) -> bool:
        grown_up = self._today.year - person.birth_date.year > _GROWN_UP
        in_force = person.id_expires_on is None or person.id_expires_on >= self._today
        return bool(person.phone and person.id_number) and grown_up and in_force


def _named(rng: Random, number: int, told: _Told, today: date) -> DemoPerson:
    name, sex, born, commune = told
    return households.person(rng, number, (name, sex, born), Home(number, names.street(rng), commune), today)


class _Work:
    """Where people work and are cared for; some employers owe contributions, some have stopped."""

    def __init__(self, rng: Random, employers: Sequence[Row], today: date) -> None:
        self.rng, self.today = rng, today
        self.stories: Mapping[str, Callable[[careers.Life], story.Told]] = {}
        self.employers = tuple(str(row["code"]) for row in employers)
        self.late = frozenset(rng.sample(self.employers[1:], max(6, len(employers) // 7)))
        self.in_state = tuple(code for code in self.employers if code.startswith("HC"))
        self.stopped = frozenset(self.employers[9::10])
        self.facilities = tuple(str(row["code"]) for row in province.facilities())

    def life(self, person: DemoPerson) -> careers.Life:
        """What decides the records of a person."""
        return careers.Life(
            person.bhxh_code,
            person.birth_date,
            self.today,
            person.office_code,
            self.employers,
            self.late,
            self.facilities,
            self.in_state,
            self.stopped,
        )


def _write(files: Files, person: DemoPerson, mismatch: str, work: _Work) -> None:
    rng, life = work.rng, work.life(person)
    if (tell := work.stories.get(person.bhxh_code)) is not None:
        _write_story(files, person, tell(life), work)
        return
    periods = careers.participation(rng, life)
    works = bool(periods) and not periods[-1].get("to_month")
    files.write("people", (register_row(person, mismatch),))
    files.write("participation", periods)
    covers = careers.coverage(rng, life, works=works)
    files.write("coverage", covers)
    paid, seen = care.benefits(rng, life, person.sex, periods), care.visits(rng, life, covers)
    files.write("benefits", paid)
    files.write("visits", seen)
    files.write("certificates", care.certificates(rng, life, paid, seen))


def _write_story(files: Files, person: DemoPerson, told: story.Told, work: _Work) -> None:
    files.write("people", (register_row(person, ""),))
    files.write("participation", told.participation)
    files.write("coverage", told.coverage)
    files.write("benefits", told.benefits)
    files.write("visits", told.visits)
    files.write("certificates", care.certificates(work.rng, work.life(person), told.benefits, told.visits))


def _write_double(files: Files, person: DemoPerson, before: DemoPerson, work: _Work) -> None:
    """A second code of the person before, with an earlier job; then the decision that the two are one."""
    double = replace(
        before, bhxh_code=person.bhxh_code, id_number="", old_id_number="", phone="", household_code=""
    )
    files.write("people", (register_row(double, ""),))
    files.write("participation", careers.participation(work.rng, work.life(double))[:3])
    decision: Row = {
        "kept_code": before.bhxh_code,
        "merged_code": double.bhxh_code,
        "decided_on": work.today,
        "decision_number": f"{person.bhxh_code[-4:]}/QĐ-BHXH",
        "office_code": before.office_code,
    }
    files.write("merges", (decision,))


def register_row(person: DemoPerson, mismatch: str = "") -> Row:
    """The register's view: with a mismatch, not what the person's card says."""
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
        "household_code": person.household_code,
        "household_relation": person.household_relation,
        "street": person.street,
        "commune_code": person.commune_code,
        "province_code": person.province_code,
        "office_code": person.office_code,
    }
