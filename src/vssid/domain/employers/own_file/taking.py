"""What a file gives of each worker: department, phone, e-mail. Foreseen while it is shown, then taken in one
go.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.vault import sealing as vault
from vssid.domain.vault.rings import Ring
from vssid.infra.database.patience import unhurried
from vssid.kernel.actor import Actor

from ..alignment import keeping
from ..models.own_file import Given, OwnFile
from ..roster import refreshing
from . import receiving
from .errors import NotShown
from .matching import counting, with_matches

GIVEN, ROW = "employers-given", "employers-file-row"
CONTACTS = ("phone", "email")
# The workers that rows of a file are, each once; by the keys that `matched.sql` tells.
_TAKEN = """
SELECT m.person_id, m.line, r.department, r.sealed
FROM match m JOIN row r ON r.subject_id = m.subject_id AND r.line = m.line
WHERE m.turn = 1 ORDER BY m.person_id
"""
# By the primary key of what was given.
_WRITE = """
INSERT INTO employers_given AS g (person_id, employer_code, department, sealed, file_id, line, given_at)
SELECT n.person_id, %(employer)s, n.department, n.sealed, %(file)s, n.line, %(now)s
FROM unnest(%(people)s::bigint[], %(departments)s::text[], %(sealed)s::bytea[], %(lines)s::int[])
  AS n (person_id, department, sealed, line)
ON CONFLICT (person_id, employer_code) DO UPDATE SET
  department = excluded.department, sealed = excluded.sealed,
  file_id = excluded.file_id, line = excluded.line,
  given_at = excluded.given_at, left_at = NULL
"""


@dataclass(frozen=True, slots=True)
class Worker:
    """What is given of a worker; `line` is where a file says so."""

    department: str
    contacts: Mapping[str, str]
    line: int = 0


@dataclass(frozen=True, slots=True)
class _Plan:
    """What taking a file does: who has something new or changed, and how many stay the same."""

    new: Mapping[int, Worker]
    changed: Mapping[int, Worker]
    same: int

    @property
    def counts(self) -> dict[str, int]:
        return {"new": len(self.new), "changed": len(self.changed), "same": self.same}


def foresee(row: OwnFile) -> dict[str, int]:
    """What taking a file would do: workers of whom it says something new or else, and who stays the same."""
    return _plan(row).counts


def take(file_id: int, employer: str, *, by: Actor, now: datetime) -> Mapping[str, int]:
    """Take what a shown file says, and let it count for the alignment; returns what changed.

    It takes the place of files before, an error file that came back is added. Raises NotYours, NotShown.
    """
    with unhurried() as cursor:
        # The roster does not change under it.
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [refreshing.LOCK])
        row = receiving.locked(file_id, employer)
        if row.state != OwnFile.State.SHOWN:
            raise NotShown(file=file_id)
        plan = _plan(row)
        _write(row, {**plan.new, **plan.changed}, now)
        if not row.mends:
            _replace(employer)
        row.state, row.taken_at, row.counts = OwnFile.State.TAKEN, now, row.counts | plan.counts
        row.save()
        keeping.align(employer, counting(employer), now=now)
        audit.record("employer.file_taken", **receiving.about(row, by, now, **plan.counts))
    return plan.counts


def held(employer: str, people: list[int]) -> dict[int, Worker]:
    """What the employer gave of some people; of whom the key is gone, nothing."""
    given = {row.person_id: row for row in Given.objects.filter(employer_code=employer, person_id__in=people)}
    texts = vault.unseal_many(
        GIVEN,
        {person: row.sealed for person, row in given.items()},
        rows={person: row_of(row) for person, row in given.items()},
    )
    return {person: Worker(given[person].department, json.loads(text)) for person, text in texts.items()}


def row_of(row: Given) -> str:
    """What names the row and its version, which its sealed part is bound to."""
    return f"{row.employer_code}.{row.file_id}.{row.line}"


def _plan(row: OwnFile) -> _Plan:
    with connection.cursor() as cursor:
        cursor.execute(with_matches(_TAKEN), {"employer": row.employer_code, "files": [row.id]})
        found = cursor.fetchall()
    ring = Ring([row.subject_id])
    said = {
        person: Worker(department, _contacts(ring.unseal_at(row.subject_id, ROW, sealed, row=line)), line)
        for person, line, department, sealed in found
    }
    before = held(row.employer_code, list(said))
    new, changed = dict[int, Worker](), dict[int, Worker]()
    for person, worker in said.items():
        was = before.get(person)
        after = _over(worker, was)
        if was is None and (after.department or after.contacts):
            new[person] = after
        elif was is not None and (after.department, after.contacts) != (was.department, was.contacts):
            changed[person] = after
    return _Plan(new, changed, len(said) - len(new) - len(changed))


def _contacts(sealed: bytes) -> dict[str, str]:
    private = json.loads(sealed)
    return {name: private[name] for name in CONTACTS if private.get(name)}


def _over(worker: Worker, was: Worker | None) -> Worker:
    """What a file says, over what was given before: what it does not say stays."""
    if was is None:
        return worker
    return Worker(worker.department or was.department, {**was.contacts, **worker.contacts}, worker.line)


def _write(row: OwnFile, workers: Mapping[int, Worker], now: datetime) -> None:
    texts = {person: json.dumps(worker.contacts).encode() for person, worker in workers.items()}
    bound = {person: f"{row.employer_code}.{row.id}.{worker.line}" for person, worker in workers.items()}
    sealed = vault.seal_many(GIVEN, texts, now=now, rows=bound)
    people = sorted(sealed)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _WRITE,
            {
                "employer": row.employer_code,
                "file": row.id,
                "now": now,
                "people": people,
                "departments": [workers[person].department for person in people],
                "sealed": [sealed[person] for person in people],
                "lines": [workers[person].line for person in people],
            },
        )


def _replace(employer: str) -> None:
    for older in OwnFile.objects.select_for_update().filter(
        employer_code=employer, state=OwnFile.State.TAKEN
    ):
        receiving.end(older, OwnFile.State.REPLACED)
