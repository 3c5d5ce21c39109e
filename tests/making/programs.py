"""Programs of ours that a test starts, each in a process of its own, as `subprocess` does.

A second of processor went into each start, two thirds of it to read libraries. So they are forked from a
process that has read these (`libraries.py`); all of our own is read by the program, with the environment that
it is given. `subprocess` itself is asked where a start from nothing is what is tried.
"""

from __future__ import annotations

import atexit
import ctypes
import inspect
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from tests.environment import ROOT

_ADOPTS = 36  # PR_SET_CHILD_SUBREAPER of Linux's prctl
# What Python looks at before its first line; a program that is given another value starts from nothing.
_LOOKED_AT = ("LANG", "LC_", "PYTHON")
_one_at_a_time = threading.Lock()
_asking: socket.socket | None = None


class Program(subprocess.Popen[Any]):
    """`python -m MODULE …` or `python -c TEXT …`, given as for subprocess.Popen."""

    def _execute_child(self, args: list[str], *more: Any) -> None:
        given = dict(zip(_names(), more, strict=True))
        environment = dict(os.environ if given["env"] is None else given["env"])
        if not _can_be_forked(args, given, environment):
            super()._execute_child(args, *more)  # type: ignore[misc]
            return
        asked = {
            "arguments": args[1:],
            "folder": os.fspath(given["cwd"] or os.getcwd()),
            "environment": environment,
            "new_session": given["start_new_session"],
        }
        named = ("p2cread", "c2pwrite", "errwrite")  # -1: that of the test
        theirs = [at if given[name] == -1 else given[name] for at, name in enumerate(named)]
        self.pid = _fork(json.dumps(asked).encode(), theirs)
        self._child_created = True
        ends = ("p2cread", "p2cwrite", "c2pread", "c2pwrite", "errread", "errwrite")
        self._close_pipe_fds(*(given[end] for end in ends))  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def _names() -> list[str]:
    """Of what Popen hands on; the first are itself and the arguments."""
    return list(inspect.signature(subprocess.Popen._execute_child).parameters)[2:]  # type: ignore[attr-defined]


def _can_be_forked(args: list[str], given: dict[str, Any], environment: dict[str, str]) -> bool:
    return (
        sys.platform == "linux"
        and args[0] == sys.executable
        and args[1] in ("-m", "-c")
        and not given["preexec_fn"]
        and not given["pass_fds"]
        and _looked_at(environment) == _looked_at(dict(os.environ))
    )


def _looked_at(environment: dict[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(_LOOKED_AT) and name != "PYTHONPATH"
    }


def run(arguments: list[str], **how: Any) -> subprocess.CompletedProcess[Any]:
    """As subprocess.run with `capture_output=True, check=False`."""
    seconds = how.pop("timeout", None)
    with Program(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how) as program:
        try:
            said, complained = program.communicate(timeout=seconds)
        except BaseException:
            program.kill()
            raise
    return subprocess.CompletedProcess(arguments, program.returncode, said, complained)


def _fork(asked: bytes, ends: list[int]) -> int:
    with _one_at_a_time, _adopting():
        asking = _libraries()
        socket.send_fds(asking, [asked], ends)
        return int(asking.recv(20))


@contextmanager
def _adopting() -> Iterator[None]:
    """What loses its parent meanwhile is ours: the program, whose end we can then wait for."""
    prctl = ctypes.CDLL(None).prctl
    prctl(_ADOPTS, 1, 0, 0, 0)
    try:
        yield
    finally:
        prctl(_ADOPTS, 0, 0, 0, 0)


def _libraries() -> socket.socket:
    global _asking
    if _asking is None:
        _asking, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        number = str(theirs.fileno())
        started = subprocess.Popen(
            [sys.executable, "-m", "tests.making.libraries", number],
            env=os.environ | {"PYTHONPATH": ""}, cwd=ROOT, pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        theirs.close()
        atexit.register(_end, _asking, started)
    return _asking


def _end(asking: socket.socket, started: subprocess.Popen[bytes]) -> None:
    asking.close()
    started.wait()
