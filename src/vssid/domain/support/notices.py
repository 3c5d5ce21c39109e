"""The one place that tells a person about a message to an office."""

from __future__ import annotations

from datetime import datetime, timedelta

from vssid.domain.accounts.contacts import notify
from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications import languages
from vssid.domain.notifications.outbox import templates
from vssid.domain.vault import sealing as vault
from vssid.kernel.ids import Phone

from .models import Ticket

RECEIVED, ANSWERED = "ticket_received", "ticket_answered"
SENDER = "support-sender"
LIFE = timedelta(days=2)


def tell(ticket: Ticket, kind: str, *, now: datetime) -> None:
    """Tell whoever wrote, in the caller's transaction: by the account's ways, a stranger by SMS."""
    if ticket.employer_code is not None:
        return  # HR reads it at the employers' door
    if ticket.person_id is not None:
        facts = {"number": ticket.number, "ticket": ticket.id}
        notify.tell(ticket.person_id, kind, now=now, facts=facts)
        return
    notifications.send_sms(
        to=Phone(sender(ticket)["phone"]),
        text=templates.render(kind, language=languages.of(ticket.id), number=ticket.number),
        kind=kind,
        subject_id=ticket.id,
        now=now,
        expires_in=LIFE,
    )


def sender(ticket: Ticket) -> dict[str, str]:
    """Name and phone of somebody without an account; the name alone of who wrote for an employer."""
    told: dict[str, str] = vault.unseal_json(ticket.id, SENDER, ticket.sealed) if ticket.sealed else {}
    return told
