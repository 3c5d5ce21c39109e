"""An import that stands still at a phase, to be killed there.

Batches are of five lines. Started and killed by `tests/making/killed_work.py`.

`python -m vssid.domain.participants.tests.killable` does so for each line: KIND PHASE FILE ERRORS as JSON.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.making.killed_work import fork_for_each_line
from tests.making.killed_work import stand_still as _stop

BATCH_LINES = 5
PHASES = ("loading", "checking", "sealing", "merging", "ending")


def _then_stop(work: Callable[..., Any], *, at: int) -> Callable[..., Any]:
    """Do the work; stand still after the `at`th time."""
    times = 0

    def done(*args: Any, **named: Any) -> Any:
        nonlocal times
        result = work(*args, **named)
        times += 1
        if times == at:
            _stop()
        return result

    return done


def do(kind: str, phase: str, path: str, errors_to: str) -> None:
    """Import the file and stand still at the phase."""
    from vssid.domain.imports import actions
    from vssid.domain.imports.check import checking, error_file
    from vssid.domain.imports.read import row_by_row
    from vssid.domain.vault import sealing as vault
    from vssid.kernel.actor import SYSTEM

    from . import files

    importer = files.in_small_batches(kind, BATCH_LINES)
    told = None
    if phase == "loading":
        row_by_row._FLUSH = 1  # the first row goes out at once
        told = _stop
    elif phase == "checking":
        checking.check = _then_stop(checking.check, at=1)
    elif phase == "sealing":
        vault.seal_many = _then_stop(vault.seal_many, at=2)
    elif phase == "merging":
        importer = files.in_small_batches(kind, BATCH_LINES, _then_stop(importer.merge, at=2))
    elif phase == "ending":
        error_file.write = _then_stop(error_file.write, at=1)
    actions.run(importer, Path(path), by=SYSTEM, now=files.NOW, progress=told, errors_to=Path(errors_to))


if __name__ == "__main__":
    import django

    django.setup()
    from . import files  # noqa: F401  (all that an import needs)

    fork_for_each_line(do)
