"""A document that goes with an e-mail: its sealed message names it, it is made when it is sent, kept nowhere.

Rooms hand in who makes them (`message_documents.DOCUMENTS`). A maker may say that the message waits, or that
it is not wanted any more: so what was stopped or came to be needless meanwhile does not leave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from vssid.infra.mail import Attachment
from vssid.kernel.errors import DomainError

from ..models.messages import Message
from . import transitions
from .states import CLOCK_SLACK, State

FIELD, MADE = "document", "attachment"
HELD, VOID = "held", "void"
# So long one that waits is left alone; who lets it go on wakes it.
PAUSE = timedelta(minutes=30)
Body = dict[str, Any]
# The facts that were sealed, the address it goes to, and the time.
Maker = Callable[[Mapping[str, Any], str, datetime], Attachment]
MAKERS: dict[str, Maker] = {}


class Held(DomainError):
    """Not now: the message waits."""

    code = "document_held"


class Void(DomainError):
    """The message is not wanted any more: `reason`, a short code."""

    code = "document_void"

    def __init__(self, reason: str = VOID) -> None:
        super().__init__(reason=reason)
        self.reason = reason


def register(makers: Mapping[str, Maker]) -> None:
    """Take over the makers of one room, at start. Refuses (ValueError) a name twice."""
    if twice := MAKERS.keys() & makers.keys():
        raise ValueError(f"documents named twice: {sorted(twice)}")
    MAKERS.update(makers)


def named(kind: str, **facts: Any) -> Body:
    """As a message carries it."""
    return {"kind": kind, "facts": facts}


def ready(message: Message, body: Body, *, now: datetime) -> Body | None:
    """The body with its document made; None where the message is not due, waits, or was ended.

    Before an attempt is counted: a document that cannot be made is an error of the job, and tried again.
    """
    if FIELD not in body:
        return body
    if message.next_try_at > now + CLOCK_SLACK:
        return None
    try:
        return body | {MADE: MAKERS[body[FIELD]["kind"]](body[FIELD]["facts"], body["to"], now)}
    except Held:
        _put_off(message, now)
    except Void as void:
        rows = transitions.row_of(message.subject_id, message.id)
        transitions.end(rows, State.EXPIRED, reason=void.reason, now=now, states=[State.CREATED])
    return None


def wake(kind: str, now: datetime) -> int:
    """Messages of a kind that were held are due; the sweep takes them up. Returns how many."""
    held = Message.objects.filter(state=State.CREATED, kind=kind, reason=HELD, next_try_at__gt=now)
    return held.update(next_try_at=now)


def _put_off(message: Message, now: datetime) -> None:
    rows = transitions.row_of(message.subject_id, message.id)
    at = min(now + PAUSE, message.expires_at)
    with transaction.atomic():
        due = rows.filter(state=State.CREATED, next_try_at=message.next_try_at)
        if due.update(reason=HELD, next_try_at=at):
            transitions.defer_send(message, at=at)
