"""An officer's look at a file of the own office: shown, and told in the audit log."""

from __future__ import annotations

from datetime import datetime

from vssid.domain.audit import actions as audit
from vssid.domain.casework import desk
from vssid.kernel.actor import Actor

from .. import files, queries
from ..moves import REQUEST


def look_at(person_id: int, request_id: int, *, by: Actor, now: datetime) -> queries.File:
    """The file; the look itself is audited. Raises NotYours."""
    row = desk.find(REQUEST, (person_id, request_id), by=by)
    audit.record("procedure.viewed", subject=person_id, by=by, now=now, facts={"request": row.id})
    return queries.file_of(row, now)


def look_at_picture(person_id: int, request_id: int, name: str, *, by: Actor, now: datetime) -> bytes:
    """One picture, audited. Raises NotYours, also once erased."""
    row = desk.find(REQUEST, (person_id, request_id), by=by)
    content = files.content(person_id, row.id, name)
    facts = {"request": row.id, "file": name}
    audit.record("procedure.file_viewed", subject=person_id, by=by, now=now, facts=facts)
    return content
