"""Workers of the demo's employer of 800 at every step: invited by slips, sent, handed in and approved.

Of those who sent, some let the employer print their form and hand it in; all have a time at the registration
day tomorrow, for which the reviewer is named. Photos are drawn for each, as for
the week at the offices (`office_week`); what was interrupted goes on at the next start.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, time, timedelta
from pathlib import Path

from vssid.kernel.actor import Actor

from . import office_week
from .cast import DemoPerson
from .office_week import Planned, State

INVITED = 300  # of the 800
# How many stand where, how many days ago they sent, and whether they let the employer print and hand in.
PLAN: tuple[tuple[State, int, int, bool], ...] = (
    ("sent", 6, 2, True),
    ("sent", 2, 8, False),
    ("received", 2, 3, False),
    ("approved", 4, 5, False),
)
MANY = sum(number for _state, number, _days, _agreed in PLAN)


def fill(
    people: Sequence[DemoPerson],
    employer: str,
    photos: Path,
    *,
    officer: Actor,
    desk: Actor,
    hr: Actor,
    pool: ProcessPoolExecutor,
    now: datetime,
) -> None:
    """Invite them and send what PLAN says; twice is as once. `officer` decides and goes there,
    `desk` answers the employer, `hr` invites.
    """
    from vssid.domain.registration.errors import NotOpen
    from vssid.domain.registration.handover import agreeing

    _invite(employer, hr, now)
    places = [(state, days, agreed) for state, number, days, agreed in PLAN for _each in range(number)]
    plan = []
    for at, (person, (state, days, _agreed)) in enumerate(zip(people, places, strict=False)):
        sent_at = office_week.moment(now, days, hour=8, minute=3 * at)
        plan.append(Planned(person, officer.office, state, sent_at, blurred=False))
    made = office_week.make(plan, {officer.office: officer}, photos, pool=pool, now=now)
    for application_id, (_state, _days, agreed) in zip(made, places, strict=False):
        with contextlib.suppress(NotOpen):
            if agreed:
                agreeing.agree(application_id, now=now)
    waiting = [one for one, (state, _days, _agreed) in zip(made, places, strict=False) if state == "sent"]
    _meet(employer, waiting, officer=officer, desk=desk, hr=hr, now=now)


def _meet(
    employer: str, waiting: Sequence[int], *, officer: Actor, desk: Actor, hr: Actor, now: datetime
) -> None:
    """A registration day tomorrow, accepted; the applications that wait have a time, one after the other."""
    from vssid.domain.employers.days import answering, booking, proposing, reading, times
    from vssid.domain.registration.models import Application
    from vssid.kernel.actor import person
    from vssid.kernel.calendar import local_day
    from vssid.kernel.errors import NotYours

    if reading.of_employer(employer):
        return  # by an earlier start
    tomorrow = local_day(now) + timedelta(days=1)
    place = "Hội trường tầng 2, nhà điều hành (mẫu)"
    wanted = times.Wanted(tomorrow, time(8), time(11, 30), place, 60, 15, 5)
    day_id = proposing.propose(wanted, employer, by=hr, now=now)
    answering.accept(day_id, officer.id or 0, by=desk, now=now)
    starts = times.starts(tomorrow, wanted.opens, wanted.closes, wanted.slot_minutes)
    rows = Application.objects.filter(id__in=waiting).order_by("id").values_list("person_id", flat=True)
    for at, person_id in enumerate(rows):
        with contextlib.suppress(NotYours):  # not of the register, or not here
            me = person(person_id or 0)
            booking.book(me.id or 0, day_id, starts[at // 2 % len(starts)], by=me, now=now)


def _invite(employer: str, hr: Actor, now: datetime) -> None:
    from vssid.domain.employers.invitations import inviting, queries
    from vssid.domain.employers.invitations.rules import Channel
    from vssid.domain.employers.roster import queries as roster

    if queries.rounds(employer):
        return  # by an earlier start
    lines = roster.page(employer, roster.Asked(), size=INVITED).rows
    asked = roster.Asked(people=tuple(line.person_id for line in lines))
    inviting.invite(employer, asked, Channel.SLIP, by=hr, now=now)
