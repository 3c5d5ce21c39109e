"""An officer's look at a file of the own office: shown, and told in the audit log."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk
from vssid.domain.identity import queries as images
from vssid.domain.identity.kinds import ImageKind
from vssid.kernel.actor import Actor

from .. import queries
from ..moves import CHILD


def look_at(guardian_id: int, request_id: int, *, by: Actor, now: datetime) -> queries.RequestFile:
    """The file; the look becomes an audit event. Raises NotYours."""
    row = desk.find(CHILD, (guardian_id, request_id), by=by)
    audit.record("family.viewed", subject=row.id, by=by, now=now)
    return queries.file_of(row, now)


def look_at_paper(guardian_id: int, request_id: int, kind: ImageKind, *, by: Actor, now: datetime) -> bytes:
    """One paper (JPEG), audited. Raises NotYours, or NoImage once erased."""
    row = desk.find(CHILD, (guardian_id, request_id), by=by)
    jpeg = images.content(row.id, kind)
    audit.record("family.paper_viewed", subject=row.id, by=by, now=now, facts={"paper": kind.value})
    return jpeg
