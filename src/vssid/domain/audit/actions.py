"""Add an event to the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from vssid.infra.database import prepared
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.errors import DomainError

from . import lanes, marks
from .chain import digest
from .models import LANES, Event, Lane

log = structlog.get_logger()
HEAD_BROKEN = "audit.head_broken"
# Asked for at every event: through the models both took several times as long.
_COLUMNS = ("lane", "seq", "hash", "founded_seq", "founded_hash", "founded_at", "mac")
_HEAD = f"SELECT {', '.join(_COLUMNS)} FROM audit_lane WHERE lane = %(lane)s FOR UPDATE"  # noqa: S608
_ADD = """
WITH moved_on AS (
  UPDATE audit_lane SET seq = %(seq)s, hash = %(hash)s, mac = %(head_mac)s WHERE lane = %(lane)s
)
INSERT INTO audit_event (subject_id, lane, seq, at, kind, actor_kind, actor_id, actor_name, office, facts,
  previous, hash, mac)
VALUES (%(subject_id)s, %(lane)s, %(seq)s, %(at)s, %(kind)s, %(actor_kind)s, %(actor_id)s, %(actor_name)s,
  %(office)s, %(facts)s, %(previous)s, %(hash)s, %(mac)s)
RETURNING lane
"""


class LaneMissing(DomainError):
    """The lane that would take the event is gone: nothing is done that could not be written down."""

    code = "audit_lane_missing"


def record(
    kind: str,
    *,
    subject: int,
    by: Actor,
    now: datetime,
    facts: dict[str, Any] | None = None,
    office: str = "",
) -> Event:
    """Add one event in the caller's transaction, so it exists exactly when the act does.

    `facts` must be JSON values without personal data; the post of staff joins them (`post`), and of HR people
    the seat and the employer (`by_seat`, `by_employer`). `office`
    defaults to the actor's office. Raises LaneMissing.
    """
    # No savepoint of its own: an act that cannot be written down is undone as a whole.
    with transaction.atomic(savepoint=False):
        head = _head(subject % LANES)
        if head is None:
            log.error("audit_lane_missing", lane=subject % LANES)
            raise LaneMissing(lane=subject % LANES)
        if not (marks.is_of_head(head.mac, head) or lanes.in_grace(head, now)):
            # Going on without a word would make a head that somebody moved a good one again.
            log.error("audit_head_broken", lane=head.lane, seq=head.seq)
            broken = Event(subject_id=0, kind=HEAD_BROKEN, facts={"seq": head.seq}, **_by(SYSTEM, now))
            _add(broken, head)
        event = Event(subject_id=subject, kind=kind, facts=_facts(facts, by), **_by(by, now, office))
        _add(event, head)
    return event


def _head(lane: int) -> Lane | None:
    """The lane, locked until the transaction ends."""
    rows = prepared.texts(_HEAD, {"lane": lane})
    return Lane.from_db(connection.alias, _COLUMNS, rows[0]) if rows else None


def _by(actor: Actor, now: datetime, office: str = "") -> dict[str, Any]:
    return {
        "at": now,
        "actor_kind": actor.kind.value,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "office": office or actor.office,
    }


def _facts(facts: dict[str, Any] | None, by: Actor) -> dict[str, Any]:
    """What is told, with the post or the seat. Facts and no columns: the hash of older events stays."""
    told = dict(facts or {})
    if by.post is not None:
        told["post"] = by.post
    if by.seat is not None:
        told |= {"by_seat": by.seat, "by_employer": by.employer}
    return told


def _add(event: Event, head: Lane) -> None:
    event.lane, event.seq, event.previous = head.lane, head.seq + 1, bytes(head.hash)
    event.hash = digest(event)
    event.mac = marks.of_event(event.hash)
    head.seq, head.hash = event.seq, event.hash
    values = {field.attname: getattr(event, field.attname) for field in Event._meta.concrete_fields}
    values |= {"facts": Jsonb(event.facts), "head_mac": marks.of_head(head)}
    prepared.texts(_ADD, values)
    event._state.adding = False
