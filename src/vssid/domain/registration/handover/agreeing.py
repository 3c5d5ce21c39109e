"""The person's word that the employer may print form 01 and hand it in.

Given when the application is sent or later; taken back while the form is not handed in. It names no employer:
it holds for whoever insures the person at the time (the roster), and the page says so.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vssid.kernel.actor import person
from vssid.kernel.errors import NotYours

from ..desk import log
from ..errors import NotOpen
from ..models import Application
from ..states import State


def agree(application_id: int, *, now: datetime) -> None:
    """Let the employer print and hand in. Twice is once. Raises NotYours, or NotOpen once it is handed in."""
    with transaction.atomic():
        if (row := _changed(application_id, now)) is not None:
            log.record(
                "application.employer_may_print", row, by=person(row.id), now=now, office=row.office_id
            )


def take_back(application_id: int, *, now: datetime) -> None:
    """Let no employer any more. Twice is once. Raises NotYours, or NotOpen once it is handed in."""
    with transaction.atomic():
        if (row := _changed(application_id, None)) is not None:
            log.record(
                "application.employer_may_not_print", row, by=person(row.id), now=now, office=row.office_id
            )


def _changed(application_id: int, since: datetime | None) -> Application | None:
    """The row with what is new; None when it was so before."""
    row = Application.objects.select_for_update().filter(id=application_id).first()
    if row is None:
        raise NotYours
    if row.state != State.SUBMITTED:
        raise NotOpen
    if (row.employer_prints_at is None) == (since is None):
        return None
    row.employer_prints_at = since
    row.save(update_fields=["employer_prints_at"])
    return row
