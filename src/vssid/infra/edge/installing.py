"""Putting the door into granian: its workers call what `_wsgi_call_wrap` makes of the application."""

from __future__ import annotations

from typing import Any

from granian.server import mp

from .door import Door

PLACE = "_wsgi_call_wrap"


def install(door: Door) -> None:
    """Have granian's worker, which this process is, call the door. Another granian: RuntimeError."""
    if not callable(getattr(mp, PLACE, None)):
        raise RuntimeError("granian calls applications in another way: see infra/edge")

    def wrap(_application: Any, _options: Any, _log_format: Any = None) -> Door:
        return door

    setattr(mp, PLACE, wrap)
