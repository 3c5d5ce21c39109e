"""Was it right? Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from ..models.trials import APPROVE, REFUSE


class Outcome(StrEnum):
    """How a decision stands beside the known answer."""

    RIGHT = "right"
    WRONGLY_APPROVED = "wrongly_approved"
    WRONGLY_REFUSED = "wrongly_refused"
    OTHER_REASON = "other_reason"  # refused as it should be, and not for what was to see
    NOT_MET = "not_met"  # taken back before anybody had decided


WRONG = frozenset({Outcome.WRONGLY_APPROVED, Outcome.WRONGLY_REFUSED, Outcome.OTHER_REASON})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an officer decided: approve, refuse, or send_back of who is the second."""

    officer_id: int
    officer: str
    given: str
    reasons: tuple[str, ...] = ()


def judge(expected: str, reasons: Collection[str], verdict: Verdict) -> Outcome:
    """The outcome of a verdict. A first approval that is sent back was doubted, which is right or not; why,
    is asked of a refusal alone, for the person would read it.
    """
    is_approval = verdict.given == APPROVE
    if expected == APPROVE:
        return Outcome.RIGHT if is_approval else Outcome.WRONGLY_REFUSED
    if is_approval:
        return Outcome.WRONGLY_APPROVED
    if verdict.given == REFUSE and set(reasons).isdisjoint(verdict.reasons):
        return Outcome.OTHER_REASON
    return Outcome.RIGHT
