"""An officer's look at a file of the own office: shown, and told in the audit log."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.casework import desk
from vssid.domain.identity import card_faces
from vssid.domain.identity import queries as images
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from .. import queries, sealing
from ..errors import NotOpen
from ..moves import APPLICATION
from ..paper import form01
from ..states import OPEN
from . import log

CARD_FACE = "card_face"


def look_at(application_id: int, *, by: Actor, now: datetime) -> queries.File:
    """The file; the look becomes an audit event. Raises NotYours."""
    row = desk.find(APPLICATION, application_id, by=by)
    log.record("application.viewed", row, by=by, now=now)
    return queries.file_of(row, now)


def look_at_photo(application_id: int, kind: ImageKind, *, by: Actor, now: datetime) -> bytes:
    """One photo (JPEG), audited. Raises NotYours, also once erased."""
    _note_look(application_id, kind, kind.value, by=by, now=now)
    return images.content(application_id, kind)


def look_at_card_face(application_id: int, *, by: Actor, now: datetime) -> bytes:
    """The portrait on the card (JPEG), cut from its front and audited alike. Raises NotYours."""
    _note_look(application_id, ImageKind.FRONT, CARD_FACE, by=by, now=now)
    return card_faces.of(application_id)


def _note_look(application_id: int, kind: ImageKind, photo: str, *, by: Actor, now: datetime) -> None:
    row = desk.find(APPLICATION, application_id, by=by)
    if row.images_erased_at is not None or kind not in images.images_of(row.id):
        raise NotYours
    log.record("application.photo_viewed", row, by=by, now=now, facts={"photo": photo})


def print_form(application_id: int, *, by: Actor, now: datetime) -> tuple[str, bytes]:
    """Number and form 01 (PDF) of an open application, for who has no printer; the printing is an event.

    Raises NotYours, NotAllowed, OwnFile, NotOpen once it is closed, or Unprintable.
    """
    row = desk.find(APPLICATION, application_id, by=by, need=Right.CHECK_PAPERS)
    if row.state not in OPEN:
        raise NotOpen
    pdf = form01.render(queries.status_of(row, now), sealing.form_of(row))
    log.record("application.form_printed", row, by=by, now=now)
    return row.number, pdf
