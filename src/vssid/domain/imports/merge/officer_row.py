"""The provenance of a row that an officer's decision wrote: a run of one line, done when it is made."""

from __future__ import annotations

import hashlib
from datetime import datetime

from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import Actor

from ..models import ImportRun

KIND = "decision"


def of_decision(number: str, *, sender: str, by: Actor, now: datetime) -> int:
    """Note that the decision of this number writes to the register; returns the run's id."""
    row = ImportRun.objects.create(
        subject_id=vault.new_subject_id(),
        kind=KIND,
        file_name=number,
        sha256=hashlib.sha256(number.encode()).digest(),
        sender=sender[:100],
        actor_kind=by.kind.value,
        actor_id=by.id,
        office_code=by.office,
        started_at=now,
        ended_at=now,
        state=ImportRun.State.DONE,
        merged_to_line=1,
        rows_read=1,
        rows_changed=1,
    )
    return row.id
