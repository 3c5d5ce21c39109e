"""Work in a process of its own that stands still at a phase, to be killed there with `kill -9`.

A program starts once for a module of tests, with all that the work needs, and forks for each piece of work:
starting Python and Django costs a second of processor each time.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def stand_still(*_: object, **_named: object) -> None:
    """In the work: say that the phase has come, and wait for the end."""
    _say(f"there {os.getpid()}")
    time.sleep(600)


def fork_for_each_line(work: Callable[..., None]) -> None:
    """The program: for each line of arguments (JSON) do the work in a process of its own.

    This process itself never speaks to the database. Work that ends without having stood still says so.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries them
    for line in sys.stdin:
        if os.fork() == 0:
            try:
                work(*json.loads(line))
            except BaseException:
                traceback.print_exc()
            _say("over")
            os._exit(1)


class Killer:
    """Has work done by the program of a module, and kills it where it stands still."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._program: subprocess.Popen[str] | None = None

    def start(self, database_url: str, *arguments: str) -> int:
        """The process that has come to its phase, by its number."""
        program = self._program = self._program or subprocess.Popen(
            [sys.executable, "-m", self._module],
            env=os.environ | {"VSSID_DATABASE_URL": database_url, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(f"{json.dumps(arguments)}\n")
        program.stdin.flush()
        said, _, pid = program.stdout.readline().partition(" ")
        assert said == "there"
        return int(pid)

    def kill(self, pid: int) -> None:
        """Kill it and wait until it is gone, though it is nobody's child here."""
        process = os.pidfd_open(pid)
        signal.pidfd_send_signal(process, signal.SIGKILL)
        assert select.select([process], [], [], 60)[0]
        os.close(process)

    def close(self) -> None:
        """The program ends when it is given no more."""
        if self._program is not None:
            self._program.communicate()


@contextmanager
def killer_of(module: str) -> Iterator[Killer]:
    """For a fixture of a module of tests."""
    with closing(Killer(module)) as killer:
        yield killer
