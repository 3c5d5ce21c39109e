"""A worker that sends one message and is killed by the test while it does: its own process."""

from __future__ import annotations

import sys
from uuid import UUID

if __name__ == "__main__":
    import django

    django.setup()
    from django.utils import timezone

    from ..outbox import sending

    sending.attempt(int(sys.argv[1]), UUID(sys.argv[2]), clock=timezone.now)
