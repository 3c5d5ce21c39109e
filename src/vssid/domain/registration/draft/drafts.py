"""Fill in a registration: keep every step, from any device that proved the phone, for thirty days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from vssid.domain.identity import actions as identity
from vssid.domain.identity import queries as images
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.queries import ImageView
from vssid.domain.notifications import languages
from vssid.domain.participants import queries as participants
from vssid.domain.vault import sealing as vault
from vssid.domain.verification import codes, limits
from vssid.domain.verification.errors import CodeExpired, Limited
from vssid.infra.database.away import is_lost
from vssid.kernel.errors import NotYours
from vssid.kernel.ids import BhxhCode, Phone
from vssid.kernel.sheets import Sheet

from .. import sealing
from ..desk import findings
from ..errors import AlreadySent, NotCorrectable
from ..models import Application, Draft, Holder, WalkIn
from ..states import CORRECTABLE
from . import form, holders, steps, typed_values
from .holders import Hold
from .typed_values import values_of

PURPOSE = "registration"
RESUME = "registration_resume"


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its holder sees it. `values` are clean JSON values, `images` what is stored."""

    subject_id: int
    values: Mapping[str, Any]
    images: Mapping[ImageKind, ImageView]
    corrects_id: int | None
    updated_at: datetime
    hold: Hold = field(repr=False)

    def saved_by(self, step: steps.Step) -> str:
        """The page that saved a step last; empty before any."""
        return str(self.values.get("pages", {}).get(step.name, ""))

    @property
    def phone(self) -> Phone | None:
        """The typed phone, if that step is done."""
        return Phone(self.values["phone"]) if self.values.get("phone") else None

    @property
    def proved(self) -> bool:
        """Was the typed phone proved in this browser?"""
        return self.phone is not None and self.hold.has_proved(self.phone)

    @property
    def missing(self) -> steps.Step | None:
        """The first step not done."""
        return steps.first_missing(self.values, self.images)

    @property
    def form(self) -> form.FormData:
        """The typed form; only when nothing is missing."""
        return form.read(self.values)


def start(*, address: str, now: datetime, after: str = "", office: str = "") -> str:
    """Begin an empty draft; returns the token for the cookie. `after`: that the browser held until now.

    `office`: at whose counter it begins. Raises Limited by address.
    """
    limits.hit("draft_address", address, now=now)
    with transaction.atomic():
        draft = Draft.objects.create(
            subject_id=vault.new_subject_id(), office_code=office, created_at=now, updated_at=now
        )
        return holders.grant(draft.subject_id, now=now, after=after)


def view(token: str) -> DraftView | None:
    """The draft behind a token, or None when unknown, expired or already sent."""
    hold = holders.resolve(token)
    return view_held(hold) if hold else None


def view_held(hold: Hold) -> DraftView | None:
    """The draft of a proven right, or None when there is none (any more)."""
    draft = Draft.objects.filter(subject_id=hold.subject_id).first()
    if draft is None:
        return None
    return DraftView(
        draft.subject_id,
        values_of(draft),
        images.images_of(draft.subject_id),
        draft.corrects_id,
        draft.updated_at,
        hold,
    )


def save(
    subject_id: int,
    values: Mapping[str, Any],
    *,
    now: datetime,
    step: steps.Step | None = None,
    sheet: Sheet | None = None,
) -> None:
    """Merge clean values into the draft. Raises AlreadySent, or Overtaken when another page saved the step.

    A commitment given before is forgotten when anything else changes: it was for other words.
    """
    with transaction.atomic():
        # Two pages of one draft would else each write back what the other had not yet.
        draft = Draft.objects.select_for_update().filter(subject_id=subject_id).first()
        if draft is None:
            raise AlreadySent
        merged = {**values_of(draft), **values}
        if step is not None and sheet is not None:
            pages = merged.get("pages", {})
            merged["pages"] = {**pages, step.name: sheet.saves_after(pages.get(step.name, ""))}
        if "commitment" not in values:
            merged.pop("commitment", None)
        typed_values.seal(draft, merged)
        draft.updated_at = now
        draft.save(update_fields=[*typed_values.WRITTEN, "updated_at"])


def store_photo(subject_id: int, kind: ImageKind, data: bytes, *, address: str, now: datetime) -> ImageView:
    """Judge and keep one photo of the draft. Raises Limited, identity's BadImage, or AlreadySent."""
    limits.hit("photo_address", address, now=now)
    limits.hit("photo_draft", str(subject_id), now=now)

    def still_a_draft() -> None:
        if not Draft.objects.filter(subject_id=subject_id).update(updated_at=now):
            raise AlreadySent

    still_a_draft()
    # Asked again, with the draft's row locked: it may be sent while the photo is being looked at.
    return identity.store(subject_id, kind, data, now=now, allowed=still_a_draft)


def send_code(draft: DraftView, *, address: str, now: datetime) -> None:
    """Send a six-digit code to the typed phone. Raises Limited, `code_again` within a minute."""
    assert draft.phone is not None
    again = f"{PURPOSE}:{draft.subject_id}:{draft.phone.reveal()}"
    codes.issue(PURPOSE, draft.subject_id, draft.phone, address=address, now=now, again=again)


def enter_code(draft: DraftView, code: str, *, address: str, now: datetime) -> None:
    """Prove the phone in this browser. Raises WrongCode, CodeExpired or Limited."""
    if draft.phone is None:
        raise CodeExpired
    codes.check(PURPOSE, draft.subject_id, draft.phone, code, address=address, now=now)
    holders.prove(draft.hold, draft.phone)


def matches_register(draft: DraftView, *, address: str, now: datetime) -> bool | None:
    """Does the form agree with the register? Only yes or no, after the phone code, a few times a day.

    None when it may not be asked (phone not proved, limit reached): then nothing is said and the
    officer sees the findings.
    """
    if not draft.proved:
        return None
    try:
        limits.hit("register_check_address", address, now=now)
        limits.hit("register_check_phone", draft.values["phone"], now=now)
        limits.hit("register_check_code", draft.values["bhxh_code"], now=now)
    except Limited:
        return None
    typed = draft.form
    person = participants.by_bhxh_code(typed.bhxh_code)
    return not [finding for finding in findings.against_register(typed, person) if finding.field != "phone"]


def request_resume(phone: Phone, code: BhxhCode, *, browser: str, address: str, now: datetime) -> None:
    """Send a code to continue a draft on this device. Says nothing about whether there is one.

    The code is for this `browser` (a secret of its asking). Raises Limited, also when there is no draft, so
    that limits tell nothing either.
    """
    draft = _resumable(phone, code)
    subject_id, asked = draft.subject_id if draft else None, _asked(phone, code, browser)
    codes.issue_if_any(RESUME, subject_id, phone, asked=asked, address=address, now=now)


def resume(phone: Phone, code: BhxhCode, typed: str, *, browser: str, address: str, now: datetime) -> str:
    """Continue a draft: returns a token for this device, its phone proved.

    Raises WrongCode or CodeExpired; CodeExpired too when there is no draft.
    """
    draft = _resumable(phone, code)
    subject_id, asked = draft.subject_id if draft else None, _asked(phone, code, browser)
    codes.check_if_any(RESUME, subject_id, phone, typed, asked=asked, address=address, now=now)
    assert draft is not None  # a code for nobody is always over
    return holders.grant(draft.subject_id, now=now, proved=phone)


def _asked(phone: Phone, code: BhxhCode, browser: str) -> str:
    return f"{phone.reveal()}:{code.reveal()}:{browser}"


def _resumable(phone: Phone, code: BhxhCode) -> Draft | None:
    prints = vault.fingerprints("draft-resume", f"{phone.reveal()}|{code.reveal()}")
    return Draft.objects.filter(resume_fingerprint__in=prints).order_by("-updated_at").first()


def correct(application_id: int, *, now: datetime) -> str:
    """A new draft with the values and photos of a closed application; returns its token.

    The same draft is given when asked again. Raises NotYours or NotCorrectable. Call it outside a
    transaction: the photos are copied before the draft is made, and dropped when another made it meanwhile.
    """
    application = _correctable(Application.objects.all(), application_id)
    subject_id, photos = vault.new_subject_id(), []
    if application.images_erased_at is None and not _corrections(application_id).exists():
        photos = identity.copies(application_id, subject_id, now=now)
    taken = False
    try:
        with transaction.atomic():
            application = _correctable(Application.objects.select_for_update(), application_id)
            draft = _corrections(application_id).first() or _copy(application, subject_id, now)
            if draft.subject_id == subject_id:
                identity.take_copies(photos)
            # What was proved is the application's number; the draft may name another by now.
            sent = sealing.values_of(application)
            token = holders.grant(draft.subject_id, now=now, proved=Phone(sent["phone"]))
        taken = draft.subject_id == subject_id
        return token
    except BaseException as error:
        taken = is_lost(error)  # then it may have been committed, and the next try finds it
        raise
    finally:
        if not taken:
            identity.drop_copies(photos)
            vault.erase(subject_id)


def _correctable(applications: QuerySet[Application], application_id: int) -> Application:
    application = applications.filter(id=application_id).first()
    if application is None:
        raise NotYours
    if application.state not in CORRECTABLE:
        raise NotCorrectable
    return application


def _corrections(application_id: int) -> QuerySet[Draft]:
    return Draft.objects.filter(corrects_id=application_id)


def _copy(application: Application, subject_id: int, now: datetime) -> Draft:
    values = sealing.values_of(application)
    values.pop("commitment", None)
    draft = Draft(subject_id=subject_id, corrects_id=application.id, created_at=now, updated_at=now)
    typed_values.seal(draft, values)
    draft.save(force_insert=True)
    return draft


def stale(now: datetime) -> list[int]:
    """Drafts untouched for thirty days (a setting)."""
    return list(_stale(now).values_list("subject_id", flat=True))


def _stale(now: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(updated_at__lt=now - settings.DRAFT_LIFE)


def discard(subject_id: int, *, now: datetime) -> bool:
    """Delete a stale draft with its photos and its key; False when it has been touched or sent meanwhile."""
    with transaction.atomic():
        deleted, _ = _stale(now).filter(subject_id=subject_id).delete()
        if deleted:
            erase(subject_id)
        return bool(deleted)


def erase(subject_id: int) -> None:
    """Delete a draft with its photos and its key, in the caller's transaction."""
    for table in (Draft, Holder, WalkIn):
        table._default_manager.filter(subject_id=subject_id).delete()
    identity.erase(subject_id)
    languages.forget(subject_id)
    vault.erase(subject_id)
