"""The portrait a person handed in with the registration, for the person's own eyes."""

from __future__ import annotations

from vssid.domain.identity import queries as images
from vssid.domain.identity.errors import NoImage
from vssid.domain.identity.kinds import ImageKind

from .models import Application
from .states import State


def of(person_id: int) -> bytes | None:
    """The portrait (JPEG) of the newest approved registration; None without one, or once it was erased.

    An officer compared it with the original paper before the approval; refused and open ones do not count.
    """
    approved = Application.objects.filter(person_id=person_id, state=State.APPROVED, images_erased_at=None)
    newest = approved.order_by("-closed_at").values_list("id", flat=True).first()
    if newest is None:
        return None
    try:
        return images.content(newest, ImageKind.PORTRAIT)
    except NoImage:
        return None
