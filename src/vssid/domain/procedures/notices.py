"""What the person is told of a request, in the transaction of the act: one function, one table."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.accounts.contacts import notify

from .models import Request

# Move → kind of notice. Moves that are not here are the person's own, or seen on the page only.
KINDS: dict[str, str] = {
    "approve": "procedure_done",
    "refuse": "procedure_refused",
    "ask_more": "procedure_more",
}


def tell(row: Request, move: str, now: datetime) -> None:
    """Tell the person of a move, by the ways they chose; the inbox has it in any case."""
    if kind := KINDS.get(move):
        facts = {"number": row.number, "request": row.id}
        notify.tell(row.person_id, kind, now=now, facts=facts, registered=True)
