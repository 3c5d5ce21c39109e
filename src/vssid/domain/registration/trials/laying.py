"""Lay cases among what people send, as chance wants it, and hand them in some days later.

A file with a known answer takes the next number of its office at the moment at which it is laid, waits for
its form as any other, and is taken in on an opening day: it has no paper, so nobody can scan it.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from vssid.domain.accounts.posts import posts
from vssid.domain.audit import actions as audit
from vssid.domain.casework import batches, numbers
from vssid.domain.identity import actions as identity
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Role
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM
from vssid.kernel.calendar import local_day
from vssid.kernel.text import fold

from .. import code_keys, sealing
from ..desk import readiness
from ..draft import form
from ..models import Application, Counter, KnownCase, Trial, TrialPace, TrialResult
from ..paper import deadline
from ..states import State
from . import ending, loading, register
from .cases import BadCase

log = structlog.get_logger()
SOONEST, LATEST = timedelta(hours=3), timedelta(days=3)  # from being sent to being handed in
TAKE_IN = (Role.RECEPTION, Role.REVIEWER)
LOST = timedelta(hours=1)  # a reservation that a killed worker left


def lay_due(now: datetime) -> int:
    """Ask chance once for each new number of every office that is open; returns how many were laid."""
    if not settings.KNOWN_ANSWER_SHARE or settings.SIGNED_FORM_REQUIRED or not KnownCase.objects.exists():
        return 0
    year = local_day(now).year
    last = dict(Counter.objects.filter(year=year).values_list("office_code", "last"))
    seen = dict(TrialPace.objects.filter(year=year).values_list("office_code", "seen"))
    grown = [code for code, number in last.items() if seen.get(code) != number]
    return batches.each(grown, lambda code: _ask_chance(code, now), job="registration.lay_trials")


def _ask_chance(office_code: str, now: datetime) -> bool:
    year = local_day(now).year
    if not offices.office(office_code).is_open(now):
        return False
    with transaction.atomic():
        last = Counter.objects.filter(office_code=office_code, year=year).values_list("last", flat=True).get()
        pace, is_new = TrialPace.objects.select_for_update().get_or_create(
            office_code=office_code, year=year, defaults={"seen": last}
        )
        incoming = 0 if is_new else last - pace.seen
        TrialPace.objects.filter(office_code=office_code, year=year).update(seen=last)
    # Outside: copying pictures takes a moment, and the number would be locked for everybody who sends.
    drawn = any(secrets.randbelow(100) < settings.KNOWN_ANSWER_SHARE for _number in range(incoming))
    if not drawn or not may_have(office_code, now):
        return False
    if lay_any(office_code, now=now) is None:
        return False
    # Its own number is none that came in.
    TrialPace.objects.filter(office_code=office_code, year=year).update(seen=F("seen") + 1)
    return True


def may_have(office_code: str, now: datetime) -> bool:
    """Has the office a reviewer, somebody else who takes papers in, and fewer of these files than it may?"""
    here = posts.live(local_day(now)).filter(office_id=office_code, role__in=TAKE_IN)
    people = here.values("account_id").distinct().count()
    if people < 2 or not here.filter(role=Role.REVIEWER).exists():
        return False
    return Trial.objects.filter(office_id=office_code).count() < settings.KNOWN_ANSWER_MOST


def lay_any(office_code: str, *, now: datetime) -> int | None:
    """Lay a case that this office has not met, chosen by chance; None when there is none left for it."""
    met = {
        *TrialResult.objects.filter(office_id=office_code).values_list("case_name", flat=True),
        *Trial.objects.values_list("case_name", flat=True),
    }
    province = offices.province_of(office_code)
    fresh = [row for row in KnownCase.objects.order_by("name") if row.name not in met]
    secrets.SystemRandom().shuffle(fresh)
    for row in fresh:
        if loading.content_of(row)[0]["province_code"] != province:
            continue
        try:
            return lay(row, office_code, now=now)
        except BadCase as unfit:
            log.warning("known_case_unfit", case=unfit.case, problem=unfit.problem, detail=unfit.detail)
    return None


def lay(case: KnownCase, office_code: str, *, now: datetime) -> int:
    """Lay a case at an office; returns the number of the file. Call it outside a transaction.

    Raises BadCase when a person has its numbers meanwhile, or the desk would tell otherwise than it says.
    """
    values, registered = loading.content_of(case)
    loading.refuse_met(case.name, values)
    subject = vault.new_subject_id()
    due = deadline.due(now, settings.REGISTRATION_DAYS)
    hand_in_at = now + SOONEST + timedelta(seconds=secrets.randbelow(int((LATEST - SOONEST).total_seconds())))
    office = {"office_code": office_code}
    # First of all: whatever is left of an attempt that was killed, is found by this row.
    Trial.objects.create(
        application_id=subject,
        office_id=office_code,
        case_name=case.name,
        expected=case.expected,
        reasons=case.reasons,
        findings=case.findings,
        lesson=case.lesson,
        register=register.seal(subject, {**registered, **office} if registered else None),
        laid_at=now,
        hand_in_at=min(hand_in_at, due.at - SOONEST),
        ends_at=hand_in_at + timedelta(days=settings.KNOWN_ANSWER_DAYS),
    )
    try:
        photos = identity.copies(case.subject_id, subject, now=now)
        with transaction.atomic():
            identity.take_copies(photos)
            _send(case, subject, {**values, **office, "commitment": True}, now)
            audit.record("trial.laid", subject=0, by=SYSTEM, now=now, office=office_code)
    except BaseException:
        _forget(subject)
        raise
    return subject


def _send(case: KnownCase, subject: int, values: dict[str, object], now: datetime) -> None:
    """The row as `actions.submit` makes it, without telling anybody."""
    typed, due = form.read(values), deadline.due(now, settings.REGISTRATION_DAYS)
    number = numbers.next_at(Counter, typed.office_code, now=now)
    row = Application.with_trials.create(
        id=subject,
        number=number,
        state=State.SUBMITTED,
        office_id=typed.office_code,
        bhxh_code=code_keys.of_trial(typed.bhxh_code),
        full_name=typed.full_name,
        name_folded=fold(typed.full_name)[:100],
        lookup_fingerprint=b"",  # the public look-up asks by it, and is to find nothing
        **sealing.desk_fingerprints(typed),
        sealed=sealing.seal(subject, values),
        submitted_at=now,
        due_on=due.day,
        due_at=due.at,
        is_trial=True,
    )
    ready = readiness.read(row, on=local_day(now))
    loading.refuse_untold(case.name, case.expected, case.findings, ready.doubts)
    row.findings = [finding.as_json() for finding in ready.findings]
    row.save(update_fields=["findings"])


def hand_in_due(now: datetime) -> int:
    """Take in the forms of those whose moment has come, at offices that are open; returns how many."""
    due = Trial.objects.filter(handed_in_at=None, hand_in_at__lte=now)
    return batches.each(
        due.values_list("application_id", flat=True),
        lambda application_id: hand_in(application_id, now=now),
        job="registration.hand_in_trials",
    )


def hand_in(application_id: int, *, now: datetime) -> bool:
    """The form counts as taken in and the original as seen, by somebody who does so there; did it?"""
    with transaction.atomic():
        row = (
            Application.with_trials.select_for_update(skip_locked=True)
            .filter(id=application_id, is_trial=True, state=State.SUBMITTED)
            .first()
        )
        if row is None or not offices.office(row.office_id).is_open(now):
            return False
        if (name := _taker(row.office_id, now)) is None:
            return False
        begun = max(row.submitted_at, now - timedelta(seconds=60 + secrets.randbelow(180)))
        Application.with_trials.filter(id=row.id).update(
            state=State.RECEIVED,
            form_received_at=begun,
            form_received_by=name,
            original_seen_at=now,
            original_seen_by=name,
        )
        Trial.objects.filter(application_id=row.id).update(handed_in_at=begun, seen_at=now, taken_by=name)
    return True


def _taker(office_code: str, now: datetime) -> str | None:
    """Whoever takes papers in at the office, rather than who decides: a reviewer would know."""
    here = posts.live(local_day(now)).filter(office_id=office_code).select_related("account")
    for role in TAKE_IN:
        if names := sorted({post.account.display_name for post in here.filter(role=role)}):
            return secrets.choice(names)
    return None


def forget_lost(now: datetime) -> int:
    """Clear what a killed worker began to lay; returns how many."""
    begun = Trial.objects.filter(laid_at__lte=now - LOST).values_list("application_id", flat=True)
    there = set(Application.with_trials.filter(id__in=begun).values_list("id", flat=True))
    lost = [application_id for application_id in begun if application_id not in there]
    return batches.each(lost, _forget, job="registration.forget_trials")


def _forget(application_id: int) -> bool:
    with transaction.atomic():
        ending.clear(application_id)
    return True


def take_back_due(now: datetime) -> int:
    """Take back what nobody has decided within its term; returns how many."""
    return batches.each(
        ending.take_back_due(now),
        lambda application_id: ending.take_back(application_id, now=now),
        job="registration.take_back_trials",
    )


WORKS = (take_back_due, hand_in_due, lay_due, forget_lost)
