"""Take the employers that a campaign is for: some thousands at a time, each in one statement.

How far it came stands in the campaign, in the same transaction: a worker that dies leaves whole steps, the
next one goes on after them, and of two at once the second waits and goes on where the first ended.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from vssid.infra.database.patience import unhurried
from vssid.kernel.calendar import local_day

from ..models.campaigns import Campaign
from . import scope
from .states import State

PLAN_JOB = "employers.plan_campaign"
STEP = 40_000
# The code with which a step ends; by the key of participants_employer.
_UPTO = "SELECT code FROM participants_employer WHERE code > %s ORDER BY code OFFSET %s LIMIT 1"
# By the key of employers_target each employer is there once.
_TAKE = """
INSERT INTO employers_target (campaign_id, employer_code, office_code, people)
SELECT %(campaign)s, code, office_code, people FROM fitting WHERE NOT is_over AND NOT is_in
ON CONFLICT DO NOTHING
"""


def plan(campaign_id: int, now: datetime) -> int:
    """Take all of them, or go on where it was left, while the campaign runs; how many were taken."""
    taken, more = 0, True
    while more:
        count, more = _step(campaign_id, now)
        taken += count
    return taken


def _step(campaign_id: int, now: datetime) -> tuple[int, bool]:
    with unhurried() as cursor:
        row = Campaign.objects.select_for_update().get(id=campaign_id)
        if row.state != State.RUNNING or row.planned_at is not None:
            return 0, False
        upto = _end_of_step(cursor, row.planned_to)
        asked = scope.parameters(row, on=local_day(now), after=row.planned_to, upto=upto)
        cursor.execute(scope.fitting() + _TAKE, asked | {"campaign": row.id})
        taken = cursor.rowcount
        done = {"planned_to": upto} if upto else {"planned_at": now}
        Campaign.objects.filter(id=row.id).update(**done)
    return taken, bool(upto)


def _end_of_step(cursor: Any, after: str) -> str:
    cursor.execute(_UPTO, [after, STEP - 1])
    row = cursor.fetchone()
    return str(row[0]) if row else ""
