"""An application as approval needs it: form, photos and register, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from vssid.domain.casework import readiness
from vssid.domain.identity import queries as images
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.queries import ImageView
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.infra.database.prepared import at_once
from vssid.infra.database.together import Read

from .. import sealing
from ..doubles import signs
from ..doubles.signs import Double
from ..draft import form, steps
from ..draft.drafts import DraftView
from ..draft.form import FormData
from ..models import Application, SignedPage
from ..trials import register
from . import findings
from .findings import Finding


@dataclass(frozen=True, slots=True, repr=False)
class Readiness(readiness.Readiness):
    """`missing`: form, scan, original, portrait, front, back, person. `doubts`: keys of `findings`."""

    form: FormData
    images: Mapping[ImageKind, ImageView]
    register: PersonView | None
    findings: tuple[Finding, ...]
    doubles: tuple[Double, ...]


def read(row: Application, *, on: date) -> Readiness:
    """The application as form, photos and register are now; what does not agree on a day."""
    values = sealing.values_of(row)
    typed = form.read(values)
    reading = Read(lambda: images.images_of(row.id))
    known = Read(lambda: register.of(row) if row.is_trial else participants.by_bhxh_code(typed.bhxh_code))
    seen = Read(lambda: signs.seen(row.id, typed))
    at_once(reading, known, seen)
    pictures, person = reading.value, known.value
    doubles = signs.judged(seen.value, None if row.is_trial else person)
    all_findings = _findings(typed, pictures, person, doubles, on)
    missing = [
        *(["form"] if row.form_received_at is None else []),
        *(["scan"] if settings.SIGNED_FORM_REQUIRED and not _is_filed(row) else []),
        *(["original"] if row.original_seen_at is None else []),
        *sorted(kind.value for kind in steps.required_photos(values) - set(pictures)),
        *(["person"] if person is None else []),
    ]
    doubts = tuple(doubt.key for doubt in findings.doubts(all_findings))
    return Readiness(tuple(missing), doubts, typed, pictures, person, all_findings, doubles)


def of_draft(
    draft: DraftView, doubles: Iterable[Double], person: PersonView | None, on: date
) -> tuple[Finding, ...]:
    """The findings of a complete draft, as it is sent."""
    return _findings(draft.form, draft.images, person, doubles, on)


def _findings(
    typed: FormData,
    pictures: Mapping[ImageKind, ImageView],
    person: PersonView | None,
    doubles: Iterable[Double],
    on: date,
) -> tuple[Finding, ...]:
    own = findings.all_of(typed, pictures, person, on=on)
    return (*own, *(double.finding for double in doubles))


def _is_filed(row: Application) -> bool:
    return SignedPage.objects.filter(subject_id=row.id).exists()
