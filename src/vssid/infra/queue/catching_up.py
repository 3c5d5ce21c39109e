"""What is due by the clock, also when nobody was there at that time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from procrastinate.periodic import PeriodicDeferrer, PeriodicRegistry, PeriodicTask

# Every periodic job waits in the queue once at most and runs once at a time. Only what frees the locks of
# dead workers takes none: it would wait for its own.
SIDE_BY_SIDE = frozenset({"house.retry_stalled"})


class CatchingUp(PeriodicDeferrer):
    """Queues the last time that was due of each periodic job, unless some worker did so already.

    The database keeps the last time of each job, so a night that was missed is made up for once by however
    many workers. Of many times that passed (each minute of an outage) only the last counts.
    """

    def __init__(self, registry: PeriodicRegistry, is_right: Callable[[], bool] = lambda: True) -> None:
        """`is_right` tells whether our clock may be believed; while not, nothing is due."""
        super().__init__(registry, max_delay=math.inf)
        self.is_right = is_right
        for (name, _), task in registry.periodic_tasks.items():
            task.configure_kwargs.setdefault("queueing_lock", name)
            if name not in SIDE_BY_SIDE:
                task.configure_kwargs.setdefault("lock", name)

    def get_timestamps(
        self, periodic_task: PeriodicTask[..., object, ...], since: int | None, until: float
    ) -> Iterable[int]:
        """The last time that was due, if it comes after `since`.

        One by a clock that was ahead would be the last until that day comes, and keep all before it from
        being queued; so a wrong clock queues nothing, and a time still to come does not count.
        """
        if not self.is_right():
            return
        times = periodic_task.croniter
        times.set_current(start_time=until)
        last = round(times.get_prev(ret_type=float))
        if since is None or last > since or since > until:
            yield last
