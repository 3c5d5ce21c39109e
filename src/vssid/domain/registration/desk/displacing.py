"""Two applications for one BHXH code: who is surely its owner is not kept out by a stranger who came first.

One whose card (QR), typed values and register agree takes the place of one that does not agree, as long as no
officer has the form or has seen the original of that. Both are told, and both files show it to the officers.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.identity import queries as images
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.queries import ImageView
from vssid.domain.identity.reading import Source
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.infra.database.kept import Query, given
from vssid.kernel.actor import SYSTEM, person
from vssid.kernel.calendar import local_day

from .. import code_keys, sealing
from ..draft import form
from ..draft.drafts import DraftView
from ..errors import AlreadyOpen
from ..models import Application
from ..reasons import DISPLACED
from ..states import OPEN, State
from . import findings

_OTHERS = Query(
    lambda: (
        Application.objects.filter(
            bhxh_code=given("code"), state=State.REFUSED, reasons__contains=[DISPLACED.code]
        )
        .exclude(id=given("application"))
        .order_by("-closed_at")
        .values_list("id", "number", "office_id")[:10]
    )
)


def agrees(
    typed: form.FormData, pictures: Mapping[ImageKind, ImageView], known: PersonView | None, *, on: date
) -> bool:
    """Do card, form and register say the same, the card by its QR and still valid? The phone may be new."""
    readings = [picture.reading for picture in pictures.values() if picture.reading is not None]
    if known is None or not any(reading.source is Source.QR for reading in readings):
        return False
    differences = [
        *findings.of_cards(pictures, on),
        *findings.against_card(typed, pictures),
        *findings.against_register(typed, known),
    ]
    return not [finding for finding in differences if finding.field != "phone"]


def give_way(draft: DraftView, *, now: datetime) -> Application:
    """The open one that gives way, locked in the caller's transaction. Raises AlreadyOpen if it stays."""
    code = draft.form.bhxh_code
    # Locked before the form is opened: an officer who takes it in this moment waits, or was first and it
    # stays.
    row = (
        Application.objects.select_for_update()
        .filter(bhxh_code__in=code_keys.possible(code), state__in=OPEN)
        .first()
    )
    if row is None or row.form_received_at is not None or row.original_seen_at is not None:
        raise AlreadyOpen
    known, today = participants.by_bhxh_code(code), local_day(now)
    theirs = sealing.form_of(row)
    stays = agrees(theirs, images.images_of(row.id), known, on=today)
    if stays or not agrees(draft.form, draft.images, known, on=today):
        raise AlreadyOpen
    return row


def note(gone: Application, came: int, *, now: datetime) -> None:
    """Both files say it, in the caller's transaction."""
    number = Application.objects.values_list("number", flat=True).get(id=came)
    audit.record(
        "application.displaced",
        subject=gone.id,
        by=SYSTEM,
        now=now,
        office=gone.office_id,
        facts={"number": number, "reasons": [DISPLACED.code]},
    )
    audit.record("application.took_place", subject=came, by=SYSTEM, now=now, facts={"number": gone.number})


def note_refused(draft: DraftView, *, now: datetime) -> None:
    """Somebody else sent one for a code that has an open one: its officer sees that in the file."""
    codes = code_keys.possible(draft.form.bhxh_code)
    with transaction.atomic():
        row = Application.objects.filter(bhxh_code__in=codes, state__in=sorted(OPEN)).first()
        if row is not None:
            audit.record("application.contested", subject=row.id, by=person(draft.subject_id), now=now)


def others(row: Application) -> list[tuple[int, str, str]]:
    """Id, number and office of those of the same code that gave way, newest first."""
    return _OTHERS.rows(code=row.bhxh_code, application=row.id)
