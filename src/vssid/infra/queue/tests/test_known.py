"""The row by which other workers know that this one lives."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from procrastinate import App
from procrastinate.testing import InMemoryConnector

from vssid.infra.queue.worker import SteadyWorker


class Rows:
    """The rows of workers, and a database that takes its time."""

    def __init__(self) -> None:
        self.ids: list[int] = []

    async def beat(self, worker_id: int) -> bool:
        await asyncio.sleep(0)
        return worker_id in self.ids

    async def register_worker(self) -> int:
        await asyncio.sleep(0)
        self.ids.append(2 + len(self.ids))
        return self.ids[-1]

    async def take_back(self, ids: list[int], worker_id: int) -> None:
        await asyncio.sleep(0)


def test_when_the_row_went_away_one_new_one_is_made_by_whoever_notices_first() -> None:
    rows = Rows()
    worker = SteadyWorker(
        app=App(connector=InMemoryConnector()), queue=cast(Any, rows), connection={}, pool_seconds=5
    )
    worker.worker_id = 1

    async def beat_and_plan() -> None:
        await asyncio.gather(worker._be_known(), worker._be_known())

    asyncio.run(beat_and_plan())
    assert rows.ids == [2]
    assert worker.worker_id == 2
