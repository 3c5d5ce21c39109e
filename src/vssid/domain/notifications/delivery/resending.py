"""Send one message again: what waits goes at once, a notice is told anew, a secret never is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import Actor

from .. import actions
from ..inbox import notices
from ..inbox.kinds import KINDS
from ..models.messages import Message, Notice
from ..outbox import transitions
from ..outbox.states import State
from .errors import NotAgain


def why_not(message: Message) -> str:
    """Why it is not sent again: a code of `NotAgain`, or nothing."""
    if message.state == State.DELIVERED:
        return "arrived"
    newer = Message.objects.filter(series=message.series, created_at__gt=message.created_at)
    if message.series and newer.exists():
        return "overtaken"
    if message.state == State.CREATED:
        return ""
    if message.state in {State.SENDING, State.SENT}:
        return "under_way"
    if message.notice_id is None:
        # Its text was erased when it ended, and is good once only.
        return "code" if message.series else "no_notice"
    return ""


def resend(subject_id: int, message_id: UUID, *, reach: notices.Reach, by: Actor, now: datetime) -> UUID:
    """Send it again; returns the id of the message that goes. Raises NoMessage and NotAgain.

    `reach` is where its person can be reached today: a notice goes there, not to the number of then.
    """
    with transaction.atomic():
        message = transitions.get(subject_id, message_id)
        if why := why_not(message):
            raise NotAgain(why=why)
        went = _wake(message, now) if message.state == State.CREATED else _tell_anew(message, reach, now)
        facts = {"message": str(message_id), "as": str(went)}
        audit.record("message.resent", subject=subject_id, by=by, now=now, facts=facts)
    return went


def _wake(message: Message, now: datetime) -> UUID:
    rows = transitions.row_of(message.subject_id, message.id)
    # Whoever moved it meanwhile has sent it.
    if not rows.filter(state=State.CREATED, next_try_at=message.next_try_at).update(next_try_at=now):
        raise NotAgain(why="under_way")
    transitions.defer_send(message)
    return message.id


def _tell_anew(message: Message, reach: notices.Reach, now: datetime) -> UUID:
    assert message.notice_id is not None  # why_not has seen to it
    notice = Notice.objects.filter(person_id=message.subject_id, id=message.notice_id).first()
    if notice is None or notice.kind not in KINDS:
        raise NotAgain(why="no_notice")
    outgoing = notices.by_channel(notice, message.channel, reach)
    if outgoing is None:
        raise NotAgain(why="no_way")
    return actions.keep(outgoing, now=now, expires_in=KINDS[notice.kind].life)
