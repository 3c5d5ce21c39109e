"""The text that a kind has now, its versions, and writing the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import IntegrityError, transaction

from vssid.domain.audit import actions as audit
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError, NotYours

from ..models.wordings import Wording
from ..outbox import templates
from . import lint

SHORTEST, LONGEST = 5, 200  # characters of a reason
_log = structlog.get_logger(__name__)


class BadWording(DomainError):
    """It may not be the text. Facts: `problems`, as `lint.Judged` has them."""

    code = "bad_wording"


class WrittenMeanwhile(DomainError):
    """Somebody wrote a version after the one that was seen."""

    code = "wording_stale"


class ReasonNeeded(DomainError):
    """Why is not said, or in too few or too many letters."""

    code = "reason_needed"


@dataclass(frozen=True, slots=True)
class Version:
    """One version; number 0 is the room's own text, by nobody."""

    number: int
    text: str
    with_marks: bool
    taken_back: int | None
    at: datetime | None
    by: str
    why: str


def versions(kind: str) -> list[Version]:
    """Every version, the newest first. Raises NotYours for a kind that no room has."""
    rows = Wording.objects.filter(kind=_known(kind)).order_by("-version")
    return [*(_view(row) for row in rows), Version(0, templates.TEXTS[kind], False, None, None, "", "")]


def now_of(kind: str) -> Version:
    """The version that is sent. One that is no good (the kind has other facts now) is told, passed over."""
    for version in versions(kind):
        judged = lint.judge(version.text, own=templates.TEXTS[kind], with_marks=version.with_marks)
        if not version.number or not judged.problems:
            return version
        _log.error("sms_wording_broken", kind=kind, version=version.number, problems=list(judged.problems))
    raise NotYours


def write(
    kind: str, text: str, *, with_marks: bool, seen: int, why: str, by: Actor, now: datetime
) -> Version:
    """The next version, sent from now on. Raises NotYours, BadWording, ReasonNeeded, WrittenMeanwhile."""
    judged = lint.judge(text, own=templates.TEXTS[_known(kind)], with_marks=with_marks)
    if judged.problems:
        raise BadWording(problems=judged.problems)
    return _keep(kind, Version(seen + 1, text, with_marks, None, now, by.name, why), by)


def take_back(kind: str, to: int, *, seen: int, why: str, by: Actor, now: datetime) -> Version:
    """An earlier text once more, as the next version. Raises as `write`."""
    was = next((version for version in versions(kind) if version.number == to), None)
    if was is None:
        raise NotYours
    judged = lint.judge(was.text, own=templates.TEXTS[kind], with_marks=was.with_marks)
    if judged.problems:
        raise BadWording(problems=judged.problems)
    return _keep(kind, Version(seen + 1, was.text, was.with_marks, to, now, by.name, why), by)


def _keep(kind: str, version: Version, by: Actor) -> Version:
    if not SHORTEST <= len(version.why) <= LONGEST:
        raise ReasonNeeded
    newest = versions(kind)[0].number
    if version.number != newest + 1:
        raise WrittenMeanwhile
    assert version.at is not None
    try:
        with transaction.atomic():
            Wording.objects.create(
                kind=kind,
                version=version.number,
                text=version.text,
                with_marks=version.with_marks,
                taken_back=version.taken_back,
                written_at=version.at,
                written_by=version.by,
                why=version.why,
            )
            facts = {"kind": kind, "version": version.number, "taken_back": version.taken_back}
            audit.record("wording.written", subject=by.id or 0, by=by, now=version.at, facts=facts)
    except IntegrityError as refused:
        if constraint_of(refused) == "notifications_wording_pkey":
            raise WrittenMeanwhile from None
        raise
    return version


def _known(kind: str) -> str:
    if kind not in templates.TEXTS:
        raise NotYours
    return kind


def _view(row: Wording) -> Version:
    return Version(
        row.version, row.text, row.with_marks, row.taken_back, row.written_at, row.written_by, row.why
    )
