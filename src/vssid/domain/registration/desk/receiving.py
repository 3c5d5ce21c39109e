"""Take in one signed form after the other by its barcode; comparing comes later.

Each scan has one outcome, told apart by what the officer has to do with the sheet in hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from vssid.domain.casework.errors import InOtherHands
from vssid.domain.casework.own_files import OwnFile
from vssid.domain.offices import policy
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import end_of, local_day, start_of
from vssid.kernel.errors import NotYours
from vssid.kernel.input_methods import readings

from .. import actions
from ..errors import AlreadyDecided, PastDue
from ..models import Application
from ..queries import normal_number
from ..states import OPEN, State
from .search import NUMBER

LONGEST = 60
LOST = timedelta(minutes=15)  # so long a browser tries to send a scan again


class Outcome(StrEnum):
    """What became of a scanned form."""

    RECEIVED = "received"
    TWICE = "twice"  # it was taken in before
    LATE = "late"  # the ten days are over
    CLOSED = "closed"  # decided or withdrawn
    ELSEWHERE = "elsewhere"  # it lies at another office
    IN_HANDS = "in_hands"  # a colleague works on it
    OWN = "own"  # of the officer, or of somebody close
    UNSIGNED = "unsigned"  # given back: the person has not signed it
    UNKNOWN = "unknown"  # no form of this system, or the number was misread


@dataclass(frozen=True, slots=True)
class Receipt:
    """One scan: what it was read as, and what became of it.

    `application_id` and `name` only of a file of the own office; `office`: where it lies; `at`: when it came.
    """

    outcome: Outcome
    number: str
    application_id: int | None = None
    name: str = ""
    office: str = ""
    at: datetime | None = None


def receive(scanned: str, *, by: Actor, now: datetime, again: bool = False) -> Receipt:
    """Take in the form with this barcode. Raises NotAllowed without the right at the own office.

    `again`: the answer to the same scan was lost, so what it did just now is no second one.
    """
    policy.require(by, Right.CHECK_PAPERS, by.office)
    row = _row(scanned)
    number = row.number if row is not None else normal_number(scanned[:LONGEST])
    if row is None:
        return Receipt(Outcome.UNKNOWN, number)
    if row.office_id != by.office:
        return Receipt(Outcome.ELSEWHERE, number, office=row.office_id)
    outcome = _outcome(row, by, now)
    if again and outcome is Outcome.TWICE and _did_just_now(row, by, now):
        outcome = Outcome.RECEIVED
    if outcome is Outcome.OWN:
        return Receipt(outcome, number)
    row.refresh_from_db(fields=["form_received_at"])
    return Receipt(outcome, number, row.id, row.full_name, row.office_id, row.form_received_at)


def give_back(scanned: str, *, by: Actor, now: datetime, received_here: bool = False) -> Receipt:
    """Note that the form with this barcode is unsigned and was given back; it is not taken in.

    `received_here`: the same pile had it counted as received, by mistake, which is taken back. Raises
    NotAllowed without the right at the own office.
    """
    policy.require(by, Right.CHECK_PAPERS, by.office)
    row = _row(scanned)
    if row is None:
        return Receipt(Outcome.UNKNOWN, normal_number(scanned[:LONGEST]))
    if row.office_id != by.office:
        return Receipt(Outcome.ELSEWHERE, row.number, office=row.office_id)
    outcome = _given_back(row, by, now, received_here)
    if outcome is Outcome.OWN:
        return Receipt(outcome, row.number)
    return Receipt(outcome, row.number, row.id, row.full_name, row.office_id)


def of_today(*, by: Actor, now: datetime) -> list[Receipt]:
    """The forms taken in today at the own office and not decided on yet, the newest first."""
    day = local_day(now)
    rows = Application.with_trials.filter(
        office_id=by.office,
        state=State.RECEIVED,  # of the queue's index, which is short
        form_received_at__gte=start_of(day),
        form_received_at__lt=end_of(day),
    )
    return [
        Receipt(Outcome.RECEIVED, row.number, row.id, row.full_name, row.office_id, row.form_received_at)
        for row in rows.order_by("-form_received_at", "-id")
    ]


def _row(scanned: str) -> Application | None:
    """The file whose whole number this is, also when an input method changed its letters."""
    whole = [normal_number(text) for text in readings(scanned.strip()[:LONGEST])]
    # A number that lost its leading digits must not take in another person's form.
    whole = [number for number in whole if NUMBER.fullmatch(number) and len(scanned.strip()) >= len(number)]
    return Application.with_trials.filter(number__in=whole).first()


def _did_just_now(row: Application, by: Actor, now: datetime) -> bool:
    at = row.form_received_at
    return at is not None and row.form_received_by == by.name and now - at < LOST


def _given_back(row: Application, by: Actor, now: datetime, received_here: bool) -> Outcome:
    if row.state not in OPEN:
        return Outcome.LATE if row.state == State.EXPIRED else Outcome.CLOSED
    if row.form_received_at is not None and not received_here:
        return Outcome.TWICE
    try:
        actions.give_back_form(row.id, by=by, now=now)
    except AlreadyDecided:
        return Outcome.CLOSED
    except InOtherHands:
        return Outcome.IN_HANDS
    except OwnFile:
        return Outcome.OWN
    except NotYours:
        return Outcome.UNKNOWN
    return Outcome.UNSIGNED


def _outcome(row: Application, by: Actor, now: datetime) -> Outcome:
    if row.state in OPEN and row.form_received_at is not None:
        return Outcome.TWICE
    try:
        actions.receive_form(row.id, by=by, now=now)
    except PastDue:
        return Outcome.LATE
    except AlreadyDecided:
        return Outcome.LATE if row.state == State.EXPIRED else Outcome.CLOSED
    except InOtherHands:
        return Outcome.IN_HANDS
    except OwnFile:
        return Outcome.OWN
    except NotYours:
        return Outcome.UNKNOWN
    return Outcome.RECEIVED
