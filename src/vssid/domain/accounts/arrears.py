"""The monthly notice of arrears to everybody with an account: on the 10th, when the employer owes 30 days or
more (as VSS's own notice [S tuvanbhxh.net]). Streams by person; a month's notice exists once a person.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any

import structlog

from vssid.domain.participants import arrears
from vssid.domain.participants.arrears import ArrearsView
from vssid.infra.jobs import defer
from vssid.kernel.calendar import local_day

from .models import Account
from .telling import tell

log = structlog.get_logger(__name__)
JOB = "accounts.arrears"
BATCH = 500


def tell_batch(after: int, day: date, *, now: datetime) -> int | None:
    """Tell up to 500 accounts beyond person `after`; returns the last person looked at, None at the end.

    Repeating it, as after a killed worker, tells nobody twice.
    """
    rows = Account.objects.filter(person_id__gt=after, kind=Account.CITIZEN).order_by("person_id")
    people = list(rows.values_list("person_id", flat=True)[:BATCH])
    for person_id, owed in arrears.behind(people, day).items():
        try:
            tell(person_id, "arrears", now=now, facts=facts(owed), once=f"{day:%Y-%m}")
        except Exception:
            # One that fails must not keep the others from being told.
            log.exception("arrears_notice_failed", person_id=person_id)
    return people[-1] if len(people) == BATCH else None


def facts(owed: list[ArrearsView]) -> dict[str, Any]:
    """What the notice says, by employer and fund; the list comes in order of employers."""
    employers = []
    for (code, name), rows in groupby(owed, key=lambda one: (one.employer_code, one.employer_name)):
        funds = [
            {"scheme": one.scheme, "first": one.first.isoformat(), "last": one.last.isoformat()}
            for one in rows
        ]
        employers.append({"code": code, "name": name, "funds": funds})
    return {"employers": employers}


def run(after: int, day: str, *, now: datetime) -> None:
    """One batch, and the job for the next."""
    last = tell_batch(after, date.fromisoformat(day), now=now)
    if last is not None:
        defer(JOB, after=last, day=day)


def begin(now: datetime) -> None:
    """Start the round of today."""
    defer(JOB, after=0, day=local_day(now).isoformat())
