"""A campaign half way, for a demo: letters posted ten days ago, more today, by e-mail where an address is
known, reminders to come.

The letter, its number and who came in are made up, and the campaign says so (`is_synthetic`).
"""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

OFFICE, NUMBER, TITLE = "03100", "02/TB-MẪU", "Mời đơn vị vào hệ thống (mẫu)"
BEGUN = timedelta(days=10)
# Letters of the first wave, and how many of them were opened and led somebody in.
FIRST, OPENED, CAME_IN = 30, 9, 5
HR = ("thu", "Lưu Minh Thư")


def prepare(*, now: datetime) -> None:
    """Run it once; one of an earlier start that broke off goes on."""
    from vssid.domain.employers.campaigns import planning, running, waves
    from vssid.domain.employers.models import Campaign
    from vssid.kernel.actor import SYSTEM

    then = now - BEGUN
    campaign = Campaign.objects.filter(is_synthetic=True).values_list("id", flat=True).first()
    if campaign is None:
        campaign = _write(then, now)
        running.start(campaign, by=SYSTEM, now=then)
    planning.plan(campaign, then)
    if waves.begin_due(campaign, then):
        _print(campaign, then)
        _follow(campaign, then)
    if waves.begin_due(campaign, now):
        _print(campaign, now)
        _send(campaign, now)


def _write(then: datetime, now: datetime) -> int:
    from django.db import transaction

    from vssid.domain.employers.campaigns import rules, writing
    from vssid.domain.employers.campaigns.rules import WaveWritten, Written
    from vssid.domain.employers.models import Wave
    from vssid.domain.rollout.models import Plan
    from vssid.infra import mail
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.calendar import local_day

    began, today = local_day(then), local_day(now)
    plan = Plan.objects.filter(is_synthetic=True, office_id=OFFICE, ended_at=None).first()
    end = today + timedelta(days=45)
    way = Wave.EMAIL if mail.is_offered() else Wave.POST
    written = Written(
        OFFICE, NUMBER, began, TITLE, end, size_from=1, plan_id=plan.id if plan is not None else None
    )
    with transaction.atomic():
        number = writing.write(written, by=SYSTEM, now=then, is_synthetic=True)
        for wave in (
            WaveWritten("letter", began, FIRST),
            WaveWritten("letter", today, FIRST, way),
            WaveWritten("reminder", today + rules.REST, way=way),
        ):
            writing.add_wave(number, wave, by=SYSTEM, now=then)
    return number


def _print(campaign: int, now: datetime) -> None:
    from vssid.domain.employers.campaigns import printing
    from vssid.domain.employers.models import Part

    waiting = Part.objects.filter(wave__campaign_id=campaign, made_at=None).order_by("id")
    for part_id in list(waiting.values_list("id", flat=True)):
        printing.print_part(part_id, now=now)


def _send(campaign: int, now: datetime) -> None:
    """What the worker would do in some minutes, so that the figures are there at once."""
    from vssid.domain.employers.campaigns import emailing, following
    from vssid.domain.notifications.models import Message
    from vssid.domain.notifications.outbox import sending

    for message in Message.objects.filter(kind=emailing.KIND).order_by("id"):
        sending.attempt(message.subject_id, message.id, clock=lambda: now)
    following.note(campaign)


def _follow(campaign: int, then: datetime) -> None:
    """The letters were posted; some employers looked what their code opens, some came in."""
    from vssid.domain.employers.campaigns import posting
    from vssid.domain.employers.models import Entry, Part, Seat, Target
    from vssid.kernel.actor import SYSTEM

    for part in Part.objects.filter(wave__campaign_id=campaign).exclude(blob_key=""):
        posting.post(part.id, campaign, by=SYSTEM, now=then + timedelta(hours=4))
    sent = Target.objects.filter(campaign_id=campaign, entry__isnull=False)
    # Those with HR people of the demo are in.
    sent = sent.exclude(employer_id__in=Seat.objects.values("employer_id")).order_by("-people", "employer_id")
    opened = list(sent.values_list("employer_id", "entry_id")[:OPENED])
    looked = then + timedelta(days=3)
    Entry.objects.filter(id__in=[entry for _code, entry in opened]).update(looked_at=looked)
    _let_in([code for code, _entry in opened[:CAME_IN]], looked)


def _let_in(employers: list[str], now: datetime) -> None:
    """Somebody administers these employers; an account that nobody of the demo signs in to."""
    from vssid.domain.accounts import employer_people
    from vssid.domain.accounts.errors import AlreadyHasAccount
    from vssid.domain.accounts.login_names import key
    from vssid.domain.accounts.models.accounts import Account, LoginName
    from vssid.domain.employers.seats import actions as seats
    from vssid.kernel.actor import SYSTEM
    from vssid.kernel.errors import Invalid

    username, name = HR
    with contextlib.suppress(AlreadyHasAccount):
        employer_people.create(username, display_name=name, by=SYSTEM, now=now)
    person_id = LoginName.objects.get(name=key(username, Account.EMPLOYER)).person_id
    for code in employers:
        with contextlib.suppress(Invalid):
            seats.give(person_id, code, "administrator", by=SYSTEM, now=now)
