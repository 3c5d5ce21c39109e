"""A hand-over list at the counter: as *registration* receives it, and HR of its employer is told."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db import transaction

from vssid.domain.registration.desk.receiving import Outcome, Receipt
from vssid.domain.registration.handover import lists
from vssid.domain.registration.handover.lists import ListView
from vssid.kernel.actor import Actor

from .. import telling
from .queries import THERE


def receive(
    list_id: int, scanned: str, *, by: Actor, now: datetime, again: bool = False, unsigned: bool = False
) -> tuple[Receipt, bool]:
    """Take a form in as `lists.receive`. With the first unsigned one of a list HR is told that there are."""
    receipt, is_listed = lists.receive(list_id, scanned, by=by, now=now, again=again, unsigned=unsigned)
    if is_listed and receipt.outcome is Outcome.UNSIGNED:
        with transaction.atomic():
            _tell(lists.view(list_id, by=by), "employer_form_unsigned", now)
    return receipt, is_listed


def close(list_id: int, *, by: Actor, now: datetime) -> None:
    """End the list as `lists.close`; HR is told what became of how many, once."""
    with transaction.atomic():
        if lists.close(list_id, by=by, now=now):
            view = lists.view(list_id, by=by)
            _tell(view, "employer_list_closed", now, **_figures(view))


def _figures(view: ListView) -> dict[str, int]:
    became = Counter(line.outcome for line in view.lines if line.is_listed)
    received, missing = sum(became[each] for each in THERE), became[""]
    unsigned = became[Outcome.UNSIGNED]
    return {
        "listed": view.listed,
        "received": received,
        "missing": missing,
        "unsigned": unsigned,
        "other": view.listed - received - missing - unsigned,
        "extra": len(view.extra),
    }


def _tell(view: ListView, kind: str, now: datetime, **facts: int) -> None:
    # A list that an officer typed is of no employer.
    if view.employer_code:
        telling.tell(view.employer_code, kind, view.id, now=now, number=view.number, list=view.id, **facts)
