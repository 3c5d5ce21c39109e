"""`python -m bench.import_file KIND=FILE…`: imports in this process; tells what they took as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path


def main(*files: str) -> None:
    """Import the files, each given as KIND=FILE; a line of time, memory and counts for each."""
    from vssid.cli import boot
    from vssid.cli.files import importing

    boot.django()
    known = importing.importers()
    for given in files:
        kind, _, path = given.partition("=")
        started = time.perf_counter()
        report = importing.import_file(known[kind], Path(path), importing.How(sender="bench"))
        told = {"seconds": time.perf_counter() - started, "peak_mb": _peak_mb()}
        told |= {name: getattr(report, name) for name in ("read", "new", "same", "refused")}
        print(json.dumps(told), flush=True)  # noqa: T201


def _peak_mb() -> float:
    """Linux keeps the most of this program alone; ru_maxrss may be that of the process before it."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / 1e6
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:])
