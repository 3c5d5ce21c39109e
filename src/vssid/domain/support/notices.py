"""The one place that tells a person about a message to an office."""

from __future__ import annotations

from datetime import datetime, timedelta

from vssid.domain.accounts import queries as accounts
from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications import templates
from vssid.domain.vault import actions as vault
from vssid.kernel.ids import Phone

from .models import Ticket

RECEIVED, ANSWERED = "ticket_received", "ticket_answered"
SENDER = "support-sender"
LIFE = timedelta(days=2)


def tell(ticket: Ticket, kind: str, *, now: datetime) -> None:
    """One notice of a kind of notifications.templates, in the caller's transaction; by SMS for now."""
    phone = phone_of(ticket)
    if phone is None:
        return
    notifications.send_sms(
        to=phone,
        text=templates.render(kind, number=ticket.number),
        kind=kind,
        subject_id=ticket.id,
        now=now,
        expires_in=LIFE,
    )


def phone_of(ticket: Ticket) -> Phone | None:
    """The account's phone as it is today, or the one proved for this message."""
    if ticket.person_id is not None:
        return accounts.phone_of(ticket.person_id)
    return Phone(sender(ticket)["phone"])


def sender(ticket: Ticket) -> dict[str, str]:
    """Name and phone of somebody without an account."""
    told: dict[str, str] = vault.unseal_json(ticket.id, SENDER, ticket.sealed) if ticket.sealed else {}
    return told
