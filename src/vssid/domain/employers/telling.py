"""Tell the HR people of an employer what its office did: into their list of notices, and by the work e-mail.

Whoever has a seat that may work is told, each in an inbox of their own. A notice belongs to the employer it
is about (`once` begins with its code): who sits elsewhere, or no longer here, does not read it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from vssid.domain.accounts.contacts import work_email
from vssid.domain.notifications.inbox import notices
from vssid.domain.notifications.inbox import queries as inbox
from vssid.domain.notifications.inbox.queries import NoticeView
from vssid.domain.participants.models.participation import Employer
from vssid.kernel.calendar import local_day

from .seats import queries as seats
from .seats.roles import Act, Role, acts_of

WORKERS = [role for role in Role if Act.WORK in acts_of(role)]
SHOWN = 50


def tell(employer: str, kind: str, of: object, *, now: datetime, **facts: Any) -> None:
    """Raise a notice for each of the employer's HR people, in the caller's transaction; of the same matter
    (`of`) once.
    """
    _tell(employer, kind, of, facts, now, lambda _person_id: True)


def tell_of_many(employer: str, kind: str, of: object, *, now: datetime, **facts: Any) -> None:
    """The same for what comes by the dozen: who has not read one of this day is told no second."""
    today = local_day(now)

    def has_none(person_id: int) -> bool:
        return not inbox.is_waiting(person_id, kind, scope=_scope(employer), since=today)

    _tell(employer, kind, of, facts, now, has_none)


def of_person(person_id: int, employer: str) -> list[NoticeView]:
    """What somebody was told about an employer, the newest first."""
    return inbox.of_scope(person_id, _scope(employer), most=SHOWN)


def unread(person_id: int, employer: str) -> int:
    """How many of these were not read yet."""
    return inbox.unread_in(person_id, _scope(employer))


def mark_read(person_id: int, employer: str, *, until: datetime, now: datetime) -> None:
    """All that was there at `until` was read."""
    notices.mark_scope_read(person_id, _scope(employer), until=until, now=now)


def _tell(
    employer: str,
    kind: str,
    of: object,
    facts: dict[str, Any],
    now: datetime,
    wants: Callable[[int], bool],
) -> None:
    named = Employer.objects.get(code=employer)
    said = {"at": now.isoformat(), "employer": named.name, **facts}
    rows = seats.live(local_day(now)).filter(employer_id=employer, role__in=WORKERS)
    for person_id in rows.order_by("account_id").values_list("account_id", flat=True):
        if wants(person_id):
            _raise(person_id, kind, f"{_scope(employer)}{of}", said, now)


def _raise(person_id: int, kind: str, once: str, facts: dict[str, Any], now: datetime) -> None:
    notices.notify(
        person_id, kind, now=now, facts=facts, reach=lambda: work_email.reach_of_hr(person_id), once=once
    )


def _scope(employer: str) -> str:
    return f"{employer}|"
