"""Links from a guardian to a child: made by an office's decision, over at eighteen or before."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

import structlog
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from vssid.domain.audit import actions as audit
from vssid.domain.audit.queries import has_since
from vssid.infra.database.away import reraise_lost
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import SYSTEM, Actor, person
from vssid.kernel.calendar import local_day, start_of
from vssid.kernel.errors import DomainError, NotYours

from ..contacts import notify
from ..models.relations import GUARDIANS_AT_MOST, Guardian
from . import ages

# The same as `_live` for SQL: `link` is the guardian's row, `today` the day in Việt Nam.
LIVE = "link.ended_at IS NULL AND link.until_on > %(today)s"
NO_PLACE = {"accounts_guardian_once", "accounts_guardian_one_a_place", "accounts_guardian_of_another"}
log = structlog.get_logger()


class OfAge(DomainError):
    """The child has turned eighteen and decides alone."""

    code = "of_age"


class AlreadyLinked(DomainError):
    """The guardian has a live link to this child."""

    code = "already_linked"


class TooManyGuardians(DomainError):
    """The child has as many guardians as a child may have."""

    code = "too_many_guardians"


@dataclass(frozen=True, slots=True)
class Bond:
    """Who is whose guardian, as an office found it. `born_on` is the register's."""

    guardian_id: int
    child_id: int
    child_name: str
    born_on: date
    relation: str
    request_id: int


@dataclass(frozen=True, slots=True)
class ChildView:
    """A child as its guardian sees it in lists; `until_on` is the first day without the link."""

    link_id: uuid.UUID
    guardian_id: int
    child_id: int
    name: str
    relation: str
    from_on: date
    until_on: date
    request_id: int


def link(bond: Bond, *, by: Actor, now: datetime) -> uuid.UUID:
    """Let a guardian look at a child's record, inside the caller's transaction; returns the link's id.

    Raises OfAge, AlreadyLinked or TooManyGuardians; of two at once the database picks the one who is late.
    """
    today = local_day(now)
    if not ages.is_child(bond.born_on, today):
        raise OfAge
    # A link that ended today but for the nightly job still holds its place.
    over = Guardian.objects.filter(child_id=bond.child_id, ended_at=None, until_on__lte=today)
    over.update(ended_at=now, ended_reason="of_age")
    row = _taken(bond, today)
    audit.record(
        "guardian.linked",
        subject=bond.child_id,
        by=by,
        now=now,
        facts={"guardian": bond.guardian_id, "link": str(row.id), "until": row.until_on.isoformat()},
    )
    return row.id


def _taken(bond: Bond, today: date) -> Guardian:
    """The link in the first free place; a place that is taken in the same moment leaves the next one."""
    for place in range(1, GUARDIANS_AT_MOST + 1):
        row = Guardian(
            person_id=bond.guardian_id,
            id=uuid.uuid4(),
            child_id=bond.child_id,
            child_name=bond.child_name,
            child_born_on=bond.born_on,
            relation=bond.relation,
            request_id=bond.request_id,
            place=place,
            from_on=today,
            until_on=ages.of_age_on(bond.born_on),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as refused:
            if constraint_of(refused) == "accounts_guardian_once":
                raise AlreadyLinked from None
            if constraint_of(refused) != "accounts_guardian_one_a_place":
                raise
        else:
            return row
    raise TooManyGuardians


def end(guardian_id: int, link_id: uuid.UUID, *, reason: str, by: Actor, now: datetime) -> None:
    """End a link before its day. Twice is once. Raises NotYours when the guardian never had it."""
    with transaction.atomic():
        row = Guardian.objects.select_for_update().filter(person_id=guardian_id, id=link_id).first()
        if row is None:
            raise NotYours
        if row.ended_at is None:
            _end(row, reason, by=by, now=now)
            notify.tell(guardian_id, "family_ended", now=now, registered=True)


def end_of_age(now: datetime) -> int:
    """End the links to children who have turned eighteen and tell both; returns how many."""
    today = local_day(now)
    due = Guardian.objects.filter(ended_at=None, until_on__lte=today).values_list("person_id", "id")
    done = 0
    for guardian_id, link_id in list(due):
        try:
            done += _end_one(guardian_id, link_id, now)
        except Exception as error:
            reraise_lost(error)
            log.exception("guardian_end_failed", subject=guardian_id)
    return done


def _end_one(guardian_id: int, link_id: uuid.UUID, now: datetime) -> bool:
    with transaction.atomic():
        # Who has it locked is ending it; if not, the next night looks again.
        rows = Guardian.objects.select_for_update(skip_locked=True)
        row = rows.filter(person_id=guardian_id, id=link_id, ended_at=None).first()
        if row is None:
            return False
        _end(row, "of_age", by=SYSTEM, now=now)
        notify.tell(guardian_id, "family_of_age", now=now, registered=True)
        notify.tell(row.child_id, "family_own", now=now, registered=True)
        return True


def _end(row: Guardian, reason: str, *, by: Actor, now: datetime) -> None:
    row.ended_at, row.ended_reason = now, reason
    row.save(update_fields=["ended_at", "ended_reason"])
    facts = {"guardian": row.person_id, "link": str(row.id), "reason": reason}
    audit.record("guardian.ended", subject=row.child_id, by=by, now=now, facts=facts)


def tell_others(child_id: int, *, but: int, now: datetime) -> int:
    """Tell a child's other guardians that there is one more; returns how many they are."""
    others = _live(now).filter(child_id=child_id).exclude(person_id=but)
    ids = list(others.values_list("person_id", flat=True))
    for guardian_id in ids:
        notify.tell(guardian_id, "family_second", now=now, registered=True)
    return len(ids)


def _live(now: datetime) -> QuerySet[Guardian]:
    """Links that hold at this moment: not ended, and the child is not eighteen today in Việt Nam."""
    return Guardian.objects.filter(ended_at=None, until_on__gt=local_day(now))


def children_of(guardian_id: int, *, now: datetime) -> list[ChildView]:
    """The children whose record this person may look at now, the eldest first."""
    rows = _live(now).filter(person_id=guardian_id).order_by("until_on", "child_name", "id")
    return [_view(row) for row in rows]


def child(guardian_id: int, link_id: uuid.UUID, *, now: datetime) -> ChildView:
    """The child of a live link of this guardian. Raises NotYours for any other."""
    row = _live(now).filter(person_id=guardian_id, id=link_id).first()
    if row is None:
        raise NotYours
    return _view(row)


def had(guardian_id: int, link_id: uuid.UUID) -> bool:
    """Has this person ever had this link, live or not?"""
    return Guardian.objects.filter(person_id=guardian_id, id=link_id).exists()


def is_full(child_id: int, *, now: datetime) -> bool:
    """Has the child as many guardians as it may have?"""
    return _live(now).filter(child_id=child_id).count() >= GUARDIANS_AT_MOST


def watching(child_id: int, *, now: datetime) -> list[ChildView]:
    """The live links by which guardians may look at this child's record."""
    return [_view(row) for row in _live(now).filter(child_id=child_id).order_by("from_on", "id")]


def has_link(guardian_id: int, child_id: int, *, now: datetime) -> bool:
    """May this person look at this child's record now?"""
    return _live(now).filter(person_id=guardian_id, child_id=child_id).exists()


def note_look(child_view: ChildView, *, now: datetime) -> None:
    """Write down that the guardian looked at the child's record: once a day for each link."""
    facts = {"link": str(child_view.link_id), "guardian": child_view.guardian_id}
    if not has_since(child_view.child_id, "guardian.looked", start_of(local_day(now)), facts):
        audit.record(
            "guardian.looked",
            subject=child_view.child_id,
            by=person(child_view.guardian_id),
            now=now,
            facts=facts,
        )


def _view(row: Guardian) -> ChildView:
    return ChildView(
        link_id=row.id,
        guardian_id=row.person_id,
        child_id=row.child_id,
        name=row.child_name,
        relation=row.relation,
        from_on=row.from_on,
        until_on=row.until_on,
        request_id=row.request_id,
    )


def follow_child(merged_id: int, kept_id: int, *, now: datetime) -> None:
    """Lead links to a child whose code was merged to the one that is kept.

    Where the guardian has a link to the kept one too, or its places are taken, the merged one's link ends.
    """
    for row in Guardian.objects.filter(child_id=merged_id, ended_at=None):
        _follow(row, kept_id, now)


def end_doubles(merged_id: int, kept_id: int, *, now: datetime) -> None:
    """End links of a merged guardian that the person who is kept has too, in the caller's transaction."""
    # Before the rows change hands: the unique index would refuse two live links to one child.
    mine = Guardian.objects.filter(person_id=kept_id, ended_at=None).values_list("child_id", flat=True)
    doubles = Guardian.objects.select_for_update().filter(person_id=merged_id, ended_at=None)
    for row in doubles.filter(child_id__in=[*mine, kept_id]):
        _end(row, "merged", by=SYSTEM, now=now)


def _follow(row: Guardian, kept_id: int, now: datetime) -> bool:
    mine = Guardian.objects.filter(person_id=row.person_id, id=row.id, ended_at=None)
    try:
        with transaction.atomic():
            return bool(mine.update(child_id=kept_id))
    except IntegrityError as refused:
        # The kept child has this guardian already, or the place is taken, or the child would guard itself.
        if constraint_of(refused) not in NO_PLACE:
            raise
        with transaction.atomic():
            _end(row, "merged", by=SYSTEM, now=now)
        return True
