"""Take a file in hand, keep it, hand it on. The database decides who was first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.infra.database import prepared
from vssid.infra.database.kept import Query, given
from vssid.kernel.actor import Actor

from .errors import InOtherHands
from .models import Claim

# Long enough to compare one file with its papers, short enough that a file left open is soon free again.
LEASE = timedelta(minutes=5)
_TAKE = """
    INSERT INTO casework_claim (kind, file_id, officer_id, officer_name, since, until)
    VALUES (%(kind)s, %(file)s, %(officer)s, %(name)s, %(now)s, %(until)s)
    ON CONFLICT (kind, file_id) DO UPDATE SET
        officer_id = excluded.officer_id, officer_name = excluded.officer_name, until = excluded.until,
        since = CASE WHEN casework_claim.officer_id = excluded.officer_id AND casework_claim.until > %(now)s
                     THEN casework_claim.since ELSE excluded.since END
    WHERE casework_claim.officer_id = excluded.officer_id OR casework_claim.until <= %(now)s OR %(force)s
    RETURNING officer_id
"""
_OTHERS = Query(
    lambda: Claim.objects.filter(
        kind=given("kind"), file_id__any_of=given("files"), until__gt=given("now")
    ).exclude(officer_id=given("officer"))
)
_MINE = Query(
    lambda: Claim.objects.filter(officer_id=given("officer"), until__gt=given("now")).order_by(
        "since", "kind", "file_id"
    )
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file in hand, and since when."""

    officer_id: int
    name: str
    since: datetime


def take(kind: str, file_id: int, *, by: Actor, now: datetime) -> Holder | None:
    """Take the file if nobody has it, or keep it; the colleague who has it, or None when it is `by`'s now."""
    taken = _write(kind, file_id, by=by, now=now, force=False)
    return None if taken else other(kind, file_id, by=by, now=now)


def take_over(kind: str, file_id: int, *, by: Actor, now: datetime) -> None:
    """Take the file from whoever has it; written down when that was a colleague."""
    with transaction.atomic():
        before = other(kind, file_id, by=by, now=now)
        _write(kind, file_id, by=by, now=now, force=True)
        if before is not None:
            facts = {"kind": kind, "from": before.name}
            audit.record("file.taken_over", subject=file_id, by=by, now=now, facts=facts)


def first_free(kind: str, file_ids: Iterable[int], *, by: Actor, now: datetime) -> int | None:
    """Take the first of these files that no colleague has; None when all are in other hands."""
    for file_id in file_ids:
        if take(kind, file_id, by=by, now=now) is None:
            return file_id
    return None


def keep(kind: str, file_id: int, *, by: Actor, now: datetime) -> bool:
    """The officer is still at it: the lease starts anew. False when it is not theirs any more."""
    mine = Claim.objects.filter(kind=kind, file_id=file_id, officer_id=by.id or 0, until__gt=now)
    return mine.update(until=now + LEASE) == 1


def release(kind: str, file_id: int) -> None:
    """Nobody has it: it was decided, or lies elsewhere now."""
    Claim.objects.filter(kind=kind, file_id=file_id).delete()


def release_all(*, by: Actor) -> int:
    """Whatever `by` has in hand is nobody's; returns how many files, lapsed ones too."""
    return release_of(by.id or 0)


def release_of(officer_id: int) -> int:
    """Nobody has what this officer had in hand: a post has ended, or its holder is away. Returns how many."""
    deleted, _ = Claim.objects.filter(officer_id=officer_id).delete()
    return deleted


def guard(kind: str, file_id: int, *, by: Actor, now: datetime) -> None:
    """Raises InOtherHands when a colleague has the file. A file in nobody's hand may be acted on."""
    if (holder := other(kind, file_id, by=by, now=now)) is not None:
        raise InOtherHands(by=holder.name, since=holder.since)


def other(kind: str, file_id: int, *, by: Actor, now: datetime) -> Holder | None:
    """The colleague who has the file in hand, if any."""
    return others(kind, [file_id], by=by, now=now).get(file_id)


def others(kind: str, file_ids: Collection[int], *, by: Actor, now: datetime) -> dict[int, Holder]:
    """Of these files those that colleagues have in hand."""
    live = _OTHERS.rows(kind=kind, files=list(file_ids), now=now, officer=by.id or 0)
    return {claim.file_id: Holder(claim.officer_id, claim.officer_name, claim.since) for claim in live}


def of(*, by: Actor, now: datetime) -> dict[tuple[str, int], datetime]:
    """What `by` has in hand, (kind, file id) → since when, the longest first."""
    mine = _MINE.rows(officer=by.id or 0, now=now)
    return {(claim.kind, claim.file_id): claim.since for claim in mine}


def sweep(now: datetime) -> int:
    """Delete claims that ended; returns how many."""
    deleted, _ = Claim.objects.filter(until__lte=now - LEASE).delete()
    return deleted


def _write(kind: str, file_id: int, *, by: Actor, now: datetime, force: bool) -> bool:
    """Whether the file is the officer's now."""
    values = {
        "kind": kind,
        "file": file_id,
        "officer": by.id or 0,
        "name": by.name[:120],
        "now": now,
        "until": now + LEASE,
        "force": force,
    }
    return bool(prepared.texts(_TAKE, values))
