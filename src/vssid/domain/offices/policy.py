"""May this post do this, at this office? Asks the one table (`rights`) and the tree of offices."""

from __future__ import annotations

from django.db.models import Q

from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import DomainError

from . import queries
from .rights import Reach, Right, reach_of


class NotAllowed(DomainError):
    """The post has no such right, or not at the office where the thing lies. Facts: `right`."""

    code = "not_allowed"

    def __init__(self, *, right: Right) -> None:
        super().__init__(right=right.value)
        self.right = right


def reach(by: Actor, right: Right) -> Reach | None:
    """How far the actor has the right; None when not. Who is at no office has none."""
    if by.kind is not ActorKind.OFFICER or not by.office:
        return None
    return reach_of(by.role, right)


def allows(by: Actor, right: Right, office: str) -> bool:
    """May the actor do this at the office of this code?"""
    match reach(by, right):
        case Reach.OWN:
            return office == by.office
        case Reach.BELOW:
            return office == by.office or office in queries.at_or_below(by.office)
        case Reach.COUNTRY:
            return True
    return False


def require(by: Actor, right: Right, office: str) -> None:
    """Raises NotAllowed."""
    if not allows(by, right, office):
        raise NotAllowed(right=right)


def within(by: Actor, right: Right, column: str = "office_id") -> Q:
    """The rows at offices within the actor's reach, for the query itself; none without the right."""
    match reach(by, right):
        case Reach.OWN:
            return Q(**{column: by.office})
        case Reach.BELOW:
            return Q(**{f"{column}__in": queries.at_or_below(by.office)})
        case Reach.COUNTRY:
            return Q()
    return Q(pk__in=[])
