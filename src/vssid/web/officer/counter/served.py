"""The file on the counter's page: signed form, comparison and decision, where it was filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from vssid.domain.registration.counter import walk_ins
from vssid.kernel.errors import NotYours
from vssid.web.ui.access import VisitRequest

from ..casework.pages import FileKind, Key
from . import steps
from .place import AT_COUNTER, BACK


def with_counter(kind: FileKind) -> FileKind:
    """The kind, whose files are also shown on the counter's page."""

    def opened(request: VisitRequest, key: Key, now: datetime) -> tuple[bool, dict[str, Any]]:
        if not walk_ins.has_file(key[-1], by=request.actor):
            raise NotYours
        is_open, context = kind.opened(request, key, now)
        done = steps.of_file(context["file"], is_waiting=bool(context["waits"]))
        return is_open, context | {"steps": done, "at_counter": True}

    at_counter = replace(kind, template="officer/counter/served.html", opened=opened, back=BACK)
    return replace(kind, elsewhere={AT_COUNTER: at_counter})
