"""Whose a file is to do. Who may give it to whom is asked above, where posts are known (accounts)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Count

from vssid.domain.audit import actions as audit
from vssid.infra.database.kept import Query, given
from vssid.kernel.actor import Actor

from ..kinds import Kind, Row
from ..models import Assignment

_NAMES = Query(lambda: Assignment.objects.filter(kind=given("kind"), file_id__any_of=given("files")))
_MINE = Query(
    lambda: (
        Assignment.objects.filter(office_code=given("office"), officer_id=given("officer"))
        .order_by("made_at", "kind", "file_id")
        .values_list("kind", "file_id")
    ),
    cut=True,
)
_LOADS = Query(
    lambda: (
        Assignment.objects.filter(office_code=given("office"), kind=given("kind"))
        .values_list("officer_id")
        .annotate(count=Count("file_id"))
    )
)


def give(kind: Kind[Row], row: Row, officer: tuple[int, str], *, by: Actor, now: datetime) -> None:
    """The file is this officer's (number, name) from now on, in the caller's transaction."""
    Assignment.objects.update_or_create(
        kind=kind.name,
        file_id=row.id,
        defaults={
            "office_code": row.office_id,
            "officer_id": officer[0],
            "officer_name": officer[1][:120],
            "made_at": now,
            "made_by": by.name[:120],
        },
    )
    facts = {"kind": kind.name, "to": officer[1]}
    audit.record("file.assigned", subject=kind.subject(row), by=by, now=now, facts=facts)


def take_back(kind: Kind[Row], row: Row, *, by: Actor, now: datetime) -> bool:
    """The file is anybody's again; False when it was nobody's."""
    if not Assignment.objects.filter(kind=kind.name, file_id=row.id).delete()[0]:
        return False
    audit.record("file.unassigned", subject=kind.subject(row), by=by, now=now, facts={"kind": kind.name})
    return True


def drop(kind: str, file_id: int) -> None:
    """The file is closed, or lies at another office now."""
    Assignment.objects.filter(kind=kind, file_id=file_id).delete()


def release_of(officer_id: int, office_code: str) -> int:
    """The officer does nothing at this office any more: what was theirs there is anybody's. How many."""
    return Assignment.objects.filter(office_code=office_code, officer_id=officer_id).delete()[0]


def pass_on(officer_id: int, office_code: str, to: tuple[int, str], *, now: datetime) -> int:
    """What was this officer's at the office is another's (number, name), who does the work meanwhile."""
    rows = Assignment.objects.filter(office_code=office_code, officer_id=officer_id)
    return rows.update(officer_id=to[0], officer_name=to[1][:120], made_at=now)


def names(kind: str, file_ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """Whose these files are, file → officer's number and name; those that are anybody's are not in it."""
    rows = _NAMES.rows(kind=kind, files=list(file_ids))
    return {row.file_id: (row.officer_id, row.officer_name) for row in rows}


def of(*, by: Actor, most: int) -> list[tuple[str, int]]:
    """The files that are `by`'s at the own office, (kind, file), the longest first."""
    return _MINE.rows(office=by.office, officer=by.id or 0, most=most)


def loads(office_code: str, kind: str) -> Mapping[int, int]:
    """How many files of a kind each officer has to do at an office."""
    return dict(_LOADS.rows(office=office_code, kind=kind))
