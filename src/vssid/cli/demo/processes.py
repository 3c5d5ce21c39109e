"""The child processes of a demo: each in its own process group, none outlives the parent."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from vssid.infra.embedded.process_user import die_with

STOP_SECONDS = 15


class Stopped(Exception):
    """SIGTERM or SIGINT asked the parent to stop."""


class ChildDied(Exception):
    """A child process ended by itself."""

    def __init__(self, name: str, status: int, log: Path) -> None:
        super().__init__(f"Tiến trình “{name}” đã dừng (mã {status}); xem {log}.")


def stop_on_signals() -> None:
    """Turn SIGTERM, SIGHUP and SIGINT into Stopped, so that every `finally` runs."""

    def stop(_number: int, _frame: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # the clean-up is not to be interrupted
        raise Stopped

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


@dataclass
class Children:
    """The running children, started and stopped together."""

    logs: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, *arguments: str) -> None:
        """Start `python -m vssid.cli ARGUMENTS`, its output appended to a log file of its name."""
        self.logs.mkdir(parents=True, exist_ok=True)
        with self._log(name).open("ab") as output:
            self.running[name] = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", "vssid.cli", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | {"VSSID_DIE_WITH_PARENT": "1"},
                start_new_session=True,
                preexec_fn=die_with(signal.SIGTERM),
            )

    def check(self) -> None:
        """Raise ChildDied when one has ended."""
        for name, process in self.running.items():
            status = process.poll()
            if status is not None:
                raise ChildDied(name, status, self._log(name))

    def watch(self) -> None:
        """Wait until a child dies or a signal stops us; never returns."""
        while True:
            self.check()
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask all to stop, then end what is left, with everything they started."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            _kill_group(process.pid)
            process.wait()
        self.running.clear()

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return
