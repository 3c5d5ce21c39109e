"""How far the job with an upload is, told on a connection of its own.

The import's transaction stays open for minutes, and nothing written in it can be seen meanwhile. The same
connection holds a lock as long as the worker lives, so that no second one works on the same upload.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import Error, connection

from ..running import Progress

_LOCK_SPACE = 7_114
_EVERY = 1.0  # seconds
_TELL = """
UPDATE imports_upload SET
  phase_began_at = CASE WHEN phase = %(phase)s THEN phase_began_at ELSE clock_timestamp() END,
  phase_began_with = CASE WHEN phase = %(phase)s THEN phase_began_with ELSE %(done)s END,
  phase = %(phase)s, done = %(done)s, total = %(total)s, progress_at = clock_timestamp(),
  run_id = coalesce(run_id, (SELECT id FROM imports_run WHERE kind = imports_upload.kind
    AND state IN ('staging', 'merging') AND undoes_id IS NULL ORDER BY id DESC LIMIT 1))
WHERE id = %(upload)s AND state = 'working'
"""


class Watch:
    """Writes the progress of one upload, at most once a second and at each new phase."""

    def __init__(self, own: Any, upload_id: int) -> None:
        self._own, self._upload_id = own, upload_id
        self._phase, self._told_at = "", 0.0

    def tell(self, progress: Progress) -> None:
        """Write it down when it is time. The kind's live run is ours: its lock lets only one live."""
        at = time.monotonic()
        if progress.phase == self._phase and at - self._told_at < _EVERY:
            return
        self._phase, self._told_at = progress.phase, at
        facts = {"phase": progress.phase, "done": progress.done, "total": progress.total}
        with self._own.cursor() as cursor:
            cursor.execute(_TELL, facts | {"upload": self._upload_id})


@contextmanager
def attending(upload_id: int) -> Iterator[Watch | None]:
    """Attend to an upload alone; None when a living worker does already."""
    own, lock = connection.copy(), [_LOCK_SPACE, upload_id % 2**31]
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
            alone = cursor.fetchone()[0]
        yield Watch(own, upload_id) if alone else None
    finally:
        # Closing alone frees it a moment later: who came in between would wait for nothing.
        with suppress(Error), own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
        own.close()
