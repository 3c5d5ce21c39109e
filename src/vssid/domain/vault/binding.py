"""What was sealed before there were rows in the context is sealed anew, bound to its row.

Each room that has several sealed rows of one subject, or one that is written anew in place, tells them as
ROWS in a module `sealed_rows`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import BinaryField, F, Func, Q, Value
from django.db.models.lookups import Exact

from vssid.infra import keys

from . import sealing as vault
from .rings import Ring

AT_ONCE = 500
# So many that do not open are no damaged values any more: a key is lacking.
MOST_REFUSED = 100
Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Rows:
    """A sealed column: whose key, for what, and the row, with its version, that a value is bound to."""

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

    def bind(self, after: Any) -> tuple[Any, int, int]:
        """A batch after a primary key; where it ended (None: the last one), how many were bound, and how many
        do not open. Raises keys.CannotOpen where a master key is lacking.
        """
        names = [field.attname for field in self.model._meta.pk_fields]
        with transaction.atomic():
            rows = self.model._default_manager.filter(self.unbound()).order_by(*names)
            if after is not None:
                rows = rows.filter(pk__gt=after)
            batch = list(rows.select_for_update()[:AT_ONCE])
            ring = self.ring(batch)
            told = [self._seal(instance, ring) for instance in batch]
            self._write([instance for instance, bound in zip(batch, told, strict=True) if bound])
        ended = batch[-1].pk if len(batch) == AT_ONCE else None
        return ended, told.count(True), told.count(None)

    def ring(self, batch: Sequence[Any]) -> Ring:
        """The keys of some rows."""
        return Ring([getattr(instance, self.subject) for instance in batch])

    def fits(self, instance: Any, ring: Ring | None = None) -> bool:
        """Does the value open at its row? Also where there is none, or its owner was erased."""
        try:
            if getattr(instance, self.column):
                self._open(instance, ring or self.ring([instance]))
        except vault.Erased:
            return True
        except keys.CannotOpen:
            return False
        return True

    def _open(self, instance: Any, ring: Ring) -> bytes:
        subject, sealed = getattr(instance, self.subject), getattr(instance, self.column)
        return ring.unseal_at(subject, self.purpose(instance), sealed, row=self.row(instance))

    def _seal(self, instance: Any, ring: Ring) -> bool | None:
        """Was it sealed anew? None where it does not open."""
        subject, purpose, row = getattr(instance, self.subject), self.purpose(instance), self.row(instance)
        if not ring.holds(subject):
            return False  # nobody reads it any more
        try:
            plain = self._open(instance, ring)
        except keys.CannotOpen:
            return None
        setattr(instance, self.column, ring.seal(subject, purpose, plain, row=row))
        return True

    def _write(self, batch: Sequence[Any]) -> None:
        if len(self.model._meta.pk_fields) == 1:
            self.model._default_manager.bulk_update(batch, [self.column])
            return
        for instance in batch:
            sealed = {self.column: getattr(instance, self.column)}
            self.model._default_manager.filter(pk=instance.pk).update(**sealed)


def every() -> Iterator[Rows]:
    """Every room's, in the order of the rooms."""
    for config in apps.get_app_configs():
        if config.name.startswith("vssid.domain.") and find_spec(f"{config.name}.sealed_rows"):
            yield from import_module(f"{config.name}.sealed_rows").ROWS


def misplaced() -> Iterator[str]:
    """Every bound value is opened where it stands: the table and primary key of each that does not."""
    for rows in every():
        told = rows.model._default_manager.exclude(rows.unbound())
        bound = iter(told.iterator(chunk_size=AT_ONCE))
        while batch := list(islice(bound, AT_ONCE)):
            ring = rows.ring(batch)
            for instance in batch:
                if rows.fits(instance, ring):
                    continue
                yield f"{rows.model._meta.db_table}.{rows.column} {instance.pk}"


def left() -> int:
    """How many values are not bound to their rows; those of who was erased count too."""
    return sum(rows.model._default_manager.filter(rows.unbound()).count() for rows in every())


def bind(*, seconds: float | None = None, tell: Tell | None = None) -> int:
    """Bind what is left; returns how many. Stopped anywhere, the next run goes on.

    What does not open is passed over; at the end, or after some, it raises keys.CannotOpen.
    """
    until, done, refused = None if seconds is None else time.monotonic() + seconds, 0, 0
    for rows in every():
        after: Any = None
        while until is None or time.monotonic() < until:
            after, bound, closed = rows.bind(after)
            done, refused = done + bound, refused + closed
            if refused > MOST_REFUSED:
                raise keys.CannotOpen
            if tell is not None:
                tell(done)
            if after is None:
                break
    if refused:
        raise keys.CannotOpen
    return done
