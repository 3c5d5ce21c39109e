"""What a run does to rows that were there, gathered to be shown before it is done.

A batch has a digest of all that it does, so that what is loaded can be held against what was shown. Examples
hold what people wrote: they are kept sealed or not at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class Step:
    """A value that becomes another, as text; `erased` when a blank cell takes it away."""

    old: str
    new: str
    erased: bool = False


@dataclass(slots=True)
class Tally:
    """How often a column changes, how often a blank erases it, and examples: line and step."""

    changed: int = 0
    erased: int = 0
    examples: list[tuple[int, Step]] = field(default_factory=list)


class Effects:
    """Listens to the merges of one run, batch after batch."""

    def __init__(self) -> None:
        self.columns: dict[str, Tally] = {}
        self.digests: dict[str, str] = {}
        self._told: list[str] = []

    def new(self, lines: Iterable[int]) -> None:
        """These lines become new rows."""
        self._told += [f"{line:020d} new" for line in lines]

    def changed(self, line: int, steps: Mapping[str, Step]) -> None:
        """The row of a line changes in these columns of the file."""
        told = {name: [step.old, step.new, step.erased] for name, step in steps.items()}
        self._told.append(f"{line:020d} {json.dumps(told, sort_keys=True, ensure_ascii=False)}")
        for name, step in steps.items():
            tally = self.columns.setdefault(name, Tally())
            tally.changed += 1
            tally.erased += step.erased
            if len(tally.examples) < EXAMPLES:
                tally.examples.append((line, step))

    def end_batch(self, first: int) -> str:
        """The digest of a batch that began at a line; then the next one is listened to."""
        digest = hashlib.sha256("\n".join(sorted(self._told)).encode()).hexdigest()
        self.digests[str(first)], self._told = digest, []
        return digest

    def counts(self) -> dict[str, dict[str, int]]:
        """Column → how often it changes and is erased; without what stands in it."""
        return {
            name: {"changed": effect.changed, "erased": effect.erased}
            for name, effect in self.columns.items()
        }

    def examples(self) -> dict[str, list[tuple[int, str, str]]]:
        """Column → line, old and new value of some rows: personal data."""
        return {
            name: [(line, step.old, step.new) for line, step in effect.examples]
            for name, effect in self.columns.items()
        }
