"""Edit the directory by hand: at once or from a day on, by the rules of the files, with history.

A change holds the cells it sets, nothing else, so that what others changed meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from vssid.domain.audit import actions as audit
from vssid.domain.imports.errors import AlreadyRunning
from vssid.domain.imports.merge import officer_row, row_merge
from vssid.domain.offices import reach
from vssid.domain.vault import sealing as vault
from vssid.infra.database.away import reraise_lost
from vssid.kernel.actor import SYSTEM, Actor
from vssid.kernel.calendar import local_day
from vssid.kernel.errors import DomainError, Invalid, NotYours

from . import cells
from .cells import Cells
from .models import Change

log = structlog.get_logger()
SHORTEST, LONGEST = 5, 500  # characters of a reason
FARTHEST = timedelta(days=366)
SENDER = "Sửa thủ công"


class Stale(DomainError):
    """The row was changed after the form was opened.

    Facts: `now`, its cells that differ from the typed; `seen`, the stamp of the row with these.
    """

    code = "directory_stale"


class Waiting(DomainError):
    """Another change of the same cells waits for its day. Facts: `fields`, `on`."""

    code = "directory_waiting"


class Unchanged(DomainError):
    """Everything is as it was."""

    code = "directory_unchanged"


@dataclass(frozen=True, slots=True)
class Why:
    """The reason of a change, the day from which it holds, and who makes it when."""

    reason: str
    on: date
    by: Actor
    now: datetime


def row_of(kind: str, code: str) -> Any:
    """The row of a code. Raises NotYours."""
    row = cells.TABLES[kind]._default_manager.filter(code=code).first() if is_code(code) else None
    if row is None:
        raise NotYours
    return row


def _locked(kind: str, code: str) -> Any:
    """The row, which nobody else changes until the transaction ends. Raises NotYours."""
    table = cells.TABLES[kind]._default_manager
    row = table.select_for_update().filter(code=code).first() if is_code(code) else None
    if row is None:
        raise NotYours
    return row


def stamp(row: Any) -> str:
    """Which state of a row a form was opened on."""
    return str(row.as_of.isoformat())


def create(kind: str, typed: Cells, why: Why) -> Change:
    """Add a place. Raises Invalid, Waiting, AlreadyRunning."""
    code = typed.get("code", "").strip()
    with transaction.atomic():
        _check(why)
        row_merge.hold(cells.IMPORTERS[kind])
        _refuse_waiting(kind, code, {"code"})
        with _tried(kind, typed | {"code": code}, why, keep=_is_due(why), new=True) as after:
            pass
        after = {name: cell for name, cell in after.items() if cell}
        return _noted(kind, code, Change.Action.CREATE, {}, after, why)


def change(kind: str, code: str, typed: Cells, why: Why, *, seen: str) -> Change:
    """Change what differs. `seen`: the stamp of the row the form was opened on.

    Raises NotYours, Invalid, Stale, Unchanged, Waiting, AlreadyRunning.
    """
    return _changed(kind, code, typed, why, seen=seen, action=Change.Action.CHANGE)


def close(kind: str, code: str, last_day: str, why: Why, *, seen: str) -> Change:
    """Say a place's last day; from the day after it is found no more. Raises as `change` does."""
    if "valid_until" not in cells.columns(kind):
        raise NotYours
    if not last_day.strip():
        raise Invalid(valid_until="missing")
    return _changed(kind, code, {"valid_until": last_day}, why, seen=seen, action=Change.Action.CLOSE)


def withdraw(change_id: int, *, by: Actor, now: datetime) -> Change:
    """Take back a change that waits for its day. Raises NotYours when there is none such."""
    with transaction.atomic():
        change = Change.objects.select_for_update().filter(id=change_id, state=Change.State.WAITING).first()
        if change is None:
            raise NotYours
        _refuse_out_of_reach(change, by, now)
        change.state, change.ended_at, change.ended_by = Change.State.WITHDRAWN, now, by.name
        change.save(update_fields=["state", "ended_at", "ended_by"])
        _audit("withdrawn", change, by, now)
    return change


def _refuse_out_of_reach(change: Change, by: Actor, now: datetime) -> None:
    """Raises NotYours for who could not make the change; what the rules refuse by now may be withdrawn."""
    new = change.action == Change.Action.CREATE
    with transaction.atomic():
        before = {} if new else cells.of(change.kind, row_of(change.kind, change.code))
        try:
            with _tried(
                change.kind,
                before | change.after,
                Why(change.reason, change.effective_on, by, now),
                keep=False,
            ):
                pass
        except Invalid as refused:
            if reach.CODE in refused.fields.values():
                raise NotYours from None


def apply_due(now: datetime) -> int:
    """Apply the changes whose day has come, each once and by itself; returns how many were.

    One that the rules refuse by now is marked so; those of a kind that is just being loaded wait for the
    next time.
    """
    due = Change.objects.filter(state=Change.State.WAITING, effective_on__lte=local_day(now))
    done, busy = 0, set()
    for change_id, kind in due.order_by("effective_on", "id").values_list("id", "kind"):
        if kind in busy:
            continue
        try:
            done += _apply(change_id, now)
        except AlreadyRunning:
            busy.add(kind)
        except Exception as error:  # what is wrong with one must not keep the others from their day
            reraise_lost(error)
            log.exception("directory_change_failed", change=change_id)
    return done


def _changed(kind: str, code: str, typed: Cells, why: Why, *, seen: str, action: str) -> Change:
    with transaction.atomic():
        row_merge.hold(cells.IMPORTERS[kind])
        row = _locked(kind, code)
        before = cells.of(kind, row)
        if seen != stamp(row):
            said = {name: cell for name, cell in before.items() if typed.get(name, cell).strip() != cell}
            raise Stale(now=said, seen=stamp(row))
        _check(why)
        proposed = before | {name: cell for name, cell in typed.items() if name in before and name != "code"}
        with _tried(kind, proposed, why, keep=_is_due(why)) as written:
            after = {name: cell for name, cell in written.items() if cell != before[name]}
            if not after:
                raise Unchanged
            _refuse_waiting(kind, code, set(after))
        return _noted(kind, code, action, {name: before[name] for name in after}, after, why)


@contextmanager
def _tried(kind: str, proposed: Cells, why: Why, *, keep: bool, new: bool = False) -> Iterator[Cells]:
    """Write the row by its file's rules and give its cells as they then are; taken back unless `keep`.

    `new`: there must be no row of this code; who else adds it waits for the lock of the kind.
    """
    with transaction.atomic():
        run_id = officer_row.of_decision(
            f"{kind}-{proposed['code']}"[:40], sender=SENDER, by=why.by, now=why.now
        )
        written = row_merge.write(
            cells.IMPORTERS[kind], proposed, run_id=run_id, now=why.now, reach=why.by.office
        )
        if new and not written.new:
            raise Invalid(code="exists")
        yield cells.of(kind, row_of(kind, proposed["code"]))
        if not keep:
            transaction.set_rollback(True)


def _noted(kind: str, code: str, action: str, before: Cells, after: Cells, why: Why) -> Change:
    done = _is_due(why)
    assert why.by.id is not None
    made = Change.objects.create(
        subject_id=vault.new_subject_id(),
        kind=kind,
        code=code,
        action=action,
        before=before,
        after=after,
        reason=why.reason.strip(),
        effective_on=why.on,
        by_id=why.by.id,
        by_name=why.by.name,
        at=why.now,
        state=Change.State.DONE if done else Change.State.WAITING,
        ended_at=why.now if done else None,
        ended_by=why.by.name if done else "",
    )
    _audit("changed" if done else "planned", made, why.by, why.now)
    return made


def _apply(change_id: int, now: datetime) -> bool:
    with transaction.atomic():
        locked = Change.objects.select_for_update(skip_locked=True)
        change = locked.filter(id=change_id, state=Change.State.WAITING).first()
        if change is None:  # another worker has it, or did it
            return False
        why = Why(change.reason, change.effective_on, SYSTEM, now)
        row_merge.hold(cells.IMPORTERS[change.kind])
        try:
            _apply_cells(change, why)
        except (Invalid, NotYours) as refused:
            fields = refused.fields if isinstance(refused, Invalid) else {"code": "gone"}
            change.state, change.refusals = Change.State.REFUSED, fields
        else:
            change.state = Change.State.DONE
        change.ended_at = now
        change.save(update_fields=["state", "refusals", "before", "ended_at"])
        _audit("changed" if change.state == Change.State.DONE else "refused", change, SYSTEM, now)
    return change.state == Change.State.DONE


def _apply_cells(change: Change, why: Why) -> None:
    new = change.action == Change.Action.CREATE
    before = {} if new else cells.of(change.kind, _locked(change.kind, change.code))
    with _tried(change.kind, before | change.after, why, keep=True, new=new):
        change.before = {name: before[name] for name in change.after if name in before}


def _check(why: Why) -> None:
    refused = {}
    if len(why.reason.strip()) < SHORTEST:
        refused["reason"] = "reason_short"
    elif len(why.reason) > LONGEST or "\0" in why.reason:
        refused["reason"] = "reason_long"
    today = local_day(why.now)
    if not today <= why.on <= today + FARTHEST:
        refused["on"] = "bad_on"
    if refused:
        raise Invalid(**refused)


def _is_due(why: Why) -> bool:
    return why.on <= local_day(why.now)


def is_code(code: str) -> bool:
    """May this be a code? What else was typed never reaches the database."""
    return code.isascii() and code.isalnum()


def _refuse_waiting(kind: str, code: str, fields: set[str]) -> None:
    for change in (
        Change.objects.filter(kind=kind, code=code, state=Change.State.WAITING) if is_code(code) else ()
    ):
        if both := sorted(fields & set(change.after)):
            raise Waiting(fields=both, on=change.effective_on)


def _audit(what: str, change: Change, by: Actor, now: datetime) -> None:
    facts = {
        "change": change.id,
        "kind": change.kind,
        "code": change.code,
        "action": change.action,
        "fields": sorted(change.after),
        "on": change.effective_on.isoformat(),
    }
    audit.record(f"directory.{what}", subject=change.subject_id, by=by, now=now, facts=facts)
