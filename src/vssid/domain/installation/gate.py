"""A worker does the jobs of its own installation and leaves those of a copy alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import standing


class OwnJobs:
    """infra.queue asks it before each job."""

    statement = standing.STATEMENT

    def opens(self, row: Mapping[str, Any]) -> bool:
        """Jobs may be done, unless this is a copy."""
        return not standing.judge(row).is_halted

    def shuts_on(self, error: BaseException | None) -> bool:
        """A database that was not migrated yet has no jobs for this version."""
        return standing.is_unprepared(error)
