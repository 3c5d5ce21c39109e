"""Print the letters of a part: their codes are made for it, and stand alone in the sealed PDF, or in the
message that takes a letter by e-mail (`emailing`).

The PDF is set and sealed first, without a lock; then, in one transaction under the locks of the campaign, the
part and its employers, all is looked at again and the invitations are written. A worker that dies before that
leaves nothing but blobs that no part names; of two that print one part the second finds it made.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from vssid.domain.audit import actions as audit
from vssid.domain.imports.uploads import sealed_files
from vssid.domain.imports.uploads.sealed_files import Sealed
from vssid.domain.participants.models.participation import Employer
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.email_address import EmailAddress

from ..entries import codes, letter
from ..models.campaigns import Campaign, Mailing, Part, Target, Wave
from ..models.entries import Entry
from . import asking, emailing, letters
from .eligible import Skipped, why_not
from .states import State

PURPOSE, FOLDER = "campaign-letters", "campaigns"
# So often the part is set anew when somebody came in while it was being set.
TRIES = 5
# What became of each letter of the part; all by the keys of mailings, targets and entries.
_SENT = """
UPDATE employers_mailing m SET entry_id = n.entry, skipped = ''
FROM unnest(%(codes)s::text[], %(entries)s::bigint[]) n (code, entry)
WHERE m.wave_id = %(wave)s AND m.employer_code = n.code
"""
_SENT_TO = """
UPDATE employers_target t SET letters = t.letters + %(more)s, printed_at = %(now)s, skipped = '',
  opened_at = coalesce(t.opened_at, (SELECT e.looked_at FROM employers_entry e WHERE e.id = t.entry_id)),
  entry_id = n.entry
FROM unnest(%(codes)s::text[], %(entries)s::bigint[]) n (code, entry)
WHERE t.campaign_id = %(campaign)s AND t.employer_code = n.code
"""
_SKIPPED = """
UPDATE employers_mailing m SET skipped = n.why
FROM unnest(%(skipped)s::text[], %(why)s::text[]) n (code, why)
WHERE m.wave_id = %(wave)s AND m.employer_code = n.code
"""
_SKIPPED_TO = """
UPDATE employers_target t SET skipped = n.why
FROM unnest(%(skipped)s::text[], %(why)s::text[]) n (code, why)
WHERE t.campaign_id = %(campaign)s AND t.employer_code = n.code
"""


@dataclass(frozen=True, slots=True)
class Set:
    """Letters that are set: employer → plain code, where those by e-mail go, why the others get none, and
    the sealed PDF of those on paper.
    """

    codes: Mapping[str, str]
    addresses: Mapping[str, EmailAddress]
    skipped: Mapping[str, Skipped]
    sealed: Sealed | None


def print_or_ask(part_id: int, *, now: datetime) -> bool:
    """What a part of a wave is for; as `print_part`."""
    kind = Part.objects.values_list("wave__kind", flat=True).get(id=part_id)
    return asking.ask(part_id, now=now) if kind == Wave.ASK_HR else print_part(part_id, now=now)


def print_part(part_id: int, *, now: datetime) -> bool:
    """Print it once; False when it is printed, or the campaign rests. Call it outside a transaction."""
    for _try in range(TRIES):
        part = Part.objects.select_related("wave__campaign").get(id=part_id)
        if part.made_at is not None or part.wave.campaign.state != State.RUNNING:
            return False
        ready = _set(part, now)
        kept: bool | None = None
        try:
            kept = _keep(part.id, ready, now)
        finally:
            if not kept:
                _drop(ready)
        if kept is not None:
            return kept
    raise RuntimeError(f"part {part_id} changed {TRIES} times while it was set")


def sealed_of(part: Part) -> Sealed:
    """Where the PDF of a part lies."""
    return Sealed(part.subject_id or 0, PURPOSE, part.blob_key, part.size)


def _set(part: Part, now: datetime) -> Set:
    targets = _targets(part)
    skipped = why_not(targets, now=now)
    meant = [target for target in targets if target.employer_id not in skipped]
    made = {target.employer_id: codes.new() for target in meant}
    addresses = emailing.addresses(part.wave, meant)
    papers = [target for target in meant if emailing.on_paper(part.wave, target, addresses)]
    if not papers:
        return Set(made, addresses, skipped, None)
    until = now + settings.ENTRY_LIFE
    told = {target.employer_id: made[target.employer_id] for target in papers}
    pdf = letter.render(letters.written(part.wave, papers, told, until=until, now=now))
    subject = vault.new_subject_id()
    with tempfile.TemporaryDirectory() as folder:
        # The plain PDF is on this machine's disk only while it is sealed.
        path = Path(folder) / "part"
        path.write_bytes(pdf)
        return Set(made, addresses, skipped, sealed_files.store(subject, PURPOSE, path, folder=FOLDER))


def _targets(part: Part) -> list[Target]:
    """The employers of a part in the order of their letters."""
    named = Mailing.objects.filter(wave_id=part.wave_id, part=part.number).values("employer_code")
    rows = Target.objects.filter(campaign_id=part.wave.campaign_id, employer_id__in=named)
    return list(rows.order_by("office_code", "employer_id"))


def _keep(part_id: int, ready: Set, now: datetime) -> bool | None:
    """Write what was set. None when it has to be set anew; False when nothing (more) is to be printed."""
    with transaction.atomic():
        campaign_id = Part.objects.values_list("wave__campaign_id", flat=True).get(id=part_id)
        # Who stops the campaign waits for these letters or finds them not printed: none goes out after it.
        campaign = Campaign.objects.select_for_update().get(id=campaign_id)
        part = Part.objects.select_related("wave__campaign").get(id=part_id)
        if part.made_at is not None or campaign.state != State.RUNNING:
            return False
        targets = _targets(part)
        locked = Employer.objects.select_for_update(no_key=True).order_by("code")
        list(locked.filter(code__in=[target.employer_id for target in targets]).values_list("code"))
        if dict(why_not(targets, now=now)) != dict(ready.skipped):
            return None
        meant = [target for target in targets if target.employer_id in ready.codes]
        if emailing.addresses(part.wave, meant) != ready.addresses:
            return None
        _write(part, campaign, targets, ready, now)
    return True


def _write(part: Part, campaign: Campaign, targets: Sequence[Target], ready: Set, now: datetime) -> None:
    by = Actor(SYSTEM.kind, SYSTEM.id, campaign.started_by_name or SYSTEM.name)
    meant = [target for target in targets if target.employer_id in ready.codes]
    _close_before(meant, by, now)
    entries = _entries(meant, ready.codes, campaign, now)
    for entry in entries:
        facts = {"employer": entry.employer_id, "entry": entry.id, "way": entry.way, "campaign": campaign.id}
        audit.record("employer.invited", subject=0, by=by, now=now, facts=facts, office=entry.office_id)
    sent = emailing.send(part, entries, ready.codes, ready.addresses, now=now)
    papers = {target.employer_id for target in meant if emailing.on_paper(part.wave, target, ready.addresses)}
    _note(part, entries, ready.skipped, now)
    emailing.note(part, sent, papers)
    kept = ready.sealed
    Part.objects.filter(id=part.id).update(
        made_at=now,
        printed=len(entries),
        on_paper=len(papers),
        emailed=len(sent),
        subject_id=kept.subject_id if kept else None,
        blob_key=kept.key if kept else "",
        size=kept.size if kept else 0,
    )
    facts = {"campaign": campaign.id, "part": part.id, "letters": len(entries), "emails": len(sent)}
    audit.record("campaign.part_printed", subject=0, by=by, now=now, facts=facts, office=campaign.office_id)


def _close_before(targets: Sequence[Target], by: Actor, now: datetime) -> None:
    """The letters before are worth nothing from now on; those whose time is over leave room too."""
    named = [target.employer_id for target in targets]
    rows = Entry.objects.filter(employer_id__in=named, used_at=None, cancelled_at=None)
    rows.update(cancelled_at=now, cancelled_by=by.name)


def _entries(
    targets: Sequence[Target], made: Mapping[str, str], campaign: Campaign, now: datetime
) -> list[Entry]:
    return Entry.objects.bulk_create(
        Entry(
            employer_id=target.employer_id,
            office_id=target.office_code,
            way=Entry.LETTER,
            name_part=codes.name_part(made[target.employer_id]),
            code_hash=codes.hashed(made[target.employer_id]),
            made_at=now,
            made_by=campaign.started_by,
            made_by_name=campaign.started_by_name,
            expires_at=now + settings.ENTRY_LIFE,
        )
        for target in targets
    )


def _note(part: Part, entries: Sequence[Entry], skipped: Mapping[str, Skipped], now: datetime) -> None:
    asked: dict[str, Any] = {
        "wave": part.wave_id,
        "campaign": part.wave.campaign_id,
        "now": now,
        # One that takes the place of an e-mail that did not arrive is the same letter.
        "more": 0 if part.is_instead else 1,
        "codes": [entry.employer_id for entry in entries],
        "entries": [entry.id for entry in entries],
        "skipped": list(skipped),
        "why": list(skipped.values()),
    }
    with connection.cursor() as cursor:
        for statement in (_SENT, _SENT_TO, _SKIPPED, _SKIPPED_TO):
            cursor.execute(statement, asked)


def _drop(ready: Set) -> None:
    if ready.sealed is not None:
        sealed_files.delete(ready.sealed)
        vault.erase(ready.sealed.subject_id)
