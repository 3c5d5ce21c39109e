"""What the tests of `confined` have a process do."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any


def main(task: str) -> Iterator[Any]:
    """Tell who this is, then do the task."""
    yield [os.getpid(), sorted(os.environ)]
    if task == "sleep":
        time.sleep(60)
    elif task == "spin":
        while True:
            pass
    elif task == "fill":
        yield len(bytes(1 << 30))
    elif task == "die":
        os._exit(0)
    yield "thấy"
