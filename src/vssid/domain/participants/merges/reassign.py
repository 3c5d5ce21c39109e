"""Give the rows of one person to another.

A row is copied and then deleted: the number of its person is what tables are distributed by, and is never
changed in place. Where the other has a row of the same natural key, theirs stays and the copy becomes a
version of it. Each statement names one person on each table.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from vssid.domain.imports.importer import Batch

from ..models import history
from ..models.history import Version
from ..models.people import Benefit, Certificate, Contribution, Coverage, Visit
from . import diagnosis_reassign

_RECORDS: tuple[tuple[type[models.Model], Version.Record], ...] = (
    (Contribution, Version.Record.CONTRIBUTION),
    (Coverage, Version.Record.COVERAGE),
    (Benefit, Version.Record.BENEFIT),
    (Visit, Version.Record.VISIT),
    (Certificate, Version.Record.CERTIFICATE),
)
_OLD = """
INSERT INTO participants_version
    (person_id, record, record_id, was, run_id, line, said_from, said_until, replaced_by)
SELECT %s, %s, {id}, to_jsonb(o), o.run_id, o.line, o.as_of, %s, %s FROM {table} o WHERE o.person_id = %s
"""


def move_all(batch: Batch, merged_id: int, kept_id: int) -> None:
    """Give every row of `merged_id` to `kept_id` in the batch's transaction.

    What the register said of the merged person itself becomes a version of the kept one, still sealed with
    the merged person's key; then that person is no more.
    """
    # First, while the rows are still the old person's: what is sealed is bound to its person.
    diagnosis_reassign.give(merged_id, kept_id, now=batch.now)
    for model, record in _RECORDS:
        table = model._meta.db_table
        taken = _copy(batch.cursor, model, merged_id, kept_id)
        _keep(batch, table, "o.id", record, merged_id, kept_id, "AND o.id <> ALL(%s)", [taken])
        batch.cursor.execute(f"DELETE FROM {table} WHERE person_id = %s", [merged_id])  # noqa: S608
    _copy(batch.cursor, Version, merged_id, kept_id)
    batch.cursor.execute(f"DELETE FROM {history.TABLE} WHERE person_id = %s", [merged_id])  # noqa: S608
    # The person last, on whom the others hang by foreign keys.
    _keep(batch, "participants_person", "o.person_id", Version.Record.PERSON, merged_id, kept_id)
    batch.cursor.execute("DELETE FROM participants_person WHERE person_id = %s", [merged_id])


def _copy(cursor: Any, model: type[models.Model], merged_id: int, kept_id: int) -> list[int]:
    """Copy rows under their own ids, but for those whose natural key is taken; returns the ids copied."""
    names = ", ".join(
        field.column for field in model._meta.concrete_fields if field.column not in (None, "person_id")
    )
    cursor.execute(
        f"INSERT INTO {model._meta.db_table} (person_id, {names}) "  # noqa: S608
        f"SELECT %s, {names} FROM {model._meta.db_table} WHERE person_id = %s "
        "ON CONFLICT DO NOTHING RETURNING id",
        [kept_id, merged_id],
    )
    return [row[0] for row in cursor.fetchall()]


def _keep(
    batch: Batch,
    table: str,
    key: str,
    record: Version.Record,
    merged_id: int,
    kept_id: int,
    more: str = "",
    values: list[object] | None = None,
) -> None:
    batch.cursor.execute(
        _OLD.format(id=key, table=table) + more,
        [kept_id, record.value, batch.now, batch.run_id, merged_id, *(values or [])],
    )
