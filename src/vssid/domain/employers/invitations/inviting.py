"""HR invites many at once: who of those chosen may be, seen before and then done in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db import connection, transaction
from django.db.models import Count

from vssid.domain.audit import actions as audit
from vssid.infra import jobs
from vssid.kernel.actor import Actor
from vssid.kernel.calendar import VIETNAM, local_day

from ..errors import EmployerOver
from ..models.invitations import Invitation, InvitationRound, Invitee, Inviting
from ..models.own_file import Given
from ..own_file import taking
from ..roster import queries as roster
from ..roster.queries import Asked, Line
from ..roster.stages import Stage
from ..standing import queries as standing
from . import codes, hours
from .errors import NobodyToInvite
from .rules import LIFE, MOST, MOST_A_DAY, MOST_AT_ONCE, MOST_IN, PAUSE, Channel, Skip

SEND_JOB = "employers.send_invitations"
EVERYBODY = 100_000
_CHUNK = 500
# Of those invited anew, what they said before stays.
_NOTE = """
INSERT INTO employers_invitee AS i (person_id, employer_code, step, invited_at, told_at)
SELECT n.person_id, %(employer)s, 1, %(now)s, %(told)s FROM unnest(%(people)s::bigint[]) AS n (person_id)
ON CONFLICT (person_id, employer_code) DO UPDATE SET
  step = greatest(i.step, 1), invited_at = excluded.invited_at,
  told_at = coalesce(excluded.told_at, i.told_at)
"""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """Whom an invitation would reach, in the order of the list, and how many others not, by why."""

    people: tuple[int, ...]
    skipped: Mapping[Skip, int]


def foresee(employer: str, asked: Asked, channel: Channel, *, now: datetime) -> Foreseen:
    """Who of the workers that fit would be invited. Nothing is written."""
    lines = roster.page(employer, asked, size=EVERYBODY).rows
    told = _Said(employer, [line.person_id for line in lines], channel, now)
    ready, skipped = list[int](), Counter[Skip]()
    for line in lines:
        why = told.why_not(line)
        if why is None:
            ready.append(line.person_id)
        else:
            skipped[why] += 1
    people = _with_room(employer, ready, channel, skipped, now)
    return Foreseen(tuple(people), dict(skipped))


def invite(employer: str, asked: Asked, channel: Channel, *, by: Actor, now: datetime) -> int:
    """Invite the workers that fit; the number of the round. Messages are sent by a job.

    Raises NobodyToInvite, or EmployerOver.
    """
    assert by.id is not None
    with transaction.atomic():
        row = locked(employer)
        if (over := standing.end_of(employer, on=local_day(now))) is not None:
            raise EmployerOver(since=over.from_on)
        chosen = foresee(employer, asked, channel, now=now)
        if not chosen.people:
            raise NobodyToInvite
        made = InvitationRound.objects.create(
            employer_code=employer,
            channel=channel,
            made_at=now,
            made_by=by.id,
            made_by_name=by.name,
            expires_at=_until(now),
            many=len(chosen.people),
            skipped={why.value: many for why, many in chosen.skipped.items()},
        )
        _write(made, chosen.people, now)
        if channel.is_message:
            _count(row, len(chosen.people), now)
            leaves = hours.leaves_at(channel, now)
            jobs.defer(SEND_JOB, at=leaves if leaves > now else None, round_id=made.id)
        facts = {"employer": employer, "round": made.id, "channel": channel.value, "many": made.many}
        office = standing.office_of(employer, on=local_day(now))
        audit.record("employer.workers_invited", subject=0, by=by, now=now, facts=facts, office=office)
    return made.id


def _until(now: datetime) -> datetime:
    """The end of the last day on which a code of now holds."""
    return datetime.combine(local_day(now) + LIFE, time(23, 59, 59), VIETNAM)


def told(employer: str, round_id: int) -> dict[str, Any]:
    """What was done in a round, as JSON: its number, how many were invited and why others were not."""
    made = InvitationRound.objects.get(employer_code=employer, id=round_id)
    return {
        "round": made.id,
        "invited": made.many,
        "skipped": made.skipped,
        "expires_at": made.expires_at.isoformat(),
    }


def left_today(employer: str, now: datetime) -> int:
    """How many messages the employer may still send today."""
    row = Inviting.objects.filter(employer_code=employer, day=local_day(now)).first()
    return max(0, MOST_A_DAY - (row.messages if row else 0))


def locked(employer: str) -> Inviting:
    """What the employer invites by, locked in the caller's transaction: of two at once the second waits."""
    Inviting.objects.get_or_create(employer_code=employer)
    return Inviting.objects.select_for_update().get(employer_code=employer)


class _Said:
    """What was said to some workers and by them, read in three statements."""

    def __init__(self, employer: str, people: list[int], channel: Channel, now: datetime) -> None:
        self.channel, self.now = channel, now
        own = {"employer_code": employer, "person_id__in": people}
        self.met = {row.person_id: row for row in Invitee.objects.filter(**own)}
        told = Invitation.objects.filter(
            **own, made_at__gt=now - MOST_IN, channel__in=[each for each in Channel if each.is_message]
        )
        self.told = dict(told.values_list("person_id").annotate(Count("id")).order_by())
        self.given_at = dict(Given.objects.filter(**own).values_list("person_id", "given_at"))

    def why_not(self, line: Line) -> Skip | None:
        """Why a worker is not invited; None for who may be."""
        if line.stage >= Stage.SENT:
            return Skip.SENT
        met = self.met.get(line.person_id)
        if met is not None and met.stopped_at is not None:
            return Skip.STOPPED
        if not self.channel.is_message:
            return None
        return self._why_no_message(line.person_id, met)

    def _why_no_message(self, person_id: int, met: Invitee | None) -> Skip | None:
        given_at = self.given_at.get(person_id)
        if given_at is None:
            return Skip.NO_WAY
        if met is not None and met.not_me_at is not None and given_at <= met.not_me_at:
            return Skip.NOT_ME
        if met is not None and met.told_at is not None and met.told_at > self.now - PAUSE:
            return Skip.SOON
        return Skip.ENOUGH if self.told.get(person_id, 0) >= MOST else None


def _with_room(
    employer: str, ready: list[int], channel: Channel, skipped: Counter[Skip], now: datetime
) -> list[int]:
    """The first of them that there is room for; a message needs a phone or an address."""
    today = left_today(employer, now) if channel.is_message else len(ready)
    room = min(MOST_AT_ONCE[channel], today)
    taken = list[int]()
    for person_id in _reachable(employer, ready, channel, skipped):
        if len(taken) < room:
            taken.append(person_id)
        else:
            skipped[Skip.TODAY if room == today else Skip.LATER] += 1
    return taken


def _reachable(employer: str, ready: list[int], channel: Channel, skipped: Counter[Skip]) -> Iterator[int]:
    if not channel.is_message:
        yield from ready
        return
    wanted = "phone" if channel is Channel.SMS else "email"
    for at in range(0, len(ready), _CHUNK):
        part = ready[at : at + _CHUNK]
        given = taking.held(employer, part)
        for person_id in part:
            if person_id in given and given[person_id].contacts.get(wanted):
                yield person_id
            else:
                skipped[Skip.NO_WAY] += 1


def _write(made: InvitationRound, people: tuple[int, ...], now: datetime) -> None:
    is_message = Channel(made.channel).is_message
    Invitation.objects.bulk_create([_row(made, person_id, is_message, now) for person_id in people])
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE,
            {
                "employer": made.employer_code,
                "people": list(people),
                "now": now,
                "told": now if is_message else None,
            },
        )


def _row(made: InvitationRound, person_id: int, is_message: bool, now: datetime) -> Invitation:
    seed = codes.seed()
    return Invitation(
        round=made,
        employer_code=made.employer_code,
        person_id=person_id,
        channel=made.channel,
        seed=seed,
        code_print=codes.fingerprint(codes.of(seed)),
        made_at=now,
        expires_at=made.expires_at,
        sent_at=None if is_message else now,
    )


def _count(row: Inviting, many: int, now: datetime) -> None:
    today = local_day(now)
    row.messages = many + (row.messages if row.day == today else 0)
    row.day = today
    row.save(update_fields=["day", "messages"])
