"""Results with files that have a known answer, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from vssid.domain.registration.models import TrialResult
from vssid.domain.registration.models.trials import APPROVE, REFUSE, SEND_BACK
from vssid.domain.registration.quality.intervals import Share, wilson
from vssid.domain.registration.reasons import SENT_BACK
from vssid.domain.registration.trials.outcomes import Outcome

from ..casework.words import Words
from ..registration import words as files

# Outcome → words and pill.
OUTCOMES: Mapping[str, tuple[Words, str]] = {
    Outcome.RIGHT: (_("Đúng"), "good"),
    Outcome.WRONGLY_APPROVED: (_("Duyệt nhầm"), "bad"),
    Outcome.WRONGLY_REFUSED: (_("Từ chối nhầm"), "bad"),
    Outcome.OTHER_REASON: (_("Từ chối, chưa đúng lý do"), "warn"),
    Outcome.NOT_MET: (_("Không ai quyết định"), "plain"),
}
GIVEN: Mapping[str, Words] = {
    APPROVE: _("Duyệt"),
    REFUSE: _("Từ chối"),
    SEND_BACK: _("Trả lại lần duyệt đầu"),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """A share in whole percent, and where it lies with 99 % certainty."""

    hits: int
    number: int
    percent: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Result:
    """One result as it is shown. `missed`: what the desk told and the officer went past."""

    row: TrialResult
    outcome: Words
    pill: str
    given: Words
    given_reasons: tuple[Words, ...]
    expected: Words
    reasons: tuple[Words, ...]
    told: tuple[Words, ...]
    minutes: str


def rate(share: Share) -> Rate:
    """A share with its interval, rounded."""
    low, high = wilson(share)
    return Rate(share.hits, share.number, round(100 * share.rate), round(100 * low), round(100 * high))


def result(row: TrialResult, *, is_own: bool = False) -> Result:
    """A result in words; how long it took is for the officer alone."""
    outcome, pill = OUTCOMES[row.outcome]
    keys = [dict(zip(("against", "field", "code"), key.split("."), strict=True)) for key in row.findings]
    labels = SENT_BACK if row.given == SEND_BACK else None
    return Result(
        row,
        outcome,
        pill,
        GIVEN.get(row.given, ""),
        tuple(labels[code].label if labels else files.reason(code) for code in row.given_reasons),
        GIVEN[row.expected],
        tuple(files.reason(code) for code in row.reasons),
        tuple(finding.text for finding in files.findings(keys)),
        f"{row.seconds // 60}:{row.seconds % 60:02d}" if is_own and row.seconds is not None else "",
    )
