"""Work of the night on many files. Each item stands alone: one that fails is logged, the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

import structlog

from vssid.infra.database.away import reraise_lost

log = structlog.get_logger()
Key = TypeVar("Key")


def each(keys: Iterable[Key], do: Callable[[Key], object], *, job: str) -> int:
    """Do it for every key; returns for how many it did something.

    Logged are the job and the key, which is a number or two. A lost database ends the whole: it is no
    fault of the item, and every other would fail the same.
    """
    done = 0
    for key in list(keys):
        try:
            done += bool(do(key))
        except Exception as error:
            reraise_lost(error)
            log.exception("file_job_failed", job=job, file=key)
    return done


def run(works: Iterable[Callable[[datetime], object]], now: datetime) -> None:
    """Do several works; one that fails must not keep the others from deleting what is over."""
    for work in works:
        try:
            work(now)
        except Exception as error:
            reraise_lost(error)
            log.exception("nightly_work_failed", work=work.__name__)
