"""Register with somebody at the counter: the steps of a draft, filled in by an officer on one page.

The code that comes to the person's phone is read aloud, and the printed form is signed: they stand for what a
person confirms alone. Who took the person in is kept with the application.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from vssid.domain.accounts.errors import AlreadyHasAccount
from vssid.domain.casework import own_files
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.queries import ImageView
from vssid.domain.offices import policy
from vssid.domain.offices import queries as offices
from vssid.domain.offices.rights import Right
from vssid.domain.participants import queries as participants
from vssid.domain.vault import sealing as vault
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import Actor
from vssid.kernel.errors import Invalid, NotYours
from vssid.kernel.ids import BadCode, BhxhCode, IdNumber
from vssid.kernel.sheets import Sheet
from vssid.kernel.typed import Raw, Values

from .. import actions
from ..draft import drafts, form, holders, steps
from ..draft.drafts import DraftView
from ..errors import AlreadyOpen, AlreadySent, Incomplete, NotReceiving
from ..models import Application, Draft, WalkIn
from . import prefill, same_person, visitors
from .visitors import Visitor

STEP = steps.WHO  # the page saves all steps at once, and as this one
CONSENTED = "consented"  # in the draft: the tick on the page, which is no commitment before it is sent
MARK = "walk-in"  # what the fingerprint of the person is for


def begin(text: str, *, by: Actor, address: str, now: datetime) -> int:
    """Begin with the person behind a card or number, filled with what is known; returns the draft's id.

    What the office has begun with the same person and not sent goes on: begun twice at once is one.
    Raises what `visitors.find` does, NotReceiving at an office that takes no applications, AlreadyHasAccount,
    or AlreadyOpen.
    """
    visitor = visitors.find(text, by=by, now=now)
    if not offices.receives(by.office):
        raise NotReceiving
    if visitor.account is not None:
        raise AlreadyHasAccount
    if visitor.files:
        raise AlreadyOpen
    while (going := going_on(visitor, by.office)) is None:
        try:
            return _begin(visitor, by=by, address=address, now=now)
        except IntegrityError as refused:
            if constraint_of(refused) != "registration_walk_in_visitor":
                raise
    return going


def _begin(visitor: Visitor, *, by: Actor, address: str, now: datetime) -> int:
    with transaction.atomic():
        # A mark without a draft is of one that was sent by the version before, which does not take it away.
        _of(visitor, by.office).exclude(subject_id__in=Draft.objects.values("subject_id")).update(
            visitor=None
        )
        hold = holders.resolve(drafts.start(address=address, now=now, office=by.office))
        assert hold is not None
        drafts.save(hold.subject_id, {"typed": prefill.of(visitor)}, now=now)
        WalkIn.objects.create(
            subject_id=hold.subject_id,
            office_id=by.office,
            officer_id=by.id or 0,
            officer_name=by.name,
            begun_at=now,
            visitor=vault.fingerprint(MARK, _whom(visitor)),
        )
    return hold.subject_id


def going_on(visitor: Visitor, office: str) -> int | None:
    """What the office has begun with this person and not sent."""
    begun = _of(visitor, office).filter(subject_id__in=Draft.objects.values("subject_id"))
    return begun.values_list("subject_id", flat=True).order_by("-begun_at").first()


def _of(visitor: Visitor, office: str) -> QuerySet[WalkIn]:
    return WalkIn.objects.filter(office_id=office, visitor__in=vault.fingerprints(MARK, _whom(visitor)))


def _whom(visitor: Visitor) -> str:
    return f"person {visitor.person.person_id}" if visitor.person else f"number {visitor.number}"


def view(walk_in_id: int, *, by: Actor) -> DraftView:
    """The draft, for who takes in papers at its office.

    Raises NotYours, NotAllowed, OwnFile or AlreadySent.
    """
    row = WalkIn.objects.filter(subject_id=walk_in_id, office_id=by.office).first()
    if row is None:
        raise NotYours
    policy.require(by, Right.CHECK_PAPERS, row.office_id)
    hold = holders.of_counter(walk_in_id)
    draft = drafts.view_held(hold) if hold else None
    if draft is None:
        if Application.objects.filter(id=walk_in_id).exists():
            raise AlreadySent
        raise NotYours
    own_files.refuse(by, lambda: _persons({**draft.values, **typed_of(draft)}))
    return draft


def is_here(walk_in_id: int, *, by: Actor) -> bool:
    """Was it begun at the officer's own office?"""
    return WalkIn.objects.filter(subject_id=walk_in_id, office_id=by.office).exists()


def has_file(application_id: int, *, by: Actor) -> bool:
    """Is this a sent application at the officer's own office, whoever filled it in?"""
    return Application.objects.filter(id=application_id, office_id=by.office).exists()


def typed_of(draft: DraftView) -> dict[str, str]:
    """What was typed on the page and not yet accepted, all steps together."""
    kept: Mapping[str, Mapping[str, str]] = draft.values.get("typed", {})
    return {name: text for fields in kept.values() for name, text in fields.items()}


def consented(draft: DraftView) -> bool:
    """Was it ticked on the page that the person agrees to send?"""
    return bool(draft.values.get(CONSENTED))


def keep(walk_in_id: int, raw: Raw, *, by: Actor, sheet: Sheet, now: datetime) -> None:
    """Keep what was typed and ticked, right or wrong. Raises as `view`, or Overtaken."""
    view(walk_in_id, by=by)
    typed = {step.name: _part(step, raw) for step in (steps.WHO, steps.CONTACT)}
    drafts.save(walk_in_id, {"typed": typed, **_ticked(raw)}, step=STEP, sheet=sheet, now=now)


def fill_in(
    walk_in_id: int, text: str, raw: Raw, *, by: Actor, sheet: Sheet, now: datetime
) -> Visitor | None:
    """Fill in what a card or number knows that is scanned while the form is open, over what was typed.

    Nothing is filled in when it belongs to somebody else, who is returned: what was typed is kept, and that
    the officer sees who it is, is an event. Raises as `view` and `visitors.find`, or Overtaken.
    """
    view(walk_in_id, by=by)
    visitor = visitors.find(text, by=by, now=now)
    if is_other := same_person.is_other(visitor, raw):
        visitors.seen(visitor, by=by, now=now)
    known = {} if is_other else prefill.of(visitor)[steps.WHO.name]
    keep(walk_in_id, {**raw, **known}, by=by, sheet=sheet, now=now)
    return visitor if is_other else None


def save(walk_in_id: int, raw: Raw, *, by: Actor, sheet: Sheet, now: datetime) -> DraftView:
    """Accept what was typed. Raises as `view`, Overtaken, or Invalid; then it is kept as it was typed."""
    view(walk_in_id, by=by)
    own_files.refuse(by, lambda: _persons(raw))
    try:
        values = _clean(raw, by.office, now)
    except Invalid:
        keep(walk_in_id, raw, by=by, sheet=sheet, now=now)
        raise
    drafts.save(walk_in_id, {**values, "typed": {}, **_ticked(raw)}, step=STEP, sheet=sheet, now=now)
    return view(walk_in_id, by=by)


def store_photo(
    walk_in_id: int, kind: ImageKind, data: bytes, *, by: Actor, address: str, now: datetime
) -> ImageView:
    """Keep a picture taken at the counter. Raises as `view`, BadImage or Limited."""
    view(walk_in_id, by=by)
    return drafts.store_photo(walk_in_id, kind, data, address=address, now=now)


def send(walk_in_id: int, *, consent: bool, code: str, by: Actor, address: str, now: datetime) -> int:
    """Send the application; returns its id. Sent twice is once.

    `code` is the one that the person reads from the own phone, asked for until it was right.
    Raises as `view`, Incomplete, Invalid(commitment | code=required), WrongCode, CodeExpired, Limited,
    AlreadyOpen or Unprintable.
    """
    try:
        draft = view(walk_in_id, by=by)
    except AlreadySent:
        return walk_in_id
    if draft.missing not in (None, steps.REVIEW):
        assert draft.missing is not None
        raise Incomplete(step=draft.missing.name)
    wrong = {"commitment": "required"} if not consent else {}
    wrong |= {"code": "required"} if not draft.proved and not code else {}
    if wrong:
        raise Invalid(**wrong)
    if not draft.proved:
        drafts.enter_code(draft, code, address=address, now=now)
    drafts.save(walk_in_id, {"commitment": True}, now=now)
    return actions.submit(view(walk_in_id, by=by), by=by, now=now)


def drop(walk_in_id: int, *, by: Actor) -> None:
    """Begun by mistake: the draft, its pictures and its key are erased. Raises as `view`."""
    view(walk_in_id, by=by)
    with transaction.atomic():
        drafts.erase(walk_in_id)


def _ticked(raw: Raw) -> dict[str, bool]:
    return {CONSENTED: raw.get("commitment") == "yes"}


def _part(step: steps.Step, raw: Raw) -> dict[str, str]:
    names = (*step.gives, "email") if step is steps.CONTACT else step.gives
    return {name: raw.get(name, "") for name in names}


def _clean(raw: Raw, office: str, now: datetime) -> Values:
    """The clean values of all steps. Raises Invalid with everything that is wrong."""
    values, wrong = Values(), dict[str, str]()
    for clean in (
        partial(form.clean_who, raw, today=form.today_of(now)),
        partial(form.clean_contact, raw),
        partial(form.clean_office, {"office_code": office}),
    ):
        try:
            values |= clean()
        except Invalid as refused:
            wrong |= refused.fields
    if wrong:
        raise Invalid(**wrong)
    return values


def _persons(raw: Mapping[str, object]) -> list[int]:
    """Of the register by the typed code and ID number: whom the application is about."""
    persons = []
    with suppress(BadCode):
        persons.append(participants.by_bhxh_code(BhxhCode.parse(str(raw.get("bhxh_code", "")))))
    with suppress(BadCode):
        persons.append(participants.by_id_number(IdNumber.parse(str(raw.get("id_number", "")))))
    return [person.person_id for person in persons if person is not None]
