"""The steps of a registration, as data: what each needs, and where a draft must go next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from vssid.domain.casework import steps
from vssid.domain.identity.kinds import OF_AN_ID, ImageKind
from vssid.kernel.ids import IdKind


@dataclass(frozen=True, slots=True)
class Step:
    """One screen: its name in the address, and the values a draft has once it is done."""

    name: str
    gives: tuple[str, ...] = ()


WHO = Step("ban-than", ("bhxh_code", "full_name", "birth_date", "sex", "id_kind", "id_number", "issued_on"))
CONTACT = Step("lien-he", ("phone", "province_code", "commune_code", "street"))
PHOTOS = Step("anh")
OFFICE = Step("noi-nop", ("office_code",))
REVIEW = Step("xem-lai", ("commitment",))
CODE = Step("ma-xac-nhan")
STEPS = (WHO, CONTACT, PHOTOS, OFFICE, REVIEW, CODE)
BY_NAME = {step.name: step for step in STEPS}

# What may be declared. A draft of before that names a CMND, which is void, goes back to its first step.
SHOWN = (IdKind.CCCD, IdKind.PASSPORT)
REQUIRED_PHOTOS: dict[IdKind, frozenset[ImageKind]] = {
    IdKind.CCCD: OF_AN_ID,
    IdKind.CMND: OF_AN_ID,
    IdKind.PASSPORT: frozenset({ImageKind.PORTRAIT, ImageKind.FRONT}),
}


def required_photos(values: Mapping[str, Any]) -> frozenset[ImageKind]:
    """Which photos the declared kind of document needs."""
    return REQUIRED_PHOTOS[IdKind(values.get("id_kind") or IdKind.CCCD)]


def first_missing(values: Mapping[str, Any], photos: Collection[ImageKind]) -> Step | None:
    """The first step that is not done, code entry aside; None when the draft is ready for the code."""
    return steps.first_missing(STEPS[:-1], lambda step: _is_done(step, values, photos))


def _is_done(step: Step, values: Mapping[str, Any], photos: Collection[ImageKind]) -> bool:
    """Everything is there, and what is declared may be."""
    if step is PHOTOS:
        return required_photos(values) <= set(photos)
    if not _is_typed(step, values):
        return False
    return step is not WHO or values["id_kind"] in SHOWN


def _is_typed(step: Step, values: Mapping[str, Any]) -> bool:
    return all(values.get(field) not in (None, "") for field in step.gives)


def last_done(values: Mapping[str, Any]) -> str:
    """The name of the last step of which everything typed is there; empty before the first. Photos, which
    nobody types, are not looked at.
    """
    typed = [step for step in STEPS if step.gives]
    missing = steps.first_missing(typed, lambda step: _is_typed(step, values))
    done = typed[: typed.index(missing)] if missing else typed
    return done[-1].name if done else ""


def reachable(step: Step, values: Mapping[str, Any], photos: Collection[ImageKind]) -> bool:
    """May this step be opened now? Every step before it must be done."""
    return steps.reachable(STEPS, step, first_missing(values, photos))
