"""Move an application: send, withdraw, receive, see, approve, refuse, expire. One transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from vssid.domain.accounts import actions as accounts
from vssid.domain.accounts import codes
from vssid.domain.accounts.models import PhoneCode
from vssid.domain.audit import actions as audit
from vssid.domain.casework import claims, doubts
from vssid.domain.identity import queries as images
from vssid.domain.offices import queries as offices
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.domain.vault import actions as vault
from vssid.kernel.actor import SYSTEM, Actor, person
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import NotYours
from vssid.kernel.ids import BhxhCode, Phone
from vssid.kernel.text import fold, tidy_lines

from . import deadline, displacing, findings, form, holders, notices, printing, steps
from .drafts import DraftView
from .errors import AlreadyDecided, AlreadyOpen, Incomplete, NotOpen, NotReady, PastDue, PhoneNotProved
from .models import Application, Draft
from .numbering import next_number
from .reasons import DISPLACED, check
from .states import OPEN, State, target

PURPOSE_MANAGE = "registration_manage"


def submit(draft: DraftView, *, now: datetime) -> int:
    """Send the draft; returns the application's id, the same however often it is sent.

    Raises Incomplete, PhoneNotProved, Unprintable, or AlreadyOpen when one is open for this BHXH code and
    does not give way (`displacing`).
    """
    if Application.objects.filter(id=draft.subject_id).exists():
        return draft.subject_id
    if draft.missing is not None:
        raise Incomplete(step=draft.missing.name)
    if not draft.proved:
        raise PhoneNotProved
    printing.refuse(draft.form)
    try:
        with transaction.atomic():
            return _submit(draft, now)
    except IntegrityError as refused:
        if "registration_one_open" not in str(refused):
            raise
    return _take_place(draft, now)


def _take_place(draft: DraftView, now: datetime) -> int:
    try:
        with transaction.atomic():
            # In the order of `_submit`, the other's row last: who sends at the same time must not wait.
            if Draft.objects.select_for_update().filter(subject_id=draft.subject_id).first() is None:
                return draft.subject_id
            number = next_number(draft.form.office_code, now)
            gone = displacing.give_way(draft, now=now)
            gone.reasons = [DISPLACED.code]
            _close(gone, State.REFUSED, by=SYSTEM, now=now, facts={"reasons": gone.reasons})
            notices.tell(gone.id, typed_form(gone).phone, "application_refused", now, number=gone.number)
            came = _submit(draft, now, number)
            displacing.note(gone, came, now=now)
            return came
    except AlreadyOpen:
        displacing.note_refused(draft, now=now)
        raise


def _submit(draft: DraftView, now: datetime, number: str = "") -> int:
    # The draft's row decides a double tap: the second waits here and then finds no draft.
    if Draft.objects.select_for_update().filter(subject_id=draft.subject_id).first() is None:
        return draft.subject_id
    typed = draft.form
    known = participants.by_bhxh_code(typed.bhxh_code)
    due = deadline.due(now, settings.REGISTRATION_DAYS)
    number = number or next_number(typed.office_code, now)
    Application.objects.create(
        id=draft.subject_id,
        number=number,
        state=State.SUBMITTED,
        office_id=typed.office_code,
        bhxh_code=typed.bhxh_code.reveal(),
        person_id=known.person_id if known else None,
        full_name=typed.full_name,
        # Folding can lengthen (`ß` is `ss`); the queue searches by what fits.
        name_folded=fold(typed.full_name)[:100],
        lookup_fingerprint=lookup_fingerprint(number, typed.phone),
        **desk_fingerprints(typed),
        sealed=vault.seal_json(draft.subject_id, "application", dict(draft.values)),
        findings=[
            found.as_json() for found in findings.all_of(typed, draft.images, known, on=local_day(now))
        ],
        corrects_id=draft.corrects_id,
        submitted_at=now,
        due_on=due.day,
        due_at=due.at,
    )
    Draft.objects.filter(subject_id=draft.subject_id).delete()
    holders.keep_proved(draft.subject_id, typed.phone)
    audit.record(
        "application.submitted",
        subject=draft.subject_id,
        by=person(draft.subject_id),
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


def lookup_fingerprint(number: str, phone: Phone) -> bytes:
    """What the public look-up asks by: number and phone together."""
    return vault.fingerprint("application-lookup", f"{number}|{phone.reveal()}")


def desk_fingerprints(typed: form.FormData) -> dict[str, bytes]:
    """The columns that an officer's search by ID number and phone asks."""
    return {
        "id_fingerprint": vault.fingerprint(typed.id_kind.value, typed.id_number.reveal()),
        "phone_fingerprint": vault.fingerprint("phone", typed.phone.reveal()),
    }


def typed_form(application: Application) -> form.FormData:
    """What the person typed, unsealed."""
    return form.read(vault.unseal_json(application.id, "application", application.sealed))


def _at_office(application_id: int, by: Actor) -> Application:
    """The application, locked, if it lies at the officer's office. Raises NotYours."""
    row = Application.objects.select_for_update().filter(id=application_id, office_id=by.office).first()
    if row is None or not by.office:
        raise NotYours
    return row


def _open_at_office(application_id: int, by: Actor, now: datetime) -> Application:
    """The open application, locked, that no colleague has in hand.

    Raises NotYours, AlreadyDecided or InOtherHands.
    """
    row = _at_office(application_id, by)
    if row.state not in OPEN:
        raise AlreadyDecided(state=row.state, by=row.closed_by, at=row.closed_at)
    claims.guard(claims.APPLICATION, row.id, by=by, now=now)
    return row


def receive_form(application_id: int, *, by: Actor, now: datetime) -> None:
    """Record that the signed form was handed in, in time. Twice is once.

    Raises NotYours, AlreadyDecided, InOtherHands, or PastDue after the last day.
    """
    with transaction.atomic():
        row = _open_at_office(application_id, by, now)
        if row.form_received_at is not None:
            return
        if now >= row.due_at:
            raise PastDue
        row.state = target("receive_form", State(row.state)) or row.state
        row.form_received_at, row.form_received_by = now, by.name
        row.save(update_fields=["state", "form_received_at", "form_received_by"])
        audit.record("application.form_received", subject=row.id, by=by, now=now)


def return_form(application_id: int, *, by: Actor, now: datetime) -> None:
    """Take back that the form was received: it was recorded by mistake. Twice is once.

    The ten days count again, also when they are over meanwhile.
    Raises NotYours, AlreadyDecided, InOtherHands.
    """
    with transaction.atomic():
        row = _open_at_office(application_id, by, now)
        if row.form_received_at is None:
            return
        row.state = target("return_form", State(row.state)) or row.state
        row.form_received_at, row.form_received_by = None, ""
        row.save(update_fields=["state", "form_received_at", "form_received_by"])
        audit.record("application.form_returned", subject=row.id, by=by, now=now)


def unsee_original(application_id: int, *, by: Actor, now: datetime) -> None:
    """Take back that the original was seen. Twice is once. Raises NotYours, AlreadyDecided, InOtherHands."""
    with transaction.atomic():
        row = _open_at_office(application_id, by, now)
        if row.original_seen_at is None:
            return
        row.original_seen_at, row.original_seen_by = None, ""
        row.save(update_fields=["original_seen_at", "original_seen_by"])
        audit.record("application.original_unseen", subject=row.id, by=by, now=now)


def see_original(application_id: int, *, by: Actor, now: datetime) -> None:
    """Record that the original ID was seen. Twice is once.

    Raises NotYours, AlreadyDecided or InOtherHands.
    """
    with transaction.atomic():
        row = _open_at_office(application_id, by, now)
        if row.original_seen_at is not None:
            return
        row.original_seen_at, row.original_seen_by = now, by.name
        row.save(update_fields=["original_seen_at", "original_seen_by"])
        audit.record("application.original_seen", subject=row.id, by=by, now=now)


def missing_for_approval(row: Application) -> tuple[str, ...]:
    """What approval still waits for: form, original, portrait, front, back, person."""
    values = vault.unseal_json(row.id, "application", row.sealed)
    photos = steps.required_photos(values) - set(images.images_of(row.id))
    missing = [
        *(["form"] if row.form_received_at is None else []),
        *(["original"] if row.original_seen_at is None else []),
        *sorted(kind.value for kind in photos),
        *(["person"] if participants.by_bhxh_code(BhxhCode(row.bhxh_code)) is None else []),
    ]
    return tuple(missing)


def findings_of(
    typed: form.FormData, application_id: int, known: PersonView | None, *, on: date
) -> list[findings.Finding]:
    """What does not agree on a day, as the register and the photos are now."""
    return findings.all_of(typed, images.images_of(application_id), known, on=on)


def approve(application_id: int, *, by: Actor, now: datetime, seen: str | None = None) -> None:
    """Approve: state, account, audit event and message exist together or not at all.

    `seen` is the mark of the doubts that the officer was shown (`casework.doubts`). Raises NotYours,
    AlreadyDecided (who was first), InOtherHands, NotReady (what is missing), Unconfirmed (doubts other than
    `seen`), AlreadyHasAccount.
    """
    with transaction.atomic():
        row = _open_at_office(application_id, by, now)
        if missing := missing_for_approval(row):
            raise NotReady(missing=missing)
        known = participants.by_bhxh_code(BhxhCode(row.bhxh_code))
        assert known is not None
        typed = typed_form(row)
        found = findings_of(typed, row.id, known, on=local_day(now))
        despite = [one.key for one in findings.doubts(found)]
        doubts.confirmed(despite, seen)
        row.findings = [one.as_json() for one in found]
        row.person_id = known.person_id
        owner = accounts.Owner(
            known.person_id, typed.bhxh_code, known.full_name, typed.phone, known.id_number
        )
        activation = accounts.open_for(owner, by=by, subject=row.id, now=now)
        _close(row, State.APPROVED, by=by, now=now, facts={"despite": despite} if despite else None)
        notices.send_activation(row, typed.phone, password=activation, now=now)


def resend_activation(application_id: int, *, by: Actor, now: datetime) -> None:
    """Send a new activation password; the old one is dead, its message stopped.

    Raises NotYours, NotOpen unless approved, or accounts' NotActivating.
    """
    with transaction.atomic():
        row = _at_office(application_id, by)
        if row.state != State.APPROVED or row.person_id is None:
            raise NotOpen
        activation, phone = accounts.renew_activation(row.person_id, by=by, subject=row.id, now=now)
        notices.send_activation(row, phone, password=activation, now=now)


def refuse(application_id: int, *, reasons: Sequence[str], text: str, by: Actor, now: datetime) -> None:
    """Refuse with reason codes and a text that the person will read.

    Raises NotYours, AlreadyDecided, InOtherHands, or Invalid(reasons=required | bad_choice,
    text=required | too_long).
    """
    text = tidy_lines(text)
    check(reasons, text)
    with transaction.atomic():
        row = _open_at_office(application_id, by, now)
        row.reasons, row.reason_text = list(dict.fromkeys(reasons)), text
        _close(row, State.REFUSED, by=by, now=now, facts={"reasons": row.reasons})
        notices.tell(row.id, typed_form(row).phone, "application_refused", now, number=row.number)


def withdraw(application_id: int, *, now: datetime) -> None:
    """The person takes the application back. Twice is once. Raises NotYours or NotOpen."""
    with transaction.atomic():
        row = Application.objects.select_for_update().filter(id=application_id).first()
        if row is None:
            raise NotYours
        if row.state == State.WITHDRAWN:
            return
        if row.state not in OPEN:
            raise NotOpen
        _close(row, State.WITHDRAWN, by=person(row.id), now=now)
        notices.tell(row.id, typed_form(row).phone, "application_withdrawn", now, number=row.number)


def _close(
    row: Application, state: State, *, by: Actor, now: datetime, facts: dict[str, Any] | None = None
) -> None:
    row.state, row.closed_at, row.closed_by = state, now, by.name
    row.save()
    PhoneCode.objects.filter(subject_id=row.id, purpose=PURPOSE_MANAGE).delete()
    claims.release(claims.APPLICATION, row.id)
    notices.stop(row.id, "reminder", "application_received", now=now)
    audit.record(
        f"application.{state.value}", subject=row.id, by=by, now=now, facts=facts, office=row.office_id
    )
    if row.person_id is not None:
        notices.result(row.person_id, state, row.number, now)


def expire(application_id: int, *, now: datetime) -> bool:
    """Close an application whose last day is over, with everything that hangs on it.

    Re-checks under the lock; returns whether it did anything.
    """
    with transaction.atomic():
        row = (
            Application.objects.select_for_update(skip_locked=True)
            .filter(id=application_id, state=State.SUBMITTED, due_at__lte=now)
            .first()
        )
        if row is None:
            return False
        _close(row, State.EXPIRED, by=SYSTEM, now=now)
        notices.tell(row.id, typed_form(row).phone, "application_expired", now, number=row.number)
        return True


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
        left = deadline.days_left(row.due_on, now)
        step = min((days for days in settings.REMINDER_DAYS if left <= days), default=None)
        if step is None or (row.reminded is not None and row.reminded <= step):
            return False
        row.reminded = step
        row.save(update_fields=["reminded"])
        office = offices.office(row.office_id).name
        facts = {"number": row.number, "days_left": left, "due": row.due_on, "office": office}
        notices.tell(row.id, typed_form(row).phone, "reminder", now, **facts)
        audit.record("application.reminded", subject=row.id, by=SYSTEM, now=now, facts={"days_left": left})
        return True


def send_manage_code(application_id: int, *, address: str, now: datetime) -> None:
    """Send a code that opens the application to this browser.

    Raises NotYours or Limited (`code_again` within a minute).
    """
    row = Application.objects.filter(id=application_id).first()
    if row is None:
        raise NotYours
    again = f"{PURPOSE_MANAGE}:{row.id}"
    codes.issue(PURPOSE_MANAGE, row.id, typed_form(row).phone, address=address, now=now, again=again)


def enter_manage_code(application_id: int, code: str, *, address: str, now: datetime) -> str:
    """Open the application to this browser; returns the token. Raises WrongCode, CodeExpired, Limited."""
    row = Application.objects.filter(id=application_id).first()
    if row is None:
        raise NotYours
    phone = typed_form(row).phone
    codes.check(PURPOSE_MANAGE, row.id, phone, code, address=address, now=now)
    return holders.grant(row.id, now=now, proved=phone)
