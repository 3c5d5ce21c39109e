"""Load decisions that two BHXH codes were one person's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vssid.domain.audit import actions as audit
from vssid.domain.imports.check import cells
from vssid.domain.imports.check.cells import as_day
from vssid.domain.imports.importer import Batch, Check, Counts, Digits, Holds, Importer
from vssid.domain.imports.merge.effects import Step
from vssid.domain.offices import reach
from vssid.kernel.actor import SYSTEM

from ..file_rules import MESSAGES, NAMES_NO_OTHER_OFFICE, OFFICE_KNOWN, person_in_reach
from ..models.merges import Merge
from ..models.people import Identifier, Person
from ..people import register_lock
from ..people.columns import OFFICE_CODE, is_rest_of_personal
from .reassign import move_all

_CODE = r"^\d{10}$"
_DIGITS = Digits(frozenset({10}), is_rest_of_personal)


@dataclass(frozen=True, slots=True)
class _Given:
    line: int
    kept_code: str
    merged_code: str
    decided_on: date
    decision_number: str | None
    office_code: str | None

    def as_decided(self) -> dict[str, object]:
        return {
            "decided_on": self.decided_on,
            "decision_number": self.decision_number or "",
            "office_id": self.office_code,
        }

    def corrects(self, told: Mapping[str, object], erases: frozenset[str]) -> dict[str, object]:
        """What a merge that was told becomes: blank cells leave it, unless they erase."""
        becomes = self.as_decided()
        if self.decision_number is None and "decision_number" not in erases:
            becomes["decision_number"] = told["decision_number"]
        if self.office_code is None and "office_code" not in erases:
            becomes["office_id"] = told["office_id"]
        return becomes


def _merge(batch: Batch) -> Counts:
    """Each line after the one before it, since a line may name a code that the one before has moved."""
    # Before the first look: until the end no file writes of a person who is about to go.
    register_lock.exclude_others(batch)
    counts = Counts()
    for given in _read(batch):
        counts += _merge_one(batch, given)
    return counts


def _read(batch: Batch) -> list[_Given]:
    batch.cursor.execute(
        "SELECT s.line, s.kept_code, s.merged_code, "  # noqa: S608
        f"{as_day('s.decided_on')}, s.decision_number, s.office_code "
        f"FROM {batch.staging} s WHERE s.line BETWEEN %s AND %s ORDER BY s.line",
        [batch.first, batch.last],
    )
    return [_Given(*row) for row in batch.cursor.fetchall()]


def _merge_one(batch: Batch, given: _Given) -> Counts:
    known = Merge.objects.filter(merged_code=given.merged_code)
    if told := known.values("decided_on", "decision_number", "office_id").first():
        becomes = given.corrects(told, batch.erases)
        if told == becomes:
            return Counts(same=1)
        if batch.effects is not None:
            batch.effects.changed(given.line, _steps(told, becomes))
        known.update(**becomes, run_id=batch.run_id, line=given.line, as_of=batch.now)
        return Counts(changed=1)
    codes = Identifier.objects.filter(kind=Identifier.Kind.BHXH, key__in=(given.kept_code, given.merged_code))
    person_ids = dict(codes.values_list("key", "person_id"))
    kept_id, merged_id = person_ids[given.kept_code], person_ids[given.merged_code]
    if kept_id == merged_id:  # a line before said so by other codes of the same two
        return Counts(same=1)
    _join(batch, given, merged_id, kept_id)
    if batch.effects is not None:
        batch.effects.new([given.line])
    return Counts(new=1)


def _steps(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, Step]:
    return {
        name.replace("_id", "_code"): Step(str(old[name] or ""), str(new[name] or ""), not new[name])
        for name in new
        if old[name] != new[name]
    }


def _join(batch: Batch, given: _Given, merged_id: int, kept_id: int) -> None:
    move_all(batch, merged_id, kept_id)
    documents = Identifier.objects.filter(person_id=merged_id)
    # Those that came with a person merged before keep the number they came from.
    documents.filter(merged_id=None).update(merged_id=merged_id)
    documents.update(person_id=kept_id)
    code = Person.objects.values_list("bhxh_code", flat=True).get(person_id=kept_id)
    # Those merged into this one lead to the kept one from now on: a look-up is one step and no chain.
    Merge.objects.filter(person_id=merged_id).update(person_id=kept_id, current_code=code, as_of=batch.now)
    Merge.objects.create(
        merged_id=merged_id,
        person_id=kept_id,
        merged_code=given.merged_code,
        kept_code=given.kept_code,
        current_code=code,
        **given.as_decided(),
        run_id=batch.run_id,
        line=given.line,
        as_of=batch.now,
    )
    audit.record(
        "person.merged",
        subject=kept_id,
        by=SYSTEM,
        now=batch.now,
        facts={"merged": merged_id, "run": batch.run_id},
    )


def _known(column: str) -> Check:
    return Check(
        column,
        "unknown_person",
        "EXISTS (SELECT 1 FROM participants_identifier i "  # noqa: S608
        f"WHERE i.kind = 'bhxh' AND i.key = s.{column})",
    )


# Which rules speak of a line that names one code twice: only `same_code`.
_TWO = "s.kept_code = s.merged_code OR "
_TURNED = "(s.kept_code, s.merged_code) IN (SELECT t.merged_code, t.kept_code FROM {staging} t)"
_BOTH_ONE = """EXISTS (
  SELECT 1 FROM participants_identifier k JOIN participants_identifier o ON o.person_id = k.person_id
  WHERE k.kind = 'bhxh' AND k.key = s.kept_code AND o.kind = 'bhxh' AND o.key = s.merged_code)"""
_MERGED = "s.merged_code IN (SELECT m.merged_code FROM participants_merge m)"
_NO_LINK = (
    "s.kept_code NOT IN (SELECT t.merged_code FROM {staging} t) "
    "AND s.merged_code NOT IN (SELECT t.kept_code FROM {staging} t)"
)

MERGES = Importer(
    kind="merges",
    title="codes that were one person",
    columns=(
        cells.pattern(
            "kept_code", "BHXH code that stays", _CODE, "bad_bhxh_code", required=True, digits=_DIGITS
        ),
        cells.pattern(
            "merged_code", "BHXH code that goes", _CODE, "bad_bhxh_code", required=True, digits=_DIGITS
        ),
        cells.day("decided_on", "day of the decision", required=True),
        cells.text("decision_number", "number of the decision", 50, holds=Holds.KEY),
        OFFICE_CODE,
    ),
    key={"merged_code": "s.merged_code", "kept_code": "s.kept_code"},
    merge=_merge,
    checks=(
        _known("kept_code"),
        _known("merged_code"),
        OFFICE_KNOWN,
        Check("merged_code", "same_code", "s.kept_code <> s.merged_code"),
        Check("merged_code", "merged_otherwise", f"{_TWO} NOT {_MERGED} OR {_BOTH_ONE}"),
        Check(
            "merged_code",
            "merged_twice",
            "s.merged_code NOT IN (SELECT t.merged_code FROM {staging} t "
            "GROUP BY t.merged_code HAVING count(DISTINCT t.kept_code) > 1)",
        ),
        Check("merged_code", "merge_turned", f"{_TWO} NOT ({_TURNED}) AND ({_MERGED} OR NOT {_BOTH_ONE})"),
        Check(
            "merged_code",
            "merge_chain",
            f"{_TWO} {_TURNED} OR ({_NO_LINK})",
        ),
    ),
    reach=(
        reach.refused("kept_code", person_in_reach("i.kind = 'bhxh' AND i.key = s.kept_code")),
        reach.refused("merged_code", person_in_reach("i.kind = 'bhxh' AND i.key = s.merged_code")),
        NAMES_NO_OTHER_OFFICE,
    ),
    messages=MESSAGES,
    batch_rows=200,
)
