"""Move an application: send, withdraw, receive, see, approve, refuse, expire. One transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from vssid.domain.accounts import actions as accounts
from vssid.domain.audit import actions as audit
from vssid.domain.casework import clocks, desk, moves, numbers
from vssid.domain.casework.kinds import Act
from vssid.domain.casework.reasons import Said
from vssid.domain.casework.reasons import read as read_reasons
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as participants
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import SYSTEM, Actor, person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours
from vssid.kernel.text import fold

from . import code_keys, notices, sealing
from .counter import intake
from .deciding import second_looks
from .deciding.approving import approve as approve
from .deciding.approving import confirm as confirm
from .deciding.approving import send_back as send_back
from .desk import displacing, log, readiness
from .doubles import judging, signs
from .draft import holders
from .draft.drafts import DraftView
from .draft.form import EMPLOYER_PRINTS
from .errors import AlreadyOpen, Incomplete, NotOpen, PastDue, PhoneNotProved
from .models import Application, Counter, Draft
from .models.trials import REFUSE
from .moves import APPLICATION
from .paper import deadline, printing
from .reasons import DISPLACED, REASONS
from .states import OPEN, State
from .trials import ending
from .trials.outcomes import Verdict


def submit(draft: DraftView, *, now: datetime, by: Actor | None = None) -> int:
    """Send the draft; returns the application's id, the same however often it is sent. `by`: the officer at a
    counter who fills it in with the person.

    Raises Incomplete, PhoneNotProved, Unprintable, or AlreadyOpen when one is open for this BHXH code and
    does not give way (`displacing`).
    """
    # Sent already: the answer to the first try may have been lost on its way.
    if Application.objects.filter(id=draft.subject_id).exists():
        return draft.subject_id
    if draft.missing is not None:
        raise Incomplete(step=draft.missing.name)
    if not draft.proved:
        raise PhoneNotProved
    printing.refuse(draft.form)
    try:
        with transaction.atomic():
            return _submit(draft, now, by)
    except IntegrityError as refused:
        if constraint_of(refused) != "registration_one_open":
            raise
    # In a transaction of its own, since the first has failed as a whole.
    return _take_place(draft, now, by)


def _take_place(draft: DraftView, now: datetime, by: Actor | None) -> int:
    try:
        with transaction.atomic():
            # In the order of `_submit`, the other's row last: who sends at the same time must not wait.
            if Draft.objects.select_for_update().filter(subject_id=draft.subject_id).first() is None:
                return draft.subject_id
            number = numbers.next_at(Counter, draft.form.office_code, now=now)
            gone = displacing.give_way(draft, now=now)
            _end(gone, "refuse", by=SYSTEM, now=now, said=Said((DISPLACED.code,)))
            came = _submit(draft, now, by, number)
            displacing.note(gone, came, now=now)
            return came
    except AlreadyOpen:
        displacing.note_refused(draft, now=now)
        raise


def _submit(draft: DraftView, now: datetime, by: Actor | None, number: str = "") -> int:
    # The draft's row decides a double tap: the second waits here and then finds no draft.
    if Draft.objects.select_for_update().filter(subject_id=draft.subject_id).first() is None:
        return draft.subject_id
    typed = draft.form
    code_keys.settle(typed.bhxh_code)
    known = participants.by_bhxh_code(typed.bhxh_code)
    doubles = signs.of(draft.subject_id, typed, known)
    due = deadline.due(now, settings.REGISTRATION_DAYS)
    number = number or numbers.next_at(Counter, typed.office_code, now=now)
    Application.objects.create(
        id=draft.subject_id,
        number=number,
        state=State.SUBMITTED,
        office_id=typed.office_code,
        bhxh_code=code_keys.stored(typed.bhxh_code),
        person_id=known.person_id if known else None,
        full_name=typed.full_name,
        # Folding can lengthen (`ß` is `ss`); the queue searches by what fits.
        name_folded=fold(typed.full_name)[:100],
        lookup_fingerprint=sealing.lookup_fingerprint(number, typed.phone),
        **sealing.desk_fingerprints(typed),
        sealed=sealing.seal(draft.subject_id, draft.values),
        findings=[finding.as_json() for finding in readiness.of_draft(draft, doubles, known, local_day(now))],
        corrects_id=draft.corrects_id,
        submitted_at=now,
        due_on=due.day,
        due_at=due.at,
        employer_prints_at=now if draft.values.get(EMPLOYER_PRINTS) else None,
    )
    Draft.objects.filter(subject_id=draft.subject_id).delete()
    holders.keep_proved(draft.subject_id, typed.phone)
    if by is not None:
        intake.sent(draft.subject_id, by=by)
    judging.later(doubles)
    audit.record(
        "application.submitted",
        subject=draft.subject_id,
        by=by or person(draft.subject_id),
        now=now,
        office=typed.office_code,
        facts={"number": number, "due_on": due.day.isoformat(), "corrects": draft.corrects_id},
    )
    notices.tell(
        draft.subject_id,
        typed.phone,
        "application_received",
        now,
        number=number,
        due=due.day,
        office=offices.office(typed.office_code).name,
    )
    if known is not None:
        notices.received(known.person_id, number, due.day, typed.office_code, now)
    return draft.subject_id


def receive_form(application_id: int, *, by: Actor, now: datetime) -> None:
    """Record that the signed form was handed in, in time. Twice is once.

    Raises NotYours, AlreadyDecided, InOtherHands, or PastDue after the last day.
    """
    with transaction.atomic():
        row = desk.lock_open(APPLICATION, application_id, by=by, now=now, need=Right.CHECK_PAPERS)
        if row.form_received_at is not None:
            return
        if now >= row.due_at:
            raise PastDue
        received = {"form_received_at": now, "form_received_by": by.name}
        moves.move(APPLICATION, row, Act("receive_form", by, now), **received)
        notices.stop(row.id, notices.UNSIGNED, now=now)


def return_form(application_id: int, *, by: Actor, now: datetime) -> None:
    """Take back that the form was received: it was recorded by mistake. Twice is once.

    The ten days count again, also when they are over meanwhile.
    Raises NotYours, AlreadyDecided, InOtherHands.
    """
    with transaction.atomic():
        row = desk.lock_open(APPLICATION, application_id, by=by, now=now, need=Right.CHECK_PAPERS)
        if row.form_received_at is not None:
            received = {"form_received_at": None, "form_received_by": ""}
            moves.move(APPLICATION, row, Act("return_form", by, now), **received)


def give_back_form(application_id: int, *, by: Actor, now: datetime) -> None:
    """Note that the form came unsigned and was given back; what was recorded of it is taken back.

    Raises NotYours, AlreadyDecided, InOtherHands.
    """
    with transaction.atomic():
        return_form(application_id, by=by, now=now)
        row = desk.lock_open(APPLICATION, application_id, by=by, now=now, need=Right.CHECK_PAPERS)
        log.record("application.form_unsigned", row, by=by, now=now)
        notices.unsigned(row, sealing.form_of(row).phone, now)


def see_original(application_id: int, *, by: Actor, now: datetime) -> None:
    """Record that the original ID was seen. Twice is once.

    Raises NotYours, AlreadyDecided or InOtherHands.
    """
    with transaction.atomic():
        row = desk.lock_open(APPLICATION, application_id, by=by, now=now, need=Right.CHECK_PAPERS)
        if desk.check_off(APPLICATION, row, "original_seen", by=by, now=now):
            log.record("application.original_seen", row, by=by, now=now)


def unsee_original(application_id: int, *, by: Actor, now: datetime) -> None:
    """Take back that the original was seen. Twice is once. Raises NotYours, AlreadyDecided, InOtherHands."""
    with transaction.atomic():
        row = desk.lock_open(APPLICATION, application_id, by=by, now=now, need=Right.CHECK_PAPERS)
        if desk.take_back(APPLICATION, row, "original_seen"):
            second_looks.end(row.id)
            log.record("application.original_unseen", row, by=by, now=now)


def resend_activation(application_id: int, *, by: Actor, now: datetime) -> None:
    """Send a new activation password; the old one is dead, its message stopped.

    Raises NotYours, NotOpen unless approved, or accounts' NotActivating and OlderValue.
    """
    approved = Application.objects.filter(id=application_id, state=State.APPROVED).first()
    if approved is not None and approved.person_id is not None:
        # Outside of the transaction: a refusal must stay in the log.
        accounts.confirm_phone(approved.person_id, now=now)
    with transaction.atomic():
        row = desk.lock(APPLICATION, application_id, by=by)
        if row.state != State.APPROVED or row.person_id is None:
            raise NotOpen
        activation, phone = accounts.renew_activation(row.person_id, by=by, subject=row.id, now=now)
        code = sealing.form_of(row).bhxh_code
        notices.send_activation(row, phone, account=code, password=activation, now=now)


def refuse(application_id: int, *, reasons: Sequence[str], text: str, by: Actor, now: datetime) -> None:
    """Refuse with reason codes and a text that the person will read.

    Raises NotYours, AlreadyDecided, InOtherHands, or Invalid(reasons=required | bad_choice,
    text=required | too_long).
    """
    said = read_reasons(reasons, text, REASONS)
    with transaction.atomic():
        row = desk.lock_open(APPLICATION, application_id, by=by, now=now)
        if row.is_trial:
            ending.decide(row, Verdict(by.id or 0, by.name, REFUSE, said.reasons), by=by, now=now)
            return
        _end(row, "refuse", by=by, now=now, said=said)


def withdraw(application_id: int, *, now: datetime) -> None:
    """The person takes the application back. Twice is once. Raises NotYours or NotOpen."""
    with transaction.atomic():
        # Not by way of the desk: the person has no office, and no colleague's hand holds up a withdrawal.
        row = Application.objects.select_for_update().filter(id=application_id).first()
        if row is None:
            raise NotYours
        if row.state == State.WITHDRAWN:
            return
        if row.state not in OPEN:
            raise NotOpen
        _end(row, "withdraw", by=person(row.id), now=now)


def expire(application_id: int, *, now: datetime) -> bool:
    """Close an application whose last day is over, with everything that hangs on it.

    Re-checks under the lock; returns whether it did anything.
    """
    with transaction.atomic():
        # Who has it locked is deciding it; if that comes to nothing, the next minute looks again.
        row = (
            Application.objects.select_for_update(skip_locked=True)
            .filter(id=application_id, state=State.SUBMITTED, due_at__lte=now)
            .first()
        )
        if row is not None:
            _end(row, "expire", by=SYSTEM, now=now)
    return row is not None


def _end(row: Application, move: str, *, by: Actor, now: datetime, said: Said | None = None) -> None:
    """Close without an account, and say so to the phone of the form."""
    said = said or Said()
    columns = {"reasons": list(said.reasons), "reason_text": said.text}
    moves.move(APPLICATION, row, Act(move, by, now, said.reasons), **columns)
    phone = sealing.form_of(row).phone
    notices.tell(row.id, phone, f"application_{row.state}", now, number=row.number)


def remind(application_id: int, *, now: datetime) -> bool:
    """Remind once at four days and once at one day before the end; returns whether a message left."""
    with transaction.atomic():
        row = (
            Application.objects.select_for_update(skip_locked=True)
            .filter(id=application_id, state=State.SUBMITTED, due_at__gt=now)
            .first()
        )
        if row is None:
            return False
        left = clocks.days_left(row.due_on, now)
        step = min((days for days in settings.REMINDER_DAYS if left <= days), default=None)
        if step is None or (row.reminded is not None and row.reminded <= step):
            return False
        row.reminded = step
        row.save(update_fields=["reminded"])
        office = offices.office(row.office_id).name
        phone, due = sealing.form_of(row).phone, row.due_on
        notices.tell(
            row.id, phone, "reminder", now, number=row.number, days_left=left, due=due, office=office
        )
        audit.record("application.reminded", subject=row.id, by=SYSTEM, now=now, facts={"days_left": left})
        return True
