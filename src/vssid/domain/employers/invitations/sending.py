"""Send the messages of a round, some at a time; what was said meanwhile counts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from vssid.domain.notifications import actions as notifications
from vssid.domain.notifications import languages
from vssid.domain.notifications.actions import Outgoing
from vssid.domain.notifications.outbox import dead_addresses, letters, templates
from vssid.domain.participants.models.participation import Employer
from vssid.infra import jobs
from vssid.kernel.calendar import local_day
from vssid.kernel.email_address import EmailAddress
from vssid.kernel.ids import Phone

from ..models.invitations import Invitation, InvitationRound, Invitee
from ..own_file import taking
from ..roster import queries as roster
from ..standing import queries as standing
from . import codes, ending, hours
from .inviting import SEND_JOB
from .rules import MESSAGE_LIFE, Channel

SMS, LETTER = "employer_invitation", "employer_invitation"
_BATCH = 100


def work(round_id: int, *, now: datetime) -> None:
    """Send what waits of a round; twice is as once. Texts of a job that comes at night wait for the day."""
    channel = Channel(InvitationRound.objects.values_list("channel", flat=True).get(id=round_id))
    if (leaves := hours.leaves_at(channel, now)) > now:
        jobs.defer(SEND_JOB, at=leaves, round_id=round_id)
        return
    while _batch(round_id, now):
        pass


def _batch(round_id: int, now: datetime) -> int:
    with transaction.atomic():
        waiting = Invitation.objects.select_for_update(skip_locked=True).filter(
            round_id=round_id, sent_at=None, ended_at=None
        )
        rows = list(waiting.order_by("id")[:_BATCH])
        if rows:
            _send(rows, now)
    return len(rows)


def _send(rows: list[Invitation], now: datetime) -> None:
    employer, people = rows[0].employer_code, [row.person_id for row in rows]
    over = standing.end_of(employer, on=local_day(now)) is not None
    name = Employer.objects.values_list("name", flat=True).get(code=employer)
    here, given = roster.here(employer, people), taking.held(employer, people)
    stopped = set(
        Invitee.objects.filter(employer_code=employer, person_id__in=people)
        .exclude(stopped_at=None)
        .values_list("person_id", flat=True)
    )
    for row in rows:
        contacts = given[row.person_id].contacts if row.person_id in given else {}
        why = "over" if over else "left" if row.person_id not in here else ""
        why = why or ("stop" if row.person_id in stopped else "")
        outgoing = None if why else _message(row, name, contacts.get("phone"), contacts.get("email"))
        if outgoing is None:
            ending.end(Invitation.objects.filter(id=row.id), why or "no_way", now)
            continue
        notifications.keep(outgoing, now=now, expires_in=MESSAGE_LIFE)
        Invitation.objects.filter(id=row.id).update(sent_at=now)


def _message(row: Invitation, employer: str, phone: str | None, email: str | None) -> Outgoing | None:
    """The message; None where no way is known, or nothing arrives there."""
    facts = {
        "employer": employer,
        "invite": codes.shown(codes.again(bytes(row.seed), bytes(row.code_print))),
        "due": local_day(row.expires_at),
    }
    language = languages.of(row.person_id)
    if row.channel == Channel.SMS:
        to = Phone(phone) if phone else None
        if to is None or dead_addresses.of(to) is not None:
            return None
        return notifications.sms(row.person_id, SMS, to, templates.render(SMS, language=language, **facts))
    address = EmailAddress(email) if email else None
    if address is None or dead_addresses.of(address) is not None:
        return None
    return notifications.letter(
        row.person_id, LETTER, address, letters.render(LETTER, language=language, **facts)
    )
