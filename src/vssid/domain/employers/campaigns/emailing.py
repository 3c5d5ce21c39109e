"""Letters by e-mail: which of a part go so, the messages of them, and the document that goes with each.

The one-time code stands in the message alone, which is sealed and erased when it ends; the PDF is made when
it is sent. Then all is looked at again: while the campaign is stopped it waits, and it does not leave once
the campaign ended, the employer came in or ceased, or its address changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications.outbox import dead_addresses, documents
from vssid.domain.notifications.outbox import letters as texts
from vssid.domain.offices import queries as offices
from vssid.domain.participants.models.participation import Employer
from vssid.domain.vault import sealing as vault
from vssid.infra import mail
from vssid.infra.mail import Attachment
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.errors import DomainError

from ..entries import judging, letter
from ..models.campaigns import Mailing, Part, Target, Wave
from ..models.entries import Entry
from . import letters
from .states import State

KIND = "employer_letter"
# Ours: so long an e-mail is tried before its letter goes by post; ends before the first reminder.
LIFE = timedelta(days=5)
CHANGED = "changed_address"
_NOTED = """
UPDATE employers_mailing m SET by_post = n.by_post, message_id = n.message,
  email = CASE WHEN n.message IS NULL THEN m.email ELSE 'waiting' END
FROM unnest(%(codes)s::text[], %(by_post)s::boolean[], %(messages)s::uuid[]) n (code, by_post, message)
WHERE m.wave_id = %(wave)s AND m.employer_code = n.code
"""
_NOTED_TO = """
UPDATE employers_target t SET email = 'waiting'
FROM unnest(%(codes)s::text[], %(messages)s::uuid[]) n (code, message)
WHERE t.campaign_id = %(campaign)s AND t.employer_code = n.code AND n.message IS NOT NULL
"""


def addresses(wave: Wave, targets: Sequence[Target]) -> dict[str, EmailAddress]:
    """Employer → where its letter goes by e-mail; without those whose address is unknown, takes nothing, or
    has failed in this wave.
    """
    if wave.way == Wave.POST or not mail.is_offered():
        return {}
    codes = [target.employer_id for target in targets]
    failed = Mailing.objects.filter(wave=wave, employer_code__in=codes, email="failed")
    rows = Employer.objects.filter(code__in=codes).exclude(email="")
    rows = rows.exclude(code__in=failed.values("employer_code"))
    known = {code: EmailAddress(email) for code, email in rows.values_list("code", "email")}
    return {code: address for code, address in known.items() if dead_addresses.of(address) is None}


def on_paper(wave: Wave, target: Target, by_email: Mapping[str, EmailAddress]) -> bool:
    """Does its letter go by post?"""
    return wave.way == Wave.BOTH or target.employer_id not in by_email


def send(
    part: Part,
    entries: Sequence[Entry],
    codes: Mapping[str, str],
    by_email: Mapping[str, EmailAddress],
    *,
    now: datetime,
) -> dict[str, UUID]:
    """Keep a message for each letter by e-mail, in the caller's transaction; employer → message."""
    meant = [entry for entry in entries if entry.employer_id in by_email]
    if not meant:
        return {}
    part.mail_subject_id = vault.new_subject_id()
    Part.objects.filter(id=part.id).update(mail_subject_id=part.mail_subject_id)
    return {entry.employer_id: _keep(part, entry, codes, by_email, now) for entry in meant}


def note(part: Part, sent: Mapping[str, UUID], papers: set[str]) -> None:
    """Write down which letters of a part are on paper, and which wait for their message."""
    codes = sorted(sent.keys() | papers)
    asked: dict[str, Any] = {
        "wave": part.wave_id,
        "campaign": part.wave.campaign_id,
        "codes": codes,
        "by_post": [code in papers for code in codes],
        "messages": [sent.get(code) for code in codes],
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTED, asked)
        cursor.execute(_NOTED_TO, asked)


def office_of_letters(subject_id: int) -> str:
    """The office whose campaign sends the letters that are sealed for a subject; empty for any other."""
    rows = Part.objects.filter(mail_subject_id=subject_id)
    return rows.values_list("wave__campaign__office_id", flat=True).first() or ""


def document(facts: Mapping[str, Any], to: str, now: datetime) -> Attachment:
    """The letter of a message, made when it is sent. Raises Held or Void (as `documents.Maker`)."""
    wave = Wave.objects.select_related("campaign").get(id=facts["wave"])
    entry = Entry.objects.select_related("employer").get(id=facts["entry"])
    if wave.campaign.state == State.STOPPED:
        raise documents.Held
    if wave.campaign.state == State.ENDED:
        raise documents.Void
    try:
        judging.check(entry, entry.employer_id, now=now)
    except DomainError:
        raise documents.Void from None
    if entry.employer.email != to:
        raise documents.Void(CHANGED)
    target = Target.objects.get(campaign_id=wave.campaign_id, employer_id=entry.employer_id)
    made = {entry.employer_id: facts["code"]}
    (told,) = letters.written(wave, [target], made, until=entry.expires_at, now=entry.made_at)
    return Attachment(f"thu-moi-{entry.employer_id}.pdf", letter.signed(told))


def _keep(
    part: Part, entry: Entry, codes: Mapping[str, str], by_email: Mapping[str, EmailAddress], now: datetime
) -> UUID:
    assert part.mail_subject_id is not None  # given by `send`
    campaign, employer = part.wave.campaign, entry.employer_id
    named = documents.named(KIND, wave=part.wave_id, entry=entry.id, code=codes[employer])
    said = texts.render(KIND, **_facts(campaign.office_id, campaign.letter_number, campaign.letter_on, entry))
    outgoing = notifications.letter(part.mail_subject_id, KIND, by_email[employer], said, document=named)
    # A newer letter stops one that has not left: its code is worth nothing any more.
    return notifications.keep(outgoing, now=now, expires_in=LIFE, series=f"{KIND}|{employer}")


def _facts(sender: str, number: str, day: date, entry: Entry) -> dict[str, Any]:
    at = offices.office(entry.office_id)
    asked = f"{at.name}, {at.phone}" if at.phone else at.name
    return {"office": offices.office(sender).name, "number": number, "day": day, "ask": asked}
