"""What became of letters by e-mail: noted each ten minutes, and those that did not arrive go by post.

A letter that takes the place of one has a code of its own; that of the e-mail is worth nothing from then on,
so that of two that arrive after all one opens. Who came in or has a newer letter meanwhile gets none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from vssid.domain.audit import actions as audit
from vssid.domain.casework import batches
from vssid.domain.notifications.outbox import documents
from vssid.domain.notifications.outbox.states import FINAL
from vssid.infra import jobs
from vssid.kernel.actor import SYSTEM

from ..models.campaigns import Campaign, Mailing, Part, Target, Wave
from . import emailing
from .states import State
from .waves import PART, PRINT_JOB

NOT_WANTED = (documents.VOID, "cancelled")
# Mailings by employers_mailing_by_email, parts by wave and number, messages and targets by key.
_ENDED = """
WITH ended AS (
  SELECT m.wave_id, m.employer_code, m.entry_id, d.delivered_at, CASE
    WHEN d.state = 'delivered' THEN 'sent'
    WHEN d.reason = %(changed)s THEN 'changed'
    WHEN d.reason = ANY(%(not_wanted)s) THEN 'void'
    ELSE 'failed'
  END AS became
  FROM employers_wave w
  JOIN employers_mailing m ON m.wave_id = w.id AND m.email = 'waiting'
  JOIN employers_part p ON p.wave_id = w.id AND p.number = m.part
  JOIN notifications_message d ON d.subject_id = p.mail_subject_id AND d.id = m.message_id
  WHERE w.campaign_id = %(campaign)s AND d.state = ANY(%(final)s)
), noted AS (
  UPDATE employers_mailing m SET email = ended.became FROM ended
  WHERE m.wave_id = ended.wave_id AND m.employer_code = ended.employer_code AND m.email = 'waiting'
)
UPDATE employers_target t SET email = ended.became,
  posted_at = coalesce(t.posted_at, CASE WHEN ended.became = 'sent' THEN ended.delivered_at END)
FROM ended
WHERE t.campaign_id = %(campaign)s AND t.employer_code = ended.employer_code AND t.entry_id = ended.entry_id
"""


def note_all(now: datetime) -> None:
    """Of every campaign with letters under way, also of one that was stopped or ended."""
    waves = Mailing.objects.filter(email="waiting").order_by().values("wave").distinct()
    named = Wave.objects.filter(id__in=waves).order_by().values_list("campaign_id", flat=True).distinct()
    batches.each(named, note, job="employers.run_campaigns")


def note(campaign_id: int) -> bool:
    """Note what became of a campaign's messages; whether any has ended."""
    asked: dict[str, Any] = {
        "campaign": campaign_id,
        "changed": emailing.CHANGED,
        "not_wanted": list(NOT_WANTED),
        "final": [state.value for state in FINAL],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, asked)
        return bool(cursor.rowcount)


def write_instead(campaign_id: int, now: datetime) -> int:
    """Of a campaign that runs: a new part of letters instead of those that did not arrive; how many letters.

    Where the address changed before it was sent the letter goes to the new one, else by post.
    """
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update().get(id=campaign_id)
        if campaign.state != State.RUNNING:
            return 0
        waves = Wave.objects.filter(campaign=campaign).order_by("id")
        return sum(_write(campaign, wave, now) for wave in waves)


def _write(campaign: Campaign, wave: Wave, now: datetime) -> int:
    lost = Mailing.objects.filter(wave=wave, email__in=("failed", "changed"), by_post=False)
    sent = dict(lost.exclude(entry=None).values_list("employer_code", "entry_id"))
    rows = Target.objects.filter(campaign=campaign, employer_id__in=sent)
    newest = dict(rows.values_list("employer_id", "entry_id"))
    meant = sorted(code for code, entry in sent.items() if newest.get(code) == entry)
    for begin in range(0, len(meant), PART):
        _part(wave, meant[begin : begin + PART], now)
    # A newer letter, or nobody to write to: nothing takes its place.
    lost.filter(employer_code__in=sent.keys() - set(meant)).update(email="void")
    if meant:
        facts = {"campaign": campaign.id, "wave": wave.id, "letters": len(meant)}
        audit.record(
            "campaign.emails_failed", subject=0, by=SYSTEM, now=now, facts=facts, office=campaign.office_id
        )
    return len(meant)


def _part(wave: Wave, meant: Sequence[str], now: datetime) -> None:
    last = Part.objects.filter(wave=wave).aggregate(last=Max("number"))["last"]
    part = Part.objects.create(wave=wave, number=last + 1, letters=len(meant), queued_at=now, is_instead=True)
    rows = Mailing.objects.filter(wave=wave, employer_code__in=meant)
    rows.filter(email="changed").update(email="")
    rows.update(part=part.number, entry=None, message_id=None)
    jobs.defer(PRINT_JOB, part_id=part.id)
