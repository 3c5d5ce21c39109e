"""What was begun at an office's counter and has not ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vssid.domain.vault import sealing as vault

from ..deciding import second_looks
from ..draft import steps
from ..draft.typed_values import values_of
from ..models import Application, Draft, WalkIn
from ..states import OPEN, State

MOST = 50  # of each: drafts, and sent ones


class Stage(StrEnum):
    """What it waits for."""

    FILL = "fill"
    SIGN = "sign"
    DECIDE = "decide"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A walk-in; of one that was not sent the name as far as it is known."""

    id: int
    name: str
    officer_name: str
    begun_at: datetime
    stage: Stage


def at(office: str) -> list[Unfinished]:
    """The newest first: what was not sent, and what was sent and waits for its form or a decision."""
    listed = [*_drafts(office), *_files(office)]
    return sorted(listed, key=lambda walk_in: walk_in.begun_at, reverse=True)


def _drafts(office: str) -> list[Unfinished]:
    rows = WalkIn.objects.filter(office_id=office, subject_id__in=Draft.objects.values("subject_id"))
    newest = list(rows.order_by("-begun_at")[:MOST])
    held = Draft.objects.in_bulk([row.subject_id for row in newest])
    return [
        _unfinished(row, _name(held[row.subject_id]), Stage.FILL) for row in newest if row.subject_id in held
    ]


def _files(office: str) -> list[Unfinished]:
    taken_in = WalkIn.objects.filter(office_id=office).values("subject_id")
    rows = Application.objects.filter(office_id=office, state__in=sorted(OPEN), id__in=taken_in)
    files = {row.id: row for row in rows.order_by("-submitted_at")[:MOST]}
    waiting = second_looks.waiting_among(files)
    intakes = WalkIn.objects.filter(subject_id__in=list(files))
    return [
        _unfinished(row, file.full_name, _stage(file, is_waiting=file.id in waiting))
        for row in intakes
        if (file := files[row.subject_id])
    ]


def _stage(file: Application, *, is_waiting: bool) -> Stage:
    if is_waiting:
        return Stage.SECOND
    return Stage.SIGN if file.state == State.SUBMITTED else Stage.DECIDE


def _unfinished(row: WalkIn, name: str, stage: Stage) -> Unfinished:
    return Unfinished(row.subject_id, name, row.officer_name, row.begun_at, stage)


def _name(draft: Draft) -> str:
    try:
        values = values_of(draft)
    except vault.Erased:
        return ""
    typed: str = values.get("typed", {}).get(steps.WHO.name, {}).get("full_name", "")
    return typed or values.get("full_name", "")
