"""What `./vssid import --dry-run` prints: what would change, column by column.

Examples hold what the file and the register say: personal data, for the terminal of who asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def lines(name: str, effects: Any, importer: Any) -> Iterator[str]:
    """What a file that was only checked would change, the most rows first; nothing where nothing would."""
    for column, tally in sorted(effects.columns.items(), key=lambda pair: (-pair[1].changed, pair[0])):
        erased = f", trong đó {tally.erased} bị xóa trống" if tally.erased else ""
        yield f"{name}: {importer.called(column)}: sẽ đổi {tally.changed} dòng{erased}."
        for line, step in tally.examples:
            yield f"  dòng {line}: {step.old or '–'} → {step.new or '–'}"
