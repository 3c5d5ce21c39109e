"""Begin a wave on its day: set who gets its letters and in which part, once, in one transaction.

Waves go one after the other: the next begins when every letter of those before is printed, and reminders some
days after that, so that nobody gets two at once when a campaign was stopped for a while.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from vssid.domain.audit import actions as audit
from vssid.infra import jobs
from vssid.infra.database.patience import unhurried
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day

from ..models.campaigns import Campaign, Part, Wave
from . import asking
from .rules import REST
from .states import State

PRINT_JOB = "employers.print_part"
# Letters of a part: a stack that a desk folds and a printer takes at once.
PART = 200
# Who has not come in, as `campaigns/sql/fitting.sql` says it. Reads the targets of a campaign by key, the
# largest first by employers_target_listed; each wave has an employer once by the key of employers_mailing.
_TAKE = """
INSERT INTO employers_mailing (wave_id, employer_code, part)
SELECT %(wave)s, c.employer_code,
  ((row_number() OVER (ORDER BY c.office_code, c.employer_code) - 1) / %(part)s + 1)::int
FROM (
  SELECT t.employer_code, t.office_code FROM employers_target t
  LEFT JOIN employers_entry e ON e.id = t.entry_id
  WHERE t.campaign_id = %(campaign)s AND (t.letters > 0) = %(again)s AND e.used_at IS NULL
    AND NOT EXISTS (
      SELECT 1 FROM employers_seat s
      WHERE s.employer_code = t.employer_code AND s.role = 'administrator' AND s.ended_at IS NULL
        AND s.from_on <= %(on)s AND (s.until_on IS NULL OR s.until_on >= %(on)s)
    )
  ORDER BY t.people DESC, t.employer_code
  LIMIT %(most)s
) c
ON CONFLICT DO NOTHING
"""
_PARTS = """
INSERT INTO employers_part (wave_id, number, letters, queued_at, blob_key, size, posted_by)
SELECT wave_id, part, count(*), %(now)s, '', 0, '' FROM employers_mailing WHERE wave_id = %(wave)s
GROUP BY wave_id, part ORDER BY part
RETURNING id
"""


def begin_due(campaign_id: int, now: datetime) -> bool:
    """Begin the next wave when its day has come. Twice, or two at once, is as once."""
    with unhurried() as cursor:
        campaign = Campaign.objects.select_for_update().get(id=campaign_id)
        if campaign.state != State.RUNNING or campaign.planned_at is None:
            return False
        wave = _due(campaign, now)
        if wave is None:
            return False
        letters = _begin(cursor, campaign, wave, now)
        Wave.objects.filter(id=wave.id).update(begun_at=now)
        facts = {"campaign": campaign.id, "wave": wave.id, "letters": letters}
        audit.record(
            "campaign.wave_begun", subject=0, by=SYSTEM, now=now, facts=facts, office=campaign.office_id
        )
    return True


def _due(campaign: Campaign, now: datetime) -> Wave | None:
    rows = Wave.objects.filter(campaign=campaign)
    wave = rows.filter(begun_at=None, on_day__lte=local_day(now)).order_by("on_day").first()
    if wave is None:
        return None
    before = Part.objects.filter(wave__in=rows.exclude(begun_at=None))
    told = before.exclude(wave__kind=Wave.ASK_HR).aggregate(last=Max("made_at"))
    if before.filter(made_at=None).exists():
        return None
    is_early = told["last"] is not None and local_day(told["last"]) + REST > local_day(now)
    return None if wave.kind == Wave.REMINDER and is_early else wave


def _begin(cursor: Any, campaign: Campaign, wave: Wave, now: datetime) -> int:
    asked = {
        "wave": wave.id,
        "campaign": campaign.id,
        "part": PART,
        "again": wave.kind == Wave.REMINDER,
        "on": local_day(now),
        "most": wave.most,
        "now": now,
        "roles": asking.roles(),
    }
    cursor.execute(asking.TAKE if wave.kind == Wave.ASK_HR else _TAKE, asked)
    letters = int(cursor.rowcount)
    cursor.execute(_PARTS, asked)
    for (part_id,) in cursor.fetchall():
        jobs.defer(PRINT_JOB, part_id=part_id)
    return letters
