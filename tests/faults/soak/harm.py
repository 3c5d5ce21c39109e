"""What goes wrong in the trial, at random: kills, restarts and stalls of every process."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import psutil

from tests.kannel.network import Kannel

from .house import House, Kept

KILL, TERM, STOP, GO = signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP, signal.SIGCONT
PAUSE = (4.0, 20.0)  # seconds between two harms


class Harm:
    """Does one of its harms after another until told to end; each is mended before the next begins."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.random = house, random.Random(seed)
        self.done: Counter[str] = Counter()
        self._over, self.mended = threading.Event(), threading.Event()
        self.harms: dict[str, Callable[[], None]] = {
            "kill -9 of a web server": lambda: self._one(house.webs).send(KILL),
            "kill -9 of a process of a web server": self._web_child,
            "restart of a web server": lambda: self._one(house.webs).send(TERM),
            "kill -9 of a worker": lambda: self._one(house.workers).send(KILL),
            "restart of a worker": lambda: self._one(house.workers).send(TERM),
            "stall of a worker": lambda: self._stall_kept(house.workers, 20),
            "kill -9 of the database": lambda: house.kill_database(gently=False, pause=self._some(4)),
            "restart of the database": lambda: house.kill_database(gently=True, pause=self._some(8)),
            "stall of the database": self._stall_database,
            "kill -9 of the gateway": self._kill_gateway,
            "stall of the gateway": self._stall_gateway,
            "kill -9 of the store": lambda: house.store.send(KILL),
            "stall of the store": lambda: self._stall_kept([house.store], 15),
        }

    def run(self) -> None:
        """Until `end`; each harm is equally likely.

        Never returns: the kernel ends the gateway with the thread that started it.
        """
        while not self._over.wait(self.random.uniform(*PAUSE)):
            name = self.random.choice(sorted(self.harms))
            self.harms[name]()
            self.done[name] += 1
        self.mended.set()
        threading.Event().wait()

    def end(self) -> None:
        """No further harm."""
        self._over.set()

    def _one(self, of: list[Any]) -> Any:
        return self.random.choice(of)

    def _some(self, most: float) -> float:
        return self.random.uniform(0, most)

    def _web_child(self) -> None:
        children = self._one(self.house.webs).children()
        if children:
            with contextlib.suppress(psutil.NoSuchProcess):
                self._one(children).kill()

    def _stall_kept(self, of: list[Kept], most: float) -> None:
        kept = self._one(of)
        kept.send(STOP)
        time.sleep(self._some(most))
        kept.send(GO)

    def _stall_database(self) -> None:
        stalled = self.house.database_processes()
        self._signal(stalled, STOP)
        time.sleep(self._some(20))
        self._signal(stalled, GO)

    def _signal(self, processes: list[psutil.Process], number: signal.Signals) -> None:
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
                os.kill(process.pid, number)

    def _kill_gateway(self) -> None:
        kannel: Kannel = self.house.kannel
        kannel.stop("smsbox")
        time.sleep(self._some(10))
        kannel.start_smsbox()

    def _stall_gateway(self) -> None:
        process = self.house.kannel._running["smsbox"]
        process.send_signal(STOP)
        time.sleep(self._some(15))
        process.send_signal(GO)
