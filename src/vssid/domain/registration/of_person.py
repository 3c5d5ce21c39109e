"""The applications that name a person of the register, as far as they are proved to be that person's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from vssid.domain.identity import queries as images

from . import sealing
from .draft.form import FormData
from .models import Application
from .queries import Status, status_of
from .signed import filing
from .signed.filing import Version
from .states import State


@dataclass(frozen=True, slots=True)
class PersonApplication:
    """An application for the person. Its form and photos only when an officer approved it.

    Anybody can type another one's code, so what else was typed is of whoever sent it. `photos`: kinds kept;
    `signed`: scans of the signed form, without the names of officers.
    """

    status: Status
    form: FormData | None
    reasons: tuple[str, ...]
    photos: tuple[str, ...]
    signed: tuple[Version, ...] = ()


def applications(person_id: int, *, now: datetime) -> tuple[PersonApplication, ...]:
    """The newest first."""
    rows = Application.objects.filter(person_id=person_id).order_by("-submitted_at")
    return tuple(_view(row, now) for row in rows)


def _view(row: Application, now: datetime) -> PersonApplication:
    if row.state != State.APPROVED:
        return PersonApplication(status_of(row, now), None, tuple(row.reasons), ())
    kept = images.images_of(row.id) if row.images_erased_at is None else {}
    return PersonApplication(
        status_of(row, now),
        sealing.form_of(row),
        tuple(row.reasons),
        tuple(sorted(kind.value for kind in kept)),
        tuple(replace(version, filed_by="") for version in filing.versions_of(row.id)),
    )
