"""Who does a thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What kind of actor; shown to citizens as person or machine."""

    PERSON = "person"
    OFFICER = "officer"
    EMPLOYER = "employer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `id` is a subject id, `name` a display name of who acts at work (empty for citizens).

    Of staff also in which post: its number, its role and its office. Who has no role has no right. Of HR
    people the seat's number and the employer's code.
    """

    kind: ActorKind
    id: int | None = None
    name: str = ""
    office: str = ""
    role: str = ""
    post: int | None = None
    seat: int | None = None
    employer: str = ""


SYSTEM = Actor(ActorKind.SYSTEM)


def person(subject_id: int) -> Actor:
    """A person acting for themselves."""
    return Actor(ActorKind.PERSON, subject_id)
