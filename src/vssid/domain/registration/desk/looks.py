"""An officer's look at a file of the own office: shown, and told in the audit log."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk
from vssid.domain.identity import queries as images
from vssid.domain.identity.kinds import ImageKind
from vssid.kernel.actor import Actor
from vssid.kernel.errors import NotYours

from .. import queries
from ..moves import APPLICATION


def look_at(application_id: int, *, by: Actor, now: datetime) -> queries.File:
    """The file; the look becomes an audit event. Raises NotYours."""
    row = desk.find(APPLICATION, application_id, by=by)
    audit.record("application.viewed", subject=row.id, by=by, now=now)
    return queries.file_of(row, now)


def look_at_photo(application_id: int, kind: ImageKind, *, by: Actor, now: datetime) -> bytes:
    """One photo (JPEG), audited. Raises NotYours, also once erased."""
    row = desk.find(APPLICATION, application_id, by=by)
    if row.images_erased_at is not None or kind not in images.images_of(row.id):
        raise NotYours
    audit.record("application.photo_viewed", subject=row.id, by=by, now=now, facts={"photo": kind.value})
    return images.content(row.id, kind)
