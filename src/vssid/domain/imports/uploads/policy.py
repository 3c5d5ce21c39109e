"""Who may see uploads: data officers, those of their own office. The door has checked the post's role."""

from __future__ import annotations

from django.db.models import QuerySet

from vssid.kernel.actor import Actor, ActorKind
from vssid.kernel.errors import NotYours

from ..models import Upload


def uploads_for(by: Actor) -> QuerySet[Upload]:
    """The uploads of the actor's office. Raises NotYours for who belongs to none."""
    require_office(by)
    return Upload.objects.filter(office_code=by.office)


def require_office(by: Actor) -> None:
    """Raises NotYours for who is no officer of an office."""
    if by.kind is not ActorKind.OFFICER or by.id is None or not by.office:
        raise NotYours
