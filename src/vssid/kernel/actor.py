"""Who does a thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What kind of actor; shown to citizens as person or machine."""

    PERSON = "person"
    OFFICER = "officer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `id` is a subject id, `name` a staff display name (empty for citizens).

    Of staff also in which post: its number, its role and its office. Who has no role has no right.
    """

    kind: ActorKind
    id: int | None = None
    name: str = ""
    office: str = ""
    role: str = ""
    post: int | None = None


SYSTEM = Actor(ActorKind.SYSTEM)


def person(subject_id: int) -> Actor:
    """A person acting for themselves."""
    return Actor(ActorKind.PERSON, subject_id)
