"""A person's own record, with the card in it, as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from vssid.domain.participants import queries as participants
from vssid.kernel.calendar import local_day

from . import decode, statement
from .card import Card
from .decode import Record


def own_record(person_id: int, *, now: datetime) -> Record:
    """Card and participation as they stand at the moment, read in one statement.

    The card is the one that counts today, else the next, else the last one; None without any coverage.
    """
    return with_code(decode.read(statement.of(person_id, now=now), person_id, local_day(now)), person_id)


def with_code(own: Record, person_id: int) -> Record:
    """The record with a code on its card also where only the personal number names the person."""
    if own.card is None or own.card.bhxh_code.reveal():
        return own
    # Only the personal number names this person; it lies sealed, so the record does not have it.
    holder = participants.person(person_id)
    return replace(own, card=replace(own.card, bhxh_code=holder.bhxh_code)) if holder else own


def with_street(card: Card, person_id: int) -> Card:
    """The card with the whole address, as its QR holds it; the street is opened. Raises vault.Erased."""
    holder = participants.person(person_id)
    return replace(card, address=holder.address) if holder else card
