"""Read the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from vssid.domain.vault import sealing as vault
from vssid.kernel.calendar import start_of
from vssid.kernel.errors import NotYours

from ..models.messages import Notice
from .kinds import KINDS, Topic
from .notices import SEALED_FOR

PAGE = 20


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice; `words` says it."""

    id: UUID
    kind: str
    topic: str
    facts: dict[str, Any]
    link: str
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class InboxPage:
    """Up to twenty notices, newest first."""

    notices: tuple[NoticeView, ...]
    number: int
    pages: int
    count: int


def page(person_id: int, number: int = 1) -> InboxPage:
    """A page of the inbox; a number beyond the last gives the last."""
    rows = Notice.objects.filter(person_id=person_id)
    count = rows.count()
    pages = max(1, -(-count // PAGE))
    number = min(max(1, number), pages)
    page_rows = rows.order_by("-created_at", "id")[(number - 1) * PAGE : number * PAGE]
    return InboxPage(tuple(_view(row) for row in page_rows), number, pages, count)


def all_of(person_id: int) -> list[NoticeView]:
    """Every notice of the person, newest first; for their own copy."""
    return [_view(row) for row in Notice.objects.filter(person_id=person_id).order_by("-created_at", "id")]


def notice(person_id: int, notice_id: UUID) -> NoticeView:
    """One notice. Raises NotYours for another's and for one that does not exist."""
    row = Notice.objects.filter(person_id=person_id, id=notice_id).first()
    if row is None:
        raise NotYours
    return _view(row)


def unread(person_id: int) -> int:
    """How many were not opened yet."""
    return Notice.objects.filter(person_id=person_id, read_at__isnull=True).count()


def unread_of(person_id: int, topic: Topic, *, since: date) -> list[NoticeView]:
    """Those of a topic told since a day of Việt Nam that were not opened yet, the newest first."""
    kinds = [kind for kind, known in KINDS.items() if known.topic is topic]
    rows = Notice.objects.filter(person_id=person_id, read_at__isnull=True, kind__in=kinds)
    newest = rows.filter(created_at__gte=start_of(since)).order_by("-created_at", "id")
    return [_view(row) for row in newest]


def of_scope(person_id: int, scope: str, *, most: int) -> list[NoticeView]:
    """Those whose `once` begins so, the newest first."""
    rows = Notice.objects.filter(person_id=person_id, once__startswith=scope)
    return [_view(row) for row in rows.order_by("-created_at", "id")[:most]]


def unread_in(person_id: int, scope: str) -> int:
    """How many of these were not opened yet."""
    return Notice.objects.filter(person_id=person_id, once__startswith=scope, read_at__isnull=True).count()


def is_waiting(person_id: int, kind: str, *, scope: str, since: date) -> bool:
    """Is there one of these, of a kind, told since a day of Việt Nam and not opened yet?"""
    rows = Notice.objects.filter(person_id=person_id, kind=kind, read_at__isnull=True)
    return rows.filter(once__startswith=scope, created_at__gte=start_of(since)).exists()


def _view(row: Notice) -> NoticeView:
    facts = vault.unseal_json(row.person_id, SEALED_FOR, row.sealed, row=row.id) if row.sealed else {}
    return NoticeView(
        row.id, row.kind, KINDS[row.kind].topic.value, facts, row.link, row.created_at, row.read_at
    )
