"""What a message may be about and how many working days an answer may take: dated data, not law.

Only correcting data has a term in a law that was read (5 working days, Law 41/2024 art. 29 [S]); the other
terms are goals of this service and carry `own`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vssid.domain.casework import clocks


@dataclass(frozen=True, slots=True)
class Topic:
    """`days`: working days until an answer; `mark` and `source` of that number."""

    code: str
    days: int
    source: str
    mark: str


TOPICS = {
    topic.code: topic
    for topic in (
        Topic("account", 3, "goal of this service", "own"),
        Topic("card", 3, "goal of this service", "own"),
        Topic("participation", 5, "Law 41/2024/QH15 art. 29", "S"),
        Topic("benefit", 5, "goal of this service", "own"),
        Topic("personal", 5, "Law 41/2024/QH15 art. 29", "S"),
        Topic("complaint", 5, "goal of this service", "own"),
        Topic("other", 5, "goal of this service", "own"),
    )
}


def due_on(topic: str, sent: datetime) -> date:
    """The last working day for an answer; the day of sending is not counted."""
    return clocks.working_days(sent, TOPICS[topic].days)
