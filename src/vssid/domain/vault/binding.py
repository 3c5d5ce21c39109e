"""What was sealed before there were rows in the context is sealed anew, bound to its row.

Each room that has several sealed rows of one subject tells them as ROWS in a module `sealed_rows`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import BinaryField, F, Func, Q, Value
from django.db.models.lookups import Exact

from vssid.infra import keys

from . import sealing as vault

AT_ONCE = 500
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Rows:
    """A sealed column: whose key, for what, and the row that a value is bound to."""

    model: type[models.Model]
    column: str
    subject: str
    purpose: Callable[[Any], str]
    row: Callable[[Any], object]

    def unbound(self) -> Q:
        """Rows whose value is not bound to them yet."""
        head = Func(
            F(self.column), Value(1), Value(len(vault.BOUND)), function="substr", output_field=BinaryField()
        )
        heads = [Value(mark, output_field=BinaryField()) for mark in (vault.BOUND, vault.VERSIONED)]
        bound = Q(Exact(head, heads[0])) | Q(Exact(head, heads[1]))
        there = Q(**{f"{self.column}__isnull": False}) & ~Q(Exact(F(self.column), Value(b"", BinaryField())))
        return there & ~bound

    def bind(self, after: Any) -> tuple[Any, int]:
        """A batch after a primary key; where it ended (None: the last one) and how many were bound."""
        names = [field.attname for field in self.model._meta.pk_fields]
        with transaction.atomic():
            rows = self.model._default_manager.filter(self.unbound()).order_by(*names)
            if after is not None:
                rows = rows.filter(pk__gt=after)
            batch = list(rows.select_for_update()[:AT_ONCE])
            done = sum(self._bind_one(instance) for instance in batch)
        return (batch[-1].pk if len(batch) == AT_ONCE else None), done

    def fits(self, instance: Any) -> bool:
        """Does the value open at its row? Also where there is none, or its owner was erased."""
        sealed = getattr(instance, self.column)
        try:
            if sealed:
                vault.unseal(
                    getattr(instance, self.subject), self.purpose(instance), sealed, row=self.row(instance)
                )
        except vault.Erased:
            return True
        except keys.CannotOpen:
            return False
        return True

    def _bind_one(self, instance: Any) -> bool:
        subject, purpose, row = getattr(instance, self.subject), self.purpose(instance), self.row(instance)
        try:
            plain = vault.unseal(subject, purpose, getattr(instance, self.column), row=row)
        except vault.Erased:
            return False  # nobody reads it any more
        sealed = vault.seal(subject, purpose, plain, row=row)
        return bool(self.model._default_manager.filter(pk=instance.pk).update(**{self.column: sealed}))


def every() -> Iterator[Rows]:
    """Every room's, in the order of the rooms."""
    for config in apps.get_app_configs():
        if config.name.startswith("vssid.domain.") and find_spec(f"{config.name}.sealed_rows"):
            yield from import_module(f"{config.name}.sealed_rows").ROWS


def misplaced() -> Iterator[str]:
    """Every bound value is opened where it stands: the table and primary key of each that does not."""
    for rows in every():
        for instance in rows.model._default_manager.exclude(rows.unbound()).iterator(chunk_size=AT_ONCE):
            if not rows.fits(instance):
                yield f"{rows.model._meta.db_table}.{rows.column} {instance.pk}"


def left() -> int:
    """How many values are not bound to their rows; those of who was erased count too."""
    return sum(rows.model._default_manager.filter(rows.unbound()).count() for rows in every())


def bind(*, seconds: float | None = None, tell: Tell | None = None) -> int:
    """Bind what is left; returns how many. Stopped anywhere, the next run goes on. Raises keys.CannotOpen."""
    until, done = None if seconds is None else time.monotonic() + seconds, 0
    for rows in every():
        after: Any = None
        while until is None or time.monotonic() < until:
            after, bound = rows.bind(after)
            done += bound
            if tell is not None:
                tell(done)
            if after is None:
                break
    return done
