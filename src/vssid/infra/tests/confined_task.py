"""What the tests of `confined` have a process do."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

from vssid.infra import confined


def main(task: str) -> Iterator[Any]:
    """Tell who this is, then do the task."""
    yield [os.getpid(), sorted(os.environ)]
    if task == "sleep":
        time.sleep(60)
    elif task == "spin":
        while True:
            pass
    elif task == "fill":
        yield len(bytes(1 << 30))
    elif task == "shut":
        confined.shut()
        yield [_refused(lambda: os.open(__file__, os.O_RDONLY)), _refused(socket.socket), _refused(os.pipe)]
    elif task == "die":
        os._exit(0)
    yield "thấy"


def _refused(act: Callable[[], Any]) -> str:
    try:
        act()
    except OSError as refused:
        return type(refused).__name__ + str(refused.errno)
    return ""
