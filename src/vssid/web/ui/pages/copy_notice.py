"""Whether this process shows a copy of an installation, so that every page can say so.

Pages never ask the database for it: a thread beside them does, every quarter of a minute.
"""

from __future__ import annotations

import threading
import time

import structlog
from django.db import Error, connection

from vssid.domain.installation import standing

LOOK_AGAIN = 15.0  # seconds
log = structlog.get_logger(__name__)
_copy = threading.Event()


def is_copy() -> bool:
    """What was found last; False until then, and where nobody watches."""
    return _copy.is_set()


def watch() -> None:
    """Look now and from time to time, beside the requests, until the process ends."""
    look()
    connection.close()
    threading.Thread(target=_look_on, name="copied", daemon=True).start()


def _look_on() -> None:
    while True:
        time.sleep(LOOK_AGAIN)
        look()
        connection.close()


def look() -> None:
    """Ask the database; where it does not answer, what was found last holds."""
    try:
        standing_now = standing.now()
    except Error:
        return
    if standing_now.is_halted and not _copy.is_set():
        log.error("installation_is_a_copy", state=standing_now.state.value)
    (_copy.set if standing_now.is_halted else _copy.clear)()
