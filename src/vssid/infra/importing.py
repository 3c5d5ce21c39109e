"""Importing the house at the start of a process."""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Import much, and look for no garbage meanwhile nor among it later.

    Two thousand modules leave next to none, and looking for it took a seventh of the start. What they hold
    stays until the end, so no later collection walks through it either.
    """
    was_enabled = gc.isenabled()
    # What is destroyed at the end is destroyed in order; libraries complain of what is left over.
    atexit.register(gc.unfreeze)
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
