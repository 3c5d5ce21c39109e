"""The figures of reports counted slowly: file by file, from the tables they come from."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from vssid.domain.accounts.models.accounts import Account
from vssid.domain.audit.models import Event
from vssid.domain.notifications.models.messages import Message
from vssid.domain.participants.models.people import Contribution, Employer
from vssid.domain.registration.draft import steps, typed_values
from vssid.domain.registration.models import Application, Draft
from vssid.kernel.calendar import local_day

MONTH = date(2026, 11, 1)


def stage_of(row: Application) -> int:
    """How far a file came."""
    if row.state != "approved":
        return 2 if row.form_received_at else 1
    account = Account.objects.filter(person_id=row.person_id or 0).first()
    if account is None or account.last_sign_in_at is None:
        return 3
    checks = Event.objects.filter(subject_id=row.person_id or 0, kind="lookup.card_checked")
    assert row.closed_at is not None
    closed_at = row.closed_at
    return 5 if any(event.at >= closed_at for event in checks) else 4


def employers_of(person_id: int | None) -> list[str]:
    """Where a person works now."""
    rows = Contribution.objects.filter(person_id=person_id or 0, from_month__lte=MONTH)
    going = [row for row in rows if row.employer_id and (row.to_month is None or row.to_month >= MONTH)]
    return sorted({row.employer_id for row in going if not row.is_voluntary and row.employer_id})


def employer_of(row: Application) -> str:
    """The first of them by code."""
    return next(iter(employers_of(row.person_id)), "")


def files(offices: Collection[str], keep: Callable[[Application], bool]) -> list[Application]:
    """The files of offices that one wants."""
    return [row for row in Application.objects.all() if row.office_id in offices and keep(row)]


def funnel(
    offices: Collection[str], since: date, until: date, employers: Collection[str] | None
) -> list[int]:
    """Sent, handed in, approved, signed in, card used."""

    def keep(row: Application) -> bool:
        there = employers is None or employer_of(row) in employers
        return there and since <= local_day(row.submitted_at) <= until

    stages = [stage_of(row) for row in files(offices, keep)]
    return [sum(stage >= least for stage in stages) for least in range(1, 6)]


def drafts(offices: Collection[str], since: date, until: date) -> Counter[tuple[str, date, str]]:
    """Drafts begun within the days by office, day and last step done, from what lies sealed in them."""
    counts: Counter[tuple[str, date, str]] = Counter()
    for row in Draft.objects.all():
        values, day = typed_values.values_of(row), local_day(row.created_at)
        done = [step.name for step in steps.STEPS if step.gives and set(step.gives) <= values.keys()]
        office = values.get("office_code", "")
        if office in offices and since <= day <= until:
            counts[office, day, done[-1] if done else ""] += 1
    return counts


def texts(offices: Collection[str], since: date, until: date) -> list[Message]:
    """The texts made within the days that tell of a file of the offices, "" of none."""
    found = []
    for row in Message.objects.filter(channel="sms"):
        file = Application.objects.filter(id=row.subject_id).first()
        if (file.office_id if file else "") in offices and since <= local_day(row.created_at) <= until:
            found.append(row)
    return found


def line_of(rows: list[Message]) -> tuple[int, int, int, int, int | None]:
    """All, arrived, lost, under way, and within how many seconds half of those that arrived did."""
    states = Counter(row.state for row in rows)
    times = [row.delivered_at - row.created_at for row in rows if row.delivered_at]
    took = sorted(math.ceil(time.total_seconds()) for time in times)
    step = 10 if not took or statistics.median_low(took) <= 600 else 60
    median = math.ceil(statistics.median_low(took) / step) * step if took else None
    lost = states["failed"] + states["expired"]
    return len(rows), states["delivered"], lost, len(rows) - lost - states["delivered"], median


def progress(offices: Collection[str]) -> dict[str, tuple[int, int, int]]:
    """Employer → workers, who sent, who is approved."""
    reached: dict[int, int] = {}
    for row in Application.objects.exclude(person_id=None):
        reached[row.person_id] = max(reached.get(row.person_id, 0), stage_of(row))  # type: ignore[index,arg-type]
    found: dict[str, tuple[int, int, int]] = {}
    for employer in Employer.objects.filter(office_id__in=offices):
        people = {row.person_id for row in Contribution.objects.filter(employer=employer)}
        workers = [person for person in people if employer.code in employers_of(person)]
        if workers:
            stages = [reached.get(person, 0) for person in workers]
            found[employer.code] = (
                len(workers),
                sum(at >= 1 for at in stages),
                sum(at >= 3 for at in stages),
            )
    return found


def reasons(offices: Collection[str], since: date, until: date) -> Counter[str]:
    """Reason → refused files."""
    rows = files(offices, lambda row: row.state == "refused" and since <= _closed(row) <= until)
    return Counter(reason for row in rows for reason in set(row.reasons))


def hours(row: Application) -> int:
    """From sending to the end, begun hours."""
    assert row.closed_at is not None
    return math.ceil((row.closed_at - row.submitted_at).total_seconds() / 3600)


def closed(offices: Collection[str], state: str, since: date, until: date) -> list[Application]:
    """The files that ended so within the days."""
    return files(offices, lambda row: row.state == state and since <= _closed(row) <= until)


def _closed(row: Application) -> Any:
    return local_day(row.closed_at) if row.closed_at else date.min
