"""A wave that asks HR of employers that came in to invite its workers: by notice and work e-mail, no letter.

Its parts are queued, stopped and gone on with as those of letters; each HR person is told once of a wave,
however often a part is done.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from vssid.domain.audit import actions as audit
from vssid.kernel.actor import SYSTEM

from .. import telling
from ..models.campaigns import Campaign, Mailing, Part
from ..roster.stages import TOLD, Stage
from ..seats.roles import Role
from .states import State

KIND = "employer_asked_to_invite"
# Of the employers of the campaign those where somebody of HR may work today, and with workers whom nobody has
# invited, the most people first. Targets by key; seats and workers by the indexes on their employer; each
# wave has an employer once by the key of employers_mailing.
TAKE = f"""
INSERT INTO employers_mailing (wave_id, employer_code, part)
SELECT %(wave)s, c.employer_code,
  ((row_number() OVER (ORDER BY c.office_code, c.employer_code) - 1) / %(part)s + 1)::int
FROM (
  SELECT t.employer_code, t.office_code FROM employers_target t
  WHERE t.campaign_id = %(campaign)s
    AND EXISTS (
      SELECT 1 FROM employers_seat s
      WHERE s.employer_code = t.employer_code AND s.role = ANY(%(roles)s) AND s.ended_at IS NULL
        AND s.from_on <= %(on)s AND (s.until_on IS NULL OR s.until_on >= %(on)s)
    )
    AND NOT EXISTS (
      SELECT 1 FROM employers_standing o
      WHERE o.employer_code = t.employer_code AND o.kind <> 'moved' AND o.taken_back_at IS NULL
        AND o.from_on <= %(on)s
    )
    AND EXISTS (
      SELECT 1 FROM reports_worker w
      LEFT JOIN employers_invitee i ON i.person_id = w.person_id AND i.employer_code = w.employer_code
      WHERE w.employer_code = t.employer_code AND {TOLD} = {int(Stage.NONE)}
    )
  ORDER BY t.people DESC, t.employer_code
  LIMIT %(most)s
) c
ON CONFLICT DO NOTHING
"""  # noqa: S608 - words of ours
# How many nobody has invited, of some employers, by the index on their workers.
_WAITING = f"""
SELECT w.employer_code, count(*) FROM reports_worker w
LEFT JOIN employers_invitee i ON i.person_id = w.person_id AND i.employer_code = w.employer_code
WHERE w.employer_code = ANY(%s) AND {TOLD} = {int(Stage.NONE)}
GROUP BY w.employer_code
"""  # noqa: S608 - words of ours


def roles() -> list[str]:
    """Who is told."""
    return [Role(role).value for role in telling.WORKERS]


def ask(part_id: int, *, now: datetime) -> bool:
    """Tell HR of each employer of a part, once; False when it is done, or the campaign rests."""
    with transaction.atomic():
        campaign_id = Part.objects.values_list("wave__campaign_id", flat=True).get(id=part_id)
        campaign = Campaign.objects.select_for_update().get(id=campaign_id)
        part = Part.objects.select_related("wave").get(id=part_id)
        if campaign.state != State.RUNNING or part.made_at is not None:
            return False
        waiting = _waiting(part)
        for employer, many in sorted(waiting.items()):
            _tell(employer, many, campaign, part, now)
        Part.objects.filter(id=part.id).update(made_at=now, printed=len(waiting))
        facts = {"campaign": campaign.id, "part": part.id, "employers": len(waiting)}
        audit.record(
            "campaign.hr_asked", subject=0, by=SYSTEM, now=now, facts=facts, office=campaign.office_id
        )
    return True


def _waiting(part: Part) -> dict[str, int]:
    named = Mailing.objects.filter(wave_id=part.wave_id, part=part.number)
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [list(named.values_list("employer_code", flat=True))])
        return dict(cursor.fetchall())


def _tell(employer: str, many: int, campaign: Campaign, part: Part, now: datetime) -> None:
    facts: dict[str, Any] = {
        "number": campaign.letter_number,
        "letter_on": f"{campaign.letter_on:%d/%m/%Y}",
        "many": many,
    }
    telling.tell(employer, KIND, f"wave{part.wave_id}", now=now, **facts)
