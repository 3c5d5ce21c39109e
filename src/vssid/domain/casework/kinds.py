"""What a room says of its files, once: the other modules of casework read it.

Each room keeps its own table and its own rules; nothing here knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from vssid.domain.offices.rights import Right
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError

# From which states, into which.
Move = tuple[frozenset[Any], Any]
Moves = Mapping[str, Move]


class File(Protocol):
    """A row of a room's table: it has a state, and lies at an office once it is sent."""

    @property
    def pk(self) -> Any:
        """The key: one number, or a person's number with it."""

    @property
    def id(self) -> Any:
        """A number, by which the desk has it in hand where the kind is `claimed`."""

    @property
    def state(self) -> str:
        """Where it stands."""

    @property
    def office_id(self) -> Any:
        """The code of the office it lies at; none before it is sent."""

    def refresh_from_db(self) -> None:
        """Read it anew."""


Row = TypeVar("Row", bound=File)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done with a file: the name of the move, who, when, and what was said of it."""

    move: str
    by: Actor
    now: datetime
    reasons: tuple[str, ...] = ()
    text: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def recorded(self) -> dict[str, Any]:
        """The facts of its audit event: the room's, and the reasons where there are any."""
        return {**self.facts, **({"reasons": list(self.reasons)} if self.reasons else {})}


@dataclass(frozen=True, slots=True)
class Kind(Generic[Row]):
    """The files of a room.

    `was_first`: the refusal for who comes second. `record`: history, audit event and notice of a move, in
    its transaction. `closer`: the column for the name of who closed it. `unsent`: states in which the file
    lies at no desk. `put_down`: moves that leave it open but in nobody's hand. `claimed`: officers take it in
    hand before they decide; False where the person stands at the counter, and only the row's lock counts.
    `subject`: of the vault, under whose key what officers write about the file is sealed.
    `manager`: of the table, where the desk sees rows that others do not.
    `look`, `decide`: the rights that opening one and deciding on it ask for. `persons`: of the register whom
    a file is about; who is close to one of them does nothing with it (`own_files`).
    """

    name: str
    table: type[Row]
    moves: Moves
    closed: Collection[str]
    was_first: Callable[[Row], DomainError]
    record: Callable[[Row, Act], None]
    look: Right
    decide: Right
    persons: Callable[[Row], Collection[int]] = lambda _row: ()
    subject: Callable[[Row], int] = lambda row: row.id
    closer: str = ""
    unsent: Collection[str] = ()
    put_down: Collection[str] = ()
    claimed: bool = True
    manager: str = "objects"

    def all(self) -> Any:
        """Every file, as the desk sees them."""
        return getattr(self.table, self.manager).all()

    def rows(self, key: Any) -> Any:
        """The query of the one row with this key, to be narrowed, locked or changed."""
        return self.all().filter(pk=key)


def target(moves: Moves, move: str, state: str) -> Any:
    """The state after `move`, or None when the move is not allowed from `state`."""
    sources, to = moves[move]
    return to if state in sources else None
