"""Give rows of one person to another, sealed anew with the other's key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models

from . import sealing as vault

Purpose = str | Callable[[Any], str]


def give(
    model: type[models.Model],
    old: int,
    new: int,
    *,
    sealed: Mapping[str, Purpose] | None = None,
    row_of: Callable[[Any], object] = lambda row: "",
) -> int:
    """Give every row with `person_id` old to new, in the caller's transaction; returns how many there were.

    `sealed` names the sealed columns and what each was sealed for (or how a row tells), `row_of` the row that
    they are bound to. The number of a
    person is what tables are distributed by and never changes in place: a row goes and its copy comes. Where
    the other has a row of the same unique key theirs stays; whoever minds settles that before.
    """
    rows: list[Any] = list(model._default_manager.select_for_update().filter(person_id=old))
    for row in rows:
        row.person_id = new
        for column, purpose in (sealed or {}).items():
            content = getattr(row, column)
            if content is not None:
                said = purpose if isinstance(purpose, str) else purpose(row)
                plain = vault.unseal(old, said, content, row=row_of(row))
                setattr(row, column, vault.seal(new, said, plain, row=row_of(row)))
    # First, since some keys are unique among all people.
    model._default_manager.filter(person_id=old).delete()
    model._default_manager.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
