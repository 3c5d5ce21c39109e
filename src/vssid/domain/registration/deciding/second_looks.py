"""A first approval that waits for another officer's, and who that may be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from vssid.domain.accounts.posts import posts
from vssid.domain.casework import desk
from vssid.domain.offices import policy
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right, Role
from vssid.infra.database.kept import Query, given
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import local_day

from ..models import SecondLook

_OF = Query(lambda: SecondLook.objects.filter(application_id=given("application")))
_WAITING_AMONG = Query(
    lambda: SecondLook.objects.filter(
        application_id__any_of=given("applications"), is_waiting=True
    ).values_list("application_id", flat=True)
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a page tells of it. `is_own`: the officer gave the first approval, `may_decide`: the second."""

    look: SecondLook
    is_own: bool
    may_decide: bool
    others: int
    """Other reviewers with a post at the file's office today."""
    above: str
    """Where there is none: the nearest office above with a reviewer; empty when no office has one."""


def waiting_of(application_id: int) -> SecondLook | None:
    """The first approval that waits, if one does."""
    return SecondLook.objects.filter(application_id=application_id, is_waiting=True).first()


def of(application_id: int) -> SecondLook | None:
    """What was decided about a second look, whether it waits or not."""
    return _OF.first(application=application_id)


def seen(look: SecondLook, *, by: Actor, now: datetime) -> Waiting:
    """The waiting one as this officer sees it."""
    is_own = look.first_by_id == by.id
    others = _reviewers([look.office_id], look, now)
    return Waiting(
        look,
        is_own,
        not is_own and policy.allows(by, Right.CONFIRM_REGISTRATIONS, look.office_id),
        others,
        "" if others else _above(look, now),
    )


def _reviewers(codes: list[str], look: SecondLook, now: datetime) -> int:
    rows = posts.live(local_day(now)).filter(office_id__in=codes, role=Role.REVIEWER)
    return rows.exclude(account_id=look.first_by_id).values("account_id").distinct().count()


def _above(look: SecondLook, now: datetime) -> str:
    for code in offices.above(look.office_id):
        if _reviewers([code], look, now):
            return offices.office(code).name
    return ""


def waiting_at(at: str | Collection[str]) -> QuerySet[SecondLook]:
    """Those at an office, or several, the longest waiting first."""
    return SecondLook.objects.filter(desk.lying_at(at), is_waiting=True).order_by("first_at")


def waiting_among(application_ids: Iterable[int]) -> frozenset[int]:
    """Of these applications those that wait."""
    return frozenset(_WAITING_AMONG.rows(applications=list(application_ids)))


def first_of(by: Actor) -> frozenset[int]:
    """Applications that wait for another officer than this one, who has approved them."""
    rows = SecondLook.objects.filter(office_id=by.office, is_waiting=True, first_by_id=by.id or 0)
    return frozenset(rows.values_list("application_id", flat=True))


def end(application_id: int) -> None:
    """Nothing waits any more: the file was decided on, or its papers were taken back."""
    SecondLook.objects.filter(application_id=application_id, is_waiting=True).update(is_waiting=False)
