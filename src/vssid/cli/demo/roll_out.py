"""A plan with targets at a demo's offices, employers given to collection officers, and the first count.

The letter, its number and every target are made up, and the plan says so (`is_synthetic`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

OFFICE = "03100"
NUMBER, TITLE = "01/KH-MẪU", "Kế hoạch mẫu: phổ biến ứng dụng đến người lao động"
BEFORE, AFTER = timedelta(days=45), timedelta(days=45)
# Of an office's workers so many in a hundred are to be approved.
SHARE = 60
MOST_ASSIGNED = 40


def prepare(officers: Sequence[Mapping[str, str]], *, now: datetime) -> None:
    """Write the plan once, then count, so that reports show it."""
    from django.utils import timezone

    from vssid.domain.reports import counting
    from vssid.domain.rollout.models import Plan

    counting.recount(now, people=True)
    if not Plan.objects.filter(is_synthetic=True).exists():
        _write([officer for officer in officers if officer["role"] == "collection_officer"], now=now)
        counting.recount(timezone.now())


def _write(collecting: Sequence[Mapping[str, str]], *, now: datetime) -> None:
    from vssid.domain.reports.models import Progress
    from vssid.domain.rollout import plans
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.calendar import local_day

    today = local_day(now)
    days = (today - BEFORE, today + AFTER)
    letter = plans.Letter(OFFICE, NUMBER, days[0] - timedelta(days=7), TITLE, *days)
    plan_id = plans.write(letter, by=SYSTEM, now=now, is_synthetic=True)
    for office in sorted({officer["office_code"] for officer in collecting}):
        lines = Progress.objects.filter(office_code=office, day=today)
        workers = sum(lines.values_list("workers", flat=True))
        if workers:
            aim = plans.Aim(*days, max(1, workers * SHARE // 100), office_code=office)
            plans.aim(plan_id, aim, by=SYSTEM, now=now)
        here = [officer for officer in collecting if officer["office_code"] == office]
        _assign(plan_id, here, list(lines.order_by("-workers", "employer_code")[:MOST_ASSIGNED]), days, now)


def _assign(
    plan_id: int,
    here: Sequence[Mapping[str, str]],
    lines: Sequence[Any],
    days: tuple[date, date],
    now: datetime,
) -> None:
    """Each employer to an officer in turn, but the last few; and a target for each that is given."""
    from vssid.domain.accounts.models.accounts import Account
    from vssid.domain.rollout import assigning, plans
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.calendar import local_day

    numbers = [Account.objects.get(login=officer["username"]).person_id for officer in here]
    for at, line in enumerate(lines[: len(lines) * 9 // 10]):
        assigning.assign(line.employer_code, numbers[at % len(numbers)], local_day(now), by=SYSTEM, now=now)
        aim = plans.Aim(*days, max(1, line.workers * SHARE // 100), employer_code=line.employer_code)
        plans.aim(plan_id, aim, by=SYSTEM, now=now)
