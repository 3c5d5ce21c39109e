"""Reads the libraries that all our programs need, then forks for each program that is asked for.

`python -m tests.making.libraries DESCRIPTOR`; asked by `tests/making/programs.py`, over that socket.
Nothing of our own is read before the fork, nor what looks at the environment when it is read
(`prometheus_client`).
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import socket
import sys
import types
from typing import Any

LIBRARIES = (
    "PIL.Image",
    "croniter",
    "cryptography.x509",
    "cwt",
    "django.contrib.auth.hashers",
    "django.core.management",
    "django.core.wsgi",
    "django.db.backends.postgresql.base",
    "django.db.models",
    "django.forms",
    "django.template",
    "django.urls",
    "granian",
    "httpx",
    "icalendar",
    "msgspec",
    "obstore",
    "phonenumbers",
    "pillow_heif",
    "procrastinate",
    "psutil",
    "psycopg_pool",
    "pyroaring",
    "rapidfuzz",
    "segno",
    "structlog",
    "typer",
    "typst",
    "webauthn",
    "whitenoise",
    "zxingcpp",
)
Asked = dict[str, Any]


def main(descriptor: int) -> None:
    """Answer until nobody asks any more; in a program that was forked, be that program."""
    own_path = sys.path[1:]
    gc.disable()
    for name in LIBRARIES:
        importlib.import_module(name)
    assert len(os.listdir("/proc/self/task")) == 1, "a library started a thread, which no fork takes along"
    gc.freeze()
    gc.enable()
    with socket.socket(fileno=descriptor) as asking:
        while True:
            said, descriptors, *_ = socket.recv_fds(asking, 1 << 20, 3)
            if not said:
                return
            if (number := _fork()) == 0:
                break
            for taken in descriptors:
                os.close(taken)
            asking.sendall(f"{number}\n".encode())
    _become(json.loads(said), descriptors, own_path)


def _fork() -> int:
    """The number of the program; 0 in it. Whom it belongs to is whoever adopts it: it has no parent here."""
    reading, writing = os.pipe()
    between = os.fork()
    if between == 0:
        parent = os.getpid()
        number = os.fork()
        if number == 0:
            os.close(reading)
            os.close(writing)
            while os.getppid() == parent:
                os.sched_yield()
            return 0
        os.write(writing, str(number).encode())
        os._exit(0)
    os.waitpid(between, 0)
    number = int(os.read(reading, 20))
    os.close(reading)
    os.close(writing)
    return number


def _become(asked: Asked, descriptors: list[int], own_path: list[str]) -> None:
    """What Python does at its start, as far as it is told otherwise than this process was."""
    for at, taken in enumerate(descriptors):
        os.dup2(taken, at)
    os.closerange(3, max(descriptors) + 1)
    if asked["new_session"]:
        os.setsid()
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    how, what, *arguments = asked["arguments"]
    first = os.getcwd() if how == "-m" else ""
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.path[:] = [first, *filter(None, given), *own_path]
    importlib.invalidate_caches()
    sys.argv[:] = [how, *arguments]
    if how == "-m":
        runpy._run_module_as_main(what)  # type: ignore[attr-defined]
    else:
        program = sys.modules["__main__"] = types.ModuleType("__main__")
        exec(compile(what, "<string>", "exec"), vars(program))


if __name__ == "__main__":
    main(int(sys.argv[1]))
