"""/can-bo/dich-vu/<person>/<id>: one request beside the register, and what an officer decides on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from vssid.domain.casework.reasons import labels
from vssid.domain.casework.why import told
from vssid.domain.directory import queries as directory
from vssid.domain.procedures import actions
from vssid.domain.procedures.definition import walk
from vssid.domain.procedures.definition.shapes import Words
from vssid.domain.procedures.definition.typed import Standing, register_values
from vssid.domain.procedures.desk import looks
from vssid.domain.procedures.desk.doubt_classes import CLASSES
from vssid.domain.procedures.queries import File, Whole
from vssid.domain.procedures.reasons import MORE, REFUSE
from vssid.domain.procedures.states import State
from vssid.kernel.calendar import local_day
from vssid.web.ui.access import VisitRequest
from vssid.web.ui.words import procedure_words as listing

from ..casework import colleague_pages, pages, troubles, why
from ..casework.history import Line
from ..casework.pages import FileKind, Key, button
from ..casework.pictures import Picture
from ..casework.troubles import Trouble
from . import lists, words


@dataclass(frozen=True, slots=True)
class Row:
    """An answer beside what the register holds; `changes` when both are known and differ."""

    label: Words
    asked: str
    registered: str
    changes: bool


def _opened(request: VisitRequest, key: Key, now: datetime) -> tuple[bool, dict[str, Any]]:
    opened_file = looks.look_at(*key, by=request.actor, now=now)
    return opened_file.whole.status.is_open, {
        **lists.side(request.actor, now),
        **_of_file(opened_file),
        "groups": why.groups(request, opened_file.doubts, CLASSES),
    }


def _of_file(file: File) -> dict[str, Any]:
    whole = file.whole
    status = whole.status
    state_words, pill = words.STATES[status.state]
    return {
        "file": file,
        "whole": whole,
        "status": status,
        "procedure": status.procedure,
        "state_words": state_words,
        "pill": pill,
        "rows": _rows(file),
        "pictures": _pictures(whole),
        "history": _history(whole),
        "warnings": words.doubts(file.doubts) if status.state is State.IN_REVIEW else [],
        "despite": told(approved.despite, CLASSES) if (approved := whole.last("approve")) else [],
        "more_reasons": MORE.values(),
        "refuse_reasons": REFUSE.values(),
        "can_accept": status.state is State.SUBMITTED,
        "can_ask": status.state is State.IN_REVIEW,
        "can_approve": status.state is State.IN_REVIEW,
        "can_refuse": status.state in (State.IN_REVIEW, State.MORE_NEEDED),
    }


def _history(whole: Whole) -> list[Line]:
    return [
        Line(
            move.at,
            move.by_name or _("Người dân"),
            words.MOVES[move.move],
            said=[*labels(move.reasons, MORE | REFUSE), *why.sentences(move.despite, CLASSES)],
            text=move.text,
        )
        for move in reversed(whole.moves)
    ]


def _rows(file: File) -> list[Row]:
    """Each answer, with what the register holds where it holds the same thing."""
    registered: dict[str, str] = {}
    if file.register is not None:
        today = local_day(timezone.now())
        registered = register_values(Standing(file.register, file.coverage, today)) | {
            "province_code": file.register.province_code,
            "commune_code": file.register.commune_code,
            "street": file.register.street,
        }
    rows = []
    for field, value in walk.given(file.whole.status.procedure, file.whole.answers):
        known = registered.get(field.name, "")
        asked = listing.shown(field, value)
        shown = _values_of_register(field, known)
        rows.append(Row(field.label, asked, shown, bool(known) and known != value))
    return rows


def _values_of_register(field: Any, value: str) -> str:
    if not value:
        return ""
    if field.form == "facility":
        return directory.facility_name(value) or value
    try:
        return listing.shown(field, value)
    except (KeyError, LookupError):
        return value


def _pictures(whole: Whole) -> list[Picture]:
    key = (whole.status.person_id, whole.status.id)
    return [
        Picture(
            name,
            listing.file_label(whole.status.procedure, name),
            reverse("officer:request_picture", args=[*key, name]),
        )
        for name in whole.files
    ]


def _approval(request: VisitRequest) -> dict[str, Any]:
    return {**pages.text(request), **why.approval(request, CLASSES)}


FILE = FileKind(
    lists.QUEUE,
    "officer/procedures/file.html",
    _opened,
    words.DONE,
    words.REFUSALS,
    words.trouble,
    invalid=lambda _invalid: Trouble(422, troubles.NOT_YET, troubles.INCOMPLETE.text),
    forms=("more", "refusal", "approval"),
)
ask_more = button(FILE, actions.ask_more, "bo-sung", read=pages.reasons, form="more")
approve = button(FILE, actions.approve, "dong-y", read=_approval, form="approval")
refuse = button(FILE, actions.refuse, "tu-choi", read=pages.reasons, form="refusal")
HERE = "can-bo/dich-vu/<int:person_id>/<int:request_id>"
routes = [
    path(HERE, pages.page(FILE), name="request"),
    path(f"{HERE}/tiep-nhan", button(FILE, actions.accept, "tiep-nhan"), name="request_accept"),
    path(f"{HERE}/bo-sung", ask_more, name="request_ask_more"),
    path(f"{HERE}/dong-y", approve, name="request_approve"),
    path(f"{HERE}/tu-choi", refuse, name="request_refuse"),
    path(
        f"{HERE}/anh/<slug:name>", pages.picture(lists.QUEUE, looks.look_at_picture), name="request_picture"
    ),
    *colleague_pages.routes(FILE, HERE),
]
