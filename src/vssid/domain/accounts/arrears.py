"""The monthly notice of arrears to everybody with an account: on the 10th, as VSS's own [S tuvanbhxh.net].

It names months without a recorded payment that are late for who pays each month, and says which of them are
late for certain (Law 41/2024/QH15 Đ34(4); `participants.deadlines`). Streams by person; a month's notice
exists once a person.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import structlog

from vssid.domain.participants.employers import arrears
from vssid.domain.participants.employers.arrears import ArrearsView
from vssid.infra.database.away import reraise_lost
from vssid.infra.jobs import defer
from vssid.kernel.calendar import VIETNAM, local_day

from .contacts.notify import tell
from .models.accounts import Account

log = structlog.get_logger(__name__)
JOB = "accounts.arrears"
BATCH = 500
FROM, WAKING_HOURS = time(8, 5), range(8, 20)


def tell_batch(after: int, day: date, *, now: datetime) -> int | None:
    """Tell up to 500 accounts beyond person `after`; returns the last person looked at, None at the end.

    Repeating it, as after a killed worker, tells nobody twice.
    """
    rows = Account.objects.filter(person_id__gt=after, kind=Account.CITIZEN).order_by("person_id")
    people = list(rows.values_list("person_id", flat=True)[:BATCH])
    for person_id, owed in arrears.behind(people, day).items():
        try:
            tell(person_id, "arrears", now=now, facts=facts(owed), once=f"{day:%Y-%m}")
        except Exception as error:
            reraise_lost(error)
            # One that fails must not keep the others from being told.
            log.exception("arrears_notice_failed", person_id=person_id)
    return people[-1] if len(people) == BATCH else None


def facts(owed: list[ArrearsView]) -> dict[str, Any]:
    """What the notice says, by employer and fund; the list comes in order of employers."""
    employers = []
    for (code, name), rows in groupby(owed, key=lambda row: (row.employer_code, row.employer_name)):
        funds = [
            {
                "scheme": row.scheme,
                "first": row.first.isoformat(),
                "last": row.last.isoformat(),
                "late": row.is_late,
            }
            for row in rows
        ]
        employers.append({"code": code, "name": name, "funds": funds})
    return {"employers": employers}


def run(after: int, day: str, *, now: datetime) -> None:
    """One batch, and the job for the next."""
    last = tell_batch(after, date.fromisoformat(day), now=now)
    if last is not None:
        defer(JOB, after=last, day=day)


def begin(now: datetime, *, due: datetime | None = None) -> None:
    """Start the round of today, by day; nothing when it was `due` in a month that is over."""
    today = local_day(now)
    if due is not None and local_day(due).replace(day=1) != today.replace(day=1):
        log.warning("arrears_of_a_past_month_left_out", due=local_day(due).isoformat())
        return
    defer(JOB, after=0, day=today.isoformat(), at=_by_day(now))


def _by_day(now: datetime) -> datetime | None:
    """Nobody is woken by a round that is made up for in the night; None is at once."""
    here = now.astimezone(VIETNAM)
    if here.hour in WAKING_HOURS:
        return None
    morning = datetime.combine(here.date(), FROM, VIETNAM)
    return morning if morning > here else morning + timedelta(days=1)
