"""Take printed letters, and note that they were posted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk
from vssid.domain.imports.uploads import sealed_files
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from ..models.campaigns import Part
from .errors import NotPrinted, PartErased
from .moves import CAMPAIGN
from .printing import sealed_of

# The targets whose letters these are, by the key of mailings and of targets.
_POSTED = """
UPDATE employers_target t SET posted_at = %(now)s
FROM employers_mailing m
WHERE m.wave_id = %(wave)s AND m.part = %(part)s AND m.entry_id IS NOT NULL AND m.by_post
  AND t.campaign_id = %(campaign)s AND t.employer_code = m.employer_code AND t.posted_at IS NULL
"""


def take(part_id: int, campaign_id: int, *, by: Actor, now: datetime) -> bytes:
    """The PDF of a part; the taking is an event. Raises NotYours, NotAllowed, NotPrinted or PartErased."""
    with transaction.atomic():
        part = _part(part_id, campaign_id, by)
        facts = {"campaign": campaign_id, "part": part.id, "letters": part.papers}
        audit.record(
            "campaign.part_taken",
            subject=by.id or 0,
            by=by,
            now=now,
            facts=facts,
            office=part.wave.campaign.office_id,
        )
    return b"".join(sealed_files.read(sealed_of(part)))


def post(part_id: int, campaign_id: int, *, by: Actor, now: datetime) -> None:
    """The letters are on their way. Twice is fine. Raises NotYours, NotAllowed, NotPrinted or PartErased."""
    with transaction.atomic():
        part = _part(part_id, campaign_id, by)
        if part.posted_at is not None:
            return
        Part.objects.filter(id=part.id).update(posted_at=now, posted_by=by.name)
        with connection.cursor() as cursor:
            asked: dict[str, Any] = {
                "now": now,
                "wave": part.wave_id,
                "part": part.number,
                "campaign": campaign_id,
            }
            cursor.execute(_POSTED, asked)
        facts = {"campaign": campaign_id, "part": part.id, "letters": part.papers}
        audit.record(
            "campaign.part_posted",
            subject=by.id or 0,
            by=by,
            now=now,
            facts=facts,
            office=part.wave.campaign.office_id,
        )


def _part(part_id: int, campaign_id: int, by: Actor) -> Part:
    """A printed part of a campaign, locked, that still has its letters."""
    if by.kind.value != "system":
        desk.find(CAMPAIGN, campaign_id, by=by, need=Right.MANAGE_EMPLOYERS)
    rows = Part.objects.select_for_update(of=("self",)).select_related("wave__campaign")
    part = rows.filter(id=part_id, wave__campaign_id=campaign_id).first()
    if part is None:
        raise NotYours
    if part.made_at is None or not part.papers:
        raise NotPrinted
    if not part.blob_key:
        raise PartErased
    return part
