"""What the person is told of a request, in the transaction of the act: one function, one table."""

from __future__ import annotations

from datetime import datetime, timedelta

from vssid.domain.accounts import queries as accounts
from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications import templates
from vssid.domain.participants import queries as participants

from .models import Request

LIFE = timedelta(days=2)
# Move → kind of text message. Moves that are not here are seen on the page only.
SMS: dict[str, str] = {"approve": "procedure_done", "refuse": "procedure_refused"}


def tell(row: Request, move: str, now: datetime) -> None:
    """Tell the person of a move. Who has no phone sees it on the page."""
    kind = SMS.get(move)
    if kind is None:
        return
    phone = accounts.phone_of(row.person_id)
    if phone is None:
        register = participants.person(row.person_id)
        phone = register.phone if register else None
    if phone is None:
        return
    notifications.send_sms(
        to=phone,
        text=templates.render(kind, number=row.number),
        kind=kind,
        subject_id=row.person_id,
        now=now,
        expires_in=LIFE,
    )
