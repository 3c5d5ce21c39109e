"""Three made-up employers of 8, 800 and 12,000 workers at different stages, for a demo to look at.

The first two have HR people, one of whom works for both; the third is invited, and its code is in demo.json.
They come after the demo is ready, by the files and the importer that every employer and worker comes by.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

from vssid.kernel.actor import SYSTEM, Actor, ActorKind

from . import office_week, own_workers
from .cast import DemoPerson
from .invented import careers, households, people, province
from .invented.files import Files

Equip = Callable[[int, str], Mapping[str, str]]
KINDS = ("employers", "people", "participation", "coverage")
WORKERS = "workers.json"  # who of the second one comes as far as to send an application
# Beyond the running numbers of everybody else in a demo.
FIRST_NUMBER = 900_001
_GROWN_UP, _OLDEST, _YEARS = 20, 58, 12


@dataclass(frozen=True, slots=True)
class Big:
    """An employer: `desk` is the collection officer of the demo at whose office it is."""

    code: str
    name: str
    desk: str
    workers: int


BIG = (
    Big("TZ9801A", "Cơ sở may Hải Âu (mẫu)", "loan", 8),
    Big("TZ9802A", "Công ty Cổ phần Cơ khí Bến Bính (mẫu)", "loan", 800),
    Big("TZ9803B", "Công ty TNHH Điện tử Cát Bi (mẫu)", "hoa", 12_000),
)
# User name, name, and the roles at which of them.
HR = (
    ("tuan", "Đỗ Anh Tuấn", {"TZ9802A": "administrator"}),
    ("nga", "Phan Thúy Nga", {"TZ9801A": "administrator", "TZ9802A": "clerk"}),
)


def write(folder: Path, desks: Mapping[str, Mapping[str, str]], seed: int, today: date) -> Mapping[str, Path]:
    """Write their files; of each kind one, in the order to import them. The same seed gives the same."""
    rng = Random(f"big employers {seed}")  # noqa: S311 - play data
    with Files(folder) as files:
        workers = _workers(rng, today)
        facilities = tuple(str(row["code"]) for row in province.facilities())
        for big in BIG:
            office = desks[big.desk]["office_code"]
            files.write("employers", [province.employer(big.code, big.name, office, rng)])
            people_here = [next(workers) for _worker in range(big.workers)]
            for worker in people_here:
                _write(files, rng, worker, big, today, facilities)
            if big is BIG[1]:
                office_week.write(people_here[: own_workers.MANY], folder / WORKERS)
    return {kind: files.paths[kind] for kind in KINDS}


def _workers(rng: Random, today: date) -> Iterator[DemoPerson]:
    everybody = households.people(rng, FIRST_NUMBER, FIRST_NUMBER + 90_000, today)
    return (who for who in everybody if _GROWN_UP <= careers.age(who.birth_date, today) <= _OLDEST)


def _write(
    files: Files, rng: Random, worker: DemoPerson, big: Big, today: date, facilities: tuple[str, ...]
) -> None:
    life = careers.Life(
        worker.bhxh_code, worker.birth_date, today, worker.office_code, (big.code,), frozenset(), facilities
    )
    now = careers.month_of(today)
    begun = now - rng.randint(2, _YEARS * 12)
    grown_up = careers.month_of(worker.birth_date) + (_GROWN_UP - 2) * 12
    files.write("people", [people.register_row(worker)])
    files.write("participation", careers.one_job(rng, life, max(begun, grown_up)))
    files.write("coverage", careers.coverage(rng, life, works=True))


def settle(desks: Mapping[str, Mapping[str, str]], equip: Equip, *, now: datetime) -> dict[str, Any]:
    """Give them collection officers, HR people and an invitation; what demo.json tells of them.

    Twice is fine: what an earlier start has done stays.
    """
    from vssid.domain.accounts.models.accounts import Account
    from vssid.domain.employers.roster import refreshing
    from vssid.domain.participants.employers import statistics
    from vssid.domain.rollout import assigning
    from vssid.kernel.calendar import local_day
    from vssid.kernel.errors import Invalid

    statistics.count(now=now)
    # Else who signs in before the next ten minutes are over reads that nobody works there.
    refreshing.refresh(now)
    for big in BIG:
        officer = Account.objects.get(login=desks[big.desk]["username"]).person_id
        with contextlib.suppress(Invalid):
            assigning.assign(big.code, officer, local_day(now), by=SYSTEM, now=now)
    told = [_person(*who, equip=equip, now=now) for who in HR]
    return {"employer_people": told, "employer_codes": [_invite(BIG[-1].code, now)]}


def _person(
    username: str, name: str, roles: Mapping[str, str], *, equip: Equip, now: datetime
) -> dict[str, Any]:
    from vssid.domain.accounts import employer_people
    from vssid.domain.accounts.errors import AlreadyHasAccount
    from vssid.domain.accounts.login_names import key
    from vssid.domain.accounts.models.accounts import Account, LoginName
    from vssid.domain.employers.seats import actions as seats
    from vssid.kernel.errors import Invalid

    with contextlib.suppress(AlreadyHasAccount):
        employer_people.create(username, display_name=name, by=SYSTEM, now=now)
    person_id = LoginName.objects.get(name=key(username, Account.EMPLOYER)).person_id
    for code, role in roles.items():
        with contextlib.suppress(Invalid):
            seats.give(person_id, code, role, by=SYSTEM, now=now)
    return {"username": username, "name": name, "employers": dict(roles), **equip(person_id, username)}


def hr_of(code: str, on: date) -> Actor:
    """The first of those who act for an employer on this day."""
    from vssid.domain.employers.seats import queries as seats

    seat = next(iter(seats.of_employer(code, on=on)))
    return Actor(ActorKind.EMPLOYER, seat.person_id, seat.name, seat=seat.id, employer=code)


def _invite(code: str, now: datetime) -> dict[str, str]:
    """The invitation whose code demo.json tells; one of an earlier start that broke off gives way."""
    from vssid.domain.employers.entries import actions, codes
    from vssid.domain.employers.entries.queries import open_of

    before = open_of(code, now=now)
    invited = actions.invite(code, instead_of=before.id if before else None, by=SYSTEM, now=now)
    return {"employer": code, "code": codes.shown(invited.code)}


def desks(officers: Sequence[Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """The demo's collection officers by user name."""
    return {
        officer["username"]: officer for officer in officers if officer.get("role") == "collection_officer"
    }
