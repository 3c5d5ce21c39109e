"""The texts that a kind has now in both languages, their versions, and writing the next one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import IntegrityError, transaction

from vssid.domain.audit import actions as audit
from vssid.infra.database.constraints import constraint_of
from vssid.kernel.actor import Actor
from vssid.kernel.errors import DomainError, NotYours

from ..languages import Language
from ..models.wordings import Wording
from ..outbox import templates
from . import lint

SHORTEST, LONGEST = 5, 200  # characters of a reason
_log = structlog.get_logger(__name__)


class BadWording(DomainError):
    """It may not be the text. Facts: `problems` and `english`, what `lint.Judged` has of either language."""

    code = "bad_wording"


class WrittenMeanwhile(DomainError):
    """Somebody wrote a version after the one that was seen."""

    code = "wording_stale"


class ReasonNeeded(DomainError):
    """Why is not said, or in too few or too many letters."""

    code = "reason_needed"


@dataclass(frozen=True, slots=True)
class Version:
    """One version, in both languages; number 0 is the room's own texts, by nobody."""

    number: int
    text: str
    english: str
    with_marks: bool
    """Of the Vietnamese text; the English one has no diacritics."""
    taken_back: int | None
    at: datetime | None
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Both:
    """The two texts of a kind as somebody writes them."""

    text: str
    english: str
    with_marks: bool = False


def versions(kind: str) -> list[Version]:
    """Every version, the newest first. Raises NotYours for a kind that no room has."""
    rows = Wording.objects.filter(kind=_known(kind)).order_by("-version")
    own = Version(0, templates.TEXTS[kind], templates.ENGLISH[kind], False, None, None, "", "")
    return [*(_view(row) for row in rows), own]


def now_of(kind: str) -> Version:
    """The version that is sent. One that is no good (the kind has other facts now) is told, passed over."""
    for version in versions(kind):
        problems = {} if not version.number else problems_of(kind, version)
        if not any(problems.values()):
            return version
        _log.error("sms_wording_broken", kind=kind, version=version.number, **problems)
    raise NotYours


def judged(kind: str, version: Version | Both) -> dict[Language, lint.Judged]:
    """Both texts tried with the longest values."""
    own = templates.own
    return {
        Language.VI: lint.judge(version.text, own=own(kind, Language.VI), with_marks=version.with_marks),
        Language.EN: lint.judge(version.english, own=own(kind, Language.EN), language=Language.EN),
    }


def problems_of(kind: str, version: Version | Both) -> dict[str, list[str]]:
    """What is wrong with either text: `problems` of the Vietnamese, `english` of the other."""
    found = judged(kind, version)
    return {"problems": list(found[Language.VI].problems), "english": list(found[Language.EN].problems)}


def write(kind: str, texts: Both, *, seen: int, why: str, by: Actor, now: datetime) -> Version:
    """The next version, sent from now on. Raises NotYours, BadWording, ReasonNeeded, WrittenMeanwhile."""
    _refuse_bad(_known(kind), texts)
    return _keep(kind, _next(texts, None, seen, why, by, now), by)


def take_back(kind: str, to: int, *, seen: int, why: str, by: Actor, now: datetime) -> Version:
    """Earlier texts once more, as the next version. Raises as `write`."""
    was = next((version for version in versions(kind) if version.number == to), None)
    if was is None:
        raise NotYours
    _refuse_bad(kind, was)
    return _keep(kind, _next(was, to, seen, why, by, now), by)


def _refuse_bad(kind: str, texts: Version | Both) -> None:
    problems = problems_of(kind, texts)
    if any(problems.values()):
        raise BadWording(**problems)


def _next(
    texts: Version | Both, taken_back: int | None, seen: int, why: str, by: Actor, now: datetime
) -> Version:
    return Version(seen + 1, texts.text, texts.english, texts.with_marks, taken_back, now, by.name, why)


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
                english=version.english,
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
    # Versions from when texts were Vietnamese alone go with the room's own English.
    english = templates.ENGLISH[row.kind] if row.english is None else row.english
    said = (row.text, english, row.with_marks)
    return Version(row.version, *said, row.taken_back, row.written_at, row.written_by, row.why)
