"""Reads that do not need each other's answers, asked of the database in one round.

A page waits for the database as often as it asks, and on a busy machine each wait is longer than what it
waits for. `at_once` calls functions that read; when all of them wait for rows, their statements are sent one
behind the other and answered together (a pipeline of PostgreSQL's protocol).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Rows = list[tuple[Any, ...]]
Send = Callable[[Sequence["Asked"]], list[Rows]]
READS = ("SELECT", "WITH RECURSIVE")  # how statements begin that only read
MOST_ROUNDS = 20  # more are a function that asks something else each time it is called


class _Waits(BaseException):
    """Rows come with the next round. No Exception, so that nobody on the way takes it for an error."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement with its values, and the kind of cursor that reads the answer."""

    kind: type
    statement: str
    parameters: dict[str, Any]


@dataclass(slots=True)
class Round:
    """What was answered so far, and what is asked next."""

    answered: list[tuple[Asked, Rows]] = field(default_factory=list)
    wanted: list[Asked] = field(default_factory=list)

    def rows(self, asked: Asked) -> Rows:
        """The rows of a statement; until they have come, who asks is called again from the beginning.

        Raises RuntimeError for a statement that may write: nobody knows how often it would.
        """
        if not asked.statement.lstrip().startswith(READS):
            raise RuntimeError(f"asked at once, and does not read: {asked.statement[:40]}")
        for known, rows in self.answered:
            if known == asked:
                return list(rows)
        if asked not in self.wanted:
            self.wanted.append(asked)
        raise _Waits

    def send(self, send: Send) -> None:
        """Ask what is wanted."""
        wanted, self.wanted = self.wanted, []
        self.answered += zip(wanted, send(wanted), strict=True)


class Read(Generic[T]):
    """A function that reads, and what it gave. It is called more than once, so it reads and nothing else."""

    value: T

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask, self._has_read = ask, False

    def try_again(self) -> bool:
        """Has it all its rows, now or before?"""
        if not self._has_read:
            try:
                self.value, self._has_read = self._ask(), True
            except _Waits:
                return False
        return True


_ROUND: ContextVar[Round | None] = ContextVar("round", default=None)


def current() -> Round | None:
    """The round that is being gathered, if any."""
    return _ROUND.get()


def at_once(send: Send, reads: Sequence[Read[Any]]) -> None:
    """Give each read its `value`, in as few rounds as the longest of them has statements."""
    if _ROUND.get() is not None:  # within another's: these wait with it
        if _not_done(reads):
            raise _Waits
        return
    with _gathering() as gathered:
        for _round in range(MOST_ROUNDS):
            if not _not_done(reads):
                return
            with _set_aside():
                gathered.send(send)
    raise RuntimeError(f"read in {MOST_ROUNDS} rounds and not done")


def _not_done(reads: Sequence[Read[Any]]) -> list[Read[Any]]:
    """Each is called, so that the next round asks for all of them."""
    return [read for read in reads if not read.try_again()]


@contextmanager
def _gathering() -> Iterator[Round]:
    gathered = Round()
    token = _ROUND.set(gathered)
    try:
        yield gathered
    finally:
        _ROUND.reset(token)


@contextmanager
def _set_aside() -> Iterator[None]:
    token = _ROUND.set(None)
    try:
        yield
    finally:
        _ROUND.reset(token)
