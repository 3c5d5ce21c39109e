"""One whole count for reports, in a process that works in its database: `python -m …`; prints the seconds."""

from __future__ import annotations

import sys
import time


def main() -> None:
    """Count, with who works where."""
    from vssid.cli import boot

    boot.django()
    from django.utils import timezone

    from vssid.domain.reports import counting

    started = time.perf_counter()
    counting.recount(timezone.now(), people=True)
    sys.stdout.write(f"{time.perf_counter() - started}\n")


if __name__ == "__main__":
    main()
