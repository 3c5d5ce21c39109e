"""The states of a gateway, and its standing as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models


class Use(models.TextChoices):
    """Whether texts go by a gateway."""

    USED = "used"
    DEMOTED = "demoted"
    """It has less than its part, or nothing, until it has been quiet for long enough."""
    TRIAL = "trial"
    """It has nothing and is tried by one message."""
    OFF = "off"
    """Switched off by hand."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One gateway. Points: `weight` now and `rest` while all is well, of 100 together."""

    name: str
    weight: int
    rest: int
    use: Use
    why: str
    """Why it stands so: a short code."""
    changed_at: datetime
    weighed_at: datetime
    """When its weight last changed: what was seen before counts for no further change."""
    bad_at: datetime | None = None
    """When it last failed too often or was slow, whether or not that cost it anything."""

    @property
    def carries(self) -> bool:
        """Do texts go by it, other than a trial?"""
        return self.weight > 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What was met at one gateway since its weight last changed, within the windows of `rules`."""

    errors: int = 0
    sent: int = 0
    slow: int = 0
