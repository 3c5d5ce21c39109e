"""What time does to applications: expiry, reminders, retention."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from vssid.domain.audit import actions as audit
from vssid.domain.casework import batches, clocks
from vssid.domain.identity import actions as identity
from vssid.domain.vault.sealing import Erased
from vssid.infra.database import clock
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import VIETNAM, local_day

from . import actions, code_keys, sealing
from .desk import readiness
from .doubles import judging
from .draft import drafts
from .models import Application, Holder
from .signed import filing
from .states import OPEN, State
from .trials import accuracy, laying

BATCH = 1000
HALF_AN_HOUR = 30 * 60.0  # seconds
WAKING_HOURS = range(8, 20)


def expire_due(now: datetime) -> int:
    """Expire every application whose last day is over; returns how many."""
    ids = Application.objects.filter(state=State.SUBMITTED, due_at__lte=now).values_list("id", flat=True)[
        :BATCH
    ]
    return batches.each(
        ids, lambda application_id: actions.expire(application_id, now=now), job="registration.expire"
    )


def remind_due(now: datetime) -> int:
    """Send reminders, in waking hours only; returns how many."""
    if now.astimezone(VIETNAM).hour not in WAKING_HOURS:
        return 0
    today, owed = local_day(now), Q()
    for days in settings.REMINDER_DAYS:
        owed |= Q(due_on__lte=today + days * clocks.ONE_DAY) & (Q(reminded=None) | Q(reminded__gt=days))
    ids = Application.objects.filter(owed, state=State.SUBMITTED, due_at__gt=now).values_list("id", flat=True)
    return batches.each(
        ids, lambda application_id: actions.remind(application_id, now=now), job="registration.remind"
    )


def erase_images(now: datetime) -> int:
    """Delete photos whose retention after the end is over; returns how many applications."""
    over = Application.objects.filter(closed_at__lte=now - settings.IMAGE_RETENTION, images_erased_at=None)
    return batches.each(
        list(over.values_list("id", flat=True)),
        lambda application_id: _erase(application_id, now=now),
        job="registration.erase_images",
    )


def fingerprint_old(now: datetime) -> int:
    """Let the desk find applications from before it could search by ID number and phone; returns how many."""
    old = Application.objects.filter(id_fingerprint=None).order_by("id")[:BATCH]
    return batches.each(old.values_list("id", flat=True), _fingerprint, job="registration.fingerprint_old")


def _fingerprint(application_id: int) -> bool:
    with transaction.atomic():
        row = Application.objects.select_for_update().filter(id=application_id, id_fingerprint=None).first()
        if row is None:
            return False
        try:
            prints = sealing.desk_fingerprints(sealing.form_of(row))
        except Erased:
            prints = {"id_fingerprint": b"", "phone_fingerprint": b""}
        return bool(Application.objects.filter(id=application_id).update(**prints))


def judge_names(now: datetime) -> int:
    """Compare anew what is open with a difference of names, as the register and the ways to compare change;
    returns how many files have other findings now. The queue counts what is stored."""
    unlike = Application.objects.filter(state__in=OPEN, findings__contains=[{"field": "full_name"}])
    ids = unlike.order_by("id").values_list("id", flat=True)[:BATCH]
    return batches.each(
        ids, lambda application_id: _judge(application_id, on=local_day(now)), job="registration.judge_names"
    )


def _judge(application_id: int, *, on: date) -> bool:
    with transaction.atomic():
        row = Application.objects.select_for_update().filter(id=application_id, state__in=OPEN).first()
        if row is None:
            return False
        new_findings = [finding.as_json() for finding in readiness.read(row, on=on).findings]
        if new_findings == row.findings:
            return False
        return bool(Application.objects.filter(id=application_id).update(findings=new_findings))


def discard_drafts(now: datetime) -> int:
    """Delete drafts left alone too long; returns how many."""
    return batches.each(
        drafts.stale(now),
        lambda subject_id: drafts.discard(subject_id, now=now),
        job="registration.discard_drafts",
    )


def _erase(application_id: int, *, now: datetime) -> bool:
    with transaction.atomic():
        won = Application.objects.filter(id=application_id, images_erased_at=None).update(
            images_erased_at=now
        )
        if won:
            identity.erase(application_id)
            Holder.objects.filter(subject_id=application_id).delete()
            audit.record("application.photos_erased", subject=application_id, by=SYSTEM, now=now)
    return bool(won)


def erase_signed_forms(now: datetime) -> int:
    """Delete signed forms whose term after the end is over; returns of how many applications."""
    return batches.each(
        filing.past_term(now),
        lambda application_id: _erase_signed(application_id, now=now),
        job="registration.erase_signed_forms",
    )


def _erase_signed(application_id: int, *, now: datetime) -> bool:
    with transaction.atomic():
        # A page filed at this moment waits for the row, or is erased with the others.
        Application.objects.select_for_update().get(id=application_id)
        if not filing.erase(application_id):
            return False
        audit.record("application.form_erased", subject=application_id, by=SYSTEM, now=now)
    return True


@app.task(name=judging.JOB, queue="default", pass_context=False)
def judge(application_id: int) -> None:
    """Read the findings of an open application anew: another with the same phone, image or device came."""
    _judge(application_id, on=local_day(clock.of_database()))


@app.periodic(cron="* * * * *")
@app.task(name="registration.tick", queue="default", queueing_lock="registration.tick")
def tick(timestamp: int) -> None:
    """Every minute: expiry and reminders that are due, and old rows that the desk cannot find yet."""
    now = clock.of_database()
    expire_due(now)
    remind_due(now)
    fingerprint_old(now)


@app.periodic(cron="* * * * *")
@app.task(name="registration.trials", queue="default", queueing_lock="registration.trials")
def trials(timestamp: int) -> None:
    """Every minute: files with a known answer that are due to be laid, handed in or taken back."""
    batches.run(laying.WORKS, clock.of_database())


@app.periodic(cron="40 19 * * *")
@app.task(name="registration.nightly", queue="default", queueing_lock="registration.nightly")
def nightly(timestamp: int) -> None:
    """At 02:40 in Việt Nam: photos and signed forms past retention, drafts left alone, names to compare anew,
    blobs nobody names."""
    kept_too_long = (erase_images, erase_signed_forms, discard_drafts, accuracy.sweep)
    sweeps = (identity.sweep_orphans, filing.sweep_orphans)
    batches.run((*kept_too_long, judge_names, *sweeps), clock.of_database())


@app.periodic(cron="19 20 * * *")
@app.task(
    name="registration.seal_plain",
    queue="default",
    queueing_lock="registration.seal_plain",
    pass_context=False,
)
def seal_plain(timestamp: int) -> None:
    """Seal codes that an older version wrote in plain (03:19 in Việt Nam)."""
    code_keys.seal_plain(seconds=HALF_AN_HOUR)
