"""A process that is held to its limits, and what becomes of who asked."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time

import pytest

from vssid.infra import confined

from . import confined_task

pytestmark = pytest.mark.process

MEMORY = 512 << 20


def asked(task: str, seconds: int = 20) -> list[object]:
    return list(confined.ask(confined_task.__name__, task, memory=MEMORY, seconds=seconds))


def test_what_it_tells_comes_back() -> None:
    assert asked("tell")[1:] == ["thấy"]


@pytest.mark.parametrize(("task", "seconds"), [("sleep", 1), ("spin", 1), ("fill", 20), ("die", 20)])
def test_one_that_is_too_much_ends_alone(task: str, seconds: int) -> None:
    with pytest.raises(confined.Exceeded):
        asked(task, seconds)


def test_one_that_is_shut_opens_no_file_no_connection_and_no_pipe_and_still_answers() -> None:
    assert asked("shut")[1:] == [[f"OSError{errno.EMFILE}"] * 3, "thấy"]


def test_it_knows_no_secret_and_ends_when_nobody_listens() -> None:
    told = confined.ask(confined_task.__name__, "sleep", memory=MEMORY, seconds=20)
    pid, names = next(told)
    assert [name for name in names if "VSSID" in name or "SECRET" in name] == []
    told.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_it_does_not_go_on_for_ever_when_who_asked_was_killed() -> None:
    asker = (
        "from vssid.infra import confined\n"
        f"told = confined.ask({confined_task.__name__!r}, 'spin', memory={MEMORY}, seconds=1)\n"
        "print(next(told)[0], flush=True)\n"
        "next(told)"
    )
    path = os.pathsep.join(sys.path)
    child = subprocess.Popen(
        [sys.executable, "-c", asker], env={"PYTHONPATH": path}, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    pid = int(child.stdout.readline())
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    until = time.monotonic() + 20
    while os.path.exists(f"/proc/{pid}") and not _is_dead(pid) and time.monotonic() < until:
        time.sleep(0.1)
    assert not os.path.exists(f"/proc/{pid}") or _is_dead(pid)


def _is_dead(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
