"""The way through a form of several screens: the first that is not done, and which may be opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Step = TypeVar("Step")


def first_missing(steps: Sequence[Step], is_done: Callable[[Step], bool]) -> Step | None:
    """The first step that is not done; None when all are."""
    return next((step for step in steps if not is_done(step)), None)


def reachable(steps: Sequence[Step], step: Step, missing: Step | None) -> bool:
    """May this step be opened now? It must be one of these, and every step before it done."""
    return step in steps and (missing is None or steps.index(step) <= steps.index(missing))
