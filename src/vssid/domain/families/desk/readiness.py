"""A request as approval needs it: what was typed, papers, child and guardian, each read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vssid.domain.accounts.guardianship import ages, guardians
from vssid.domain.casework import readiness
from vssid.domain.identity import queries as images
from vssid.domain.identity.kinds import ImageKind
from vssid.domain.identity.queries import ImageView
from vssid.domain.participants import queries as participants
from vssid.domain.participants.views import PersonView
from vssid.kernel.calendar import local_day

from .. import actions, compare, rules
from ..form import Child
from ..models import ChildRequest


@dataclass(frozen=True, slots=True, repr=False)
class Readiness(readiness.Readiness):
    """`missing`: certificate, birth, portrait, guardian, child, of_age, linked, places."""

    typed: Child
    papers: Mapping[ImageKind, ImageView]
    child: PersonView | None
    guardian: PersonView | None


def read(row: ChildRequest, *, now: datetime) -> Readiness:
    """The request as its papers and the register are now."""
    typed, papers = actions.typed_of(row), images.images_of(row.id)
    child, guardian = participants.by_bhxh_code(typed.code), participants.person(row.person_id)
    missing = [
        *(["certificate"] if row.certificate_seen_at is None else []),
        *(kind.value for kind in rules.PAPERS if kind not in papers),
        *_of_guardian(guardian, now),
        *_of_child(row.person_id, child, now),
    ]
    doubts = tuple(compare.findings(typed, child, guardian, local_day(now)))
    return Readiness(tuple(missing), doubts, typed, papers, child, guardian)


def _of_guardian(guardian: PersonView | None, now: datetime) -> list[str]:
    grown = guardian is not None and not ages.is_child(guardian.birth_date, local_day(now))
    return [] if grown else ["guardian"]


def _of_child(guardian_id: int, child: PersonView | None, now: datetime) -> list[str]:
    if child is None or child.person_id == guardian_id:
        return ["child"]
    missing = [] if ages.is_child(child.birth_date, local_day(now)) else ["of_age"]
    if guardians.has_link(guardian_id, child.person_id, now=now):
        missing.append("linked")
    elif guardians.is_full(child.person_id, now=now):
        missing.append("places")
    return missing
