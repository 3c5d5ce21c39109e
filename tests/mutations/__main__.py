"""`python -m tests.mutations [SUBJECT…] [--holding WORD]`: undo every guard once."""

from __future__ import annotations

import argparse
import sys
import time

from . import SUBJECTS, documents
from .mutation import Mutation
from .trial import Outcome, attempt, before, copied


def main() -> int:
    """0 when every guard that was undone was missed by a test."""
    parser = argparse.ArgumentParser(prog="tests.mutations")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"of {', '.join(SUBJECTS)}")
    parser.add_argument("--holding", default="", help="those that speak of this only")
    parser.add_argument("--document", action="store_true", help="write docs/operations/held.md instead")
    given = parser.parse_args()
    if given.document:
        documents.write()
        return 0
    chosen = [
        guard
        for name in given.subjects or SUBJECTS
        for guard in SUBJECTS[name].mutations
        if given.holding.lower() in f"{guard.tried} {guard.happens} {guard.tests}".lower()
    ]
    return _try(chosen)


def _try(chosen: list[Mutation]) -> int:
    counts = dict.fromkeys(Outcome, 0)
    with copied() as folder:
        whole = before(chosen, folder)
        for number, guard in enumerate(chosen, 1):
            began = time.monotonic()
            told = attempt(guard, folder, whole)
            counts[told.outcome] += 1
            seconds = time.monotonic() - began
            _say(f"{number}/{len(chosen)} {told.outcome:8} {seconds:4.0f} s  {guard.tried} → {guard.happens}")
            _say(f"    {told.said[:150]}")
    _say(", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count))
    return 1 if counts[Outcome.SURVIVED] + counts[Outcome.ENDLESS] + counts[Outcome.BROKEN] else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
