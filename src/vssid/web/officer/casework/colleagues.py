"""What colleagues wrote about a file, and whose it is: for its page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vssid.domain.accounts.posts import assigning
from vssid.domain.casework.work import assignments, notes
from vssid.domain.offices.rights import Right, rights_of
from vssid.infra.database.prepared import at_once
from vssid.infra.database.together import Read
from vssid.web.ui.access import VisitRequest

from .in_hand import Queue
from .words import Words

DONE: dict[str, Words] = {
    "ghi-chu": _("Đã ghi chú cho đồng nghiệp."),
    "giao": _("Đã giao hồ sơ."),
    "thu-hoi": _("Hồ sơ không còn giao riêng cho ai."),
}


def context(
    request: VisitRequest, queue: Queue, key: tuple[Any, ...], *, is_open: bool, now: datetime
) -> dict[str, Any]:
    """Notes, whose the file is, and to whom it may be given by who may."""
    kind, file_id, by = queue.kind, key[-1], request.actor
    gives = is_open and Right.ASSIGN_FILES in rights_of(by.role)
    notes_read = Read(lambda: notes.of_file(kind, file_id))
    whose = Read(lambda: assignments.names(kind.name, [file_id]))
    officers = Read(lambda: assigning.colleagues(kind, by=by, now=now) if gives else [])
    at_once(notes_read, whose, officers)
    written = notes_read.value
    return {
        "file_notes": written,
        "handed": written[0] if written and written[0].is_handover and is_open else None,
        "note_url": reverse(f"{queue.file}_note", args=key),
        "longest_note": notes.LONGEST,
        "assigned_to": whose.value.get(file_id),
        "assign_url": reverse(f"{queue.file}_assign", args=key),
        "officers": officers.value,
    }
