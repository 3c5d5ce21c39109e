"""Work that may need more memory or time than it should, in a process of its own that is held to a limit.

What `main` of a module yields there are the messages (JSON) that come back. When it is too much that process
alone ends, and who asked is told by `Exceeded`.
"""

from __future__ import annotations

import json
import os
import resource
import select
import struct
import subprocess
import sys
import time
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

_LENGTH = struct.Struct(">I")
_PIECE = 1 << 16
# One thread and one arena each: what libraries set aside for more would count against the limit.
_ENVIRONMENT = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "LC_ALL": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


class Exceeded(Exception):
    """The process needed more memory or time than it may have, or died otherwise."""


def ask(module: str, *arguments: str, memory: int, seconds: int, data: bytes | None = None) -> Generator[Any]:
    """The messages of a process with at most so many bytes of memory and seconds for each message.

    `data` is its standard input, of which it reads all before it answers: what must not lie on the disk.
    Raises Exceeded. The process ends with the iterator, also when that is left early.
    """
    child = subprocess.Popen(  # noqa: S603 - our own modules, with arguments that no shell reads
        [sys.executable, "-m", "vssid.infra.confined", str(memory), str(seconds), module, *arguments],
        cwd="/",
        env=environment(),
        stdin=subprocess.DEVNULL if data is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # an allocator's last words
    )
    assert child.stdout is not None
    try:
        _give(child, data)
        while length := _LENGTH.unpack(_read(child.stdout.fileno(), _LENGTH.size, seconds))[0]:
            yield json.loads(_read(child.stdout.fileno(), length, seconds))
    finally:
        child.kill()
        child.stdout.close()
        child.wait()


def environment() -> dict[str, str]:
    """That of such a process: our modules, and none of our secrets."""
    path = os.pathsep.join(str(Path(folder).resolve()) for folder in sys.path if folder)
    return _ENVIRONMENT | {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": path}


def _give(child: subprocess.Popen[bytes], data: bytes | None) -> None:
    if data is None:
        return
    assert child.stdin is not None
    try:
        with child.stdin as wanting:
            wanting.write(data)
    except BrokenPipeError:  # it died before it had read all
        raise Exceeded from None


def _read(descriptor: int, length: int, seconds: int) -> bytes:
    parts, lacking, until = [], length, time.monotonic() + seconds
    while lacking:
        if not select.select([descriptor], [], [], max(0.0, until - time.monotonic()))[0]:
            raise Exceeded
        if not (part := os.read(descriptor, min(lacking, _PIECE))):
            raise Exceeded
        parts.append(part)
        lacking -= len(part)
    return b"".join(parts)


def answer(messages: Iterable[Any]) -> None:
    """In the process: send the messages and say that they are all."""
    out = sys.stdout.buffer
    for message in messages:
        content = json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass")
        out.write(_LENGTH.pack(len(content)) + content)
        out.flush()
        _breathe()
    out.write(_LENGTH.pack(0))
    out.flush()


def shut() -> None:
    """From here on this process opens nothing more: no file, no connection; and it writes into no file.

    What it still has to load it cannot load afterwards.
    """
    lowest_free = os.dup(sys.stdout.fileno())
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, lowest_free))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


_seconds = 0


def _breathe() -> None:
    allow(_seconds)


def allow(seconds: int) -> None:
    """So much more time of the processor for this process: holds also when nobody is left who asked."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def main(memory: int, seconds: int, module: str, arguments: list[str]) -> None:
    """Take the limits upon this process, then do what `module.main` does."""
    global _seconds
    import importlib

    _seconds = seconds
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what it read must not lie on the disk
    _breathe()
    answer(importlib.import_module(module).main(*arguments))


if __name__ == "__main__":
    # The one module that others import too, not its double named __main__.
    from vssid.infra import confined

    confined.main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:])
