"""A web server of the house as `./vssid serve` starts it, and programs in front of it."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.environment import ROOT
from tests.making.programs import Program
from tests.ports import free_port

from .machine import until

METRICS_TOKEN = "a-token-of-the-tests"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, path: str, *, secure: bool = False, **headers: str) -> Answer:
    """One GET on a connection of its own; header names with `_` for `-`, any certificate is taken."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    if secure:
        link = http.client.HTTPSConnection(
            "127.0.0.1", port, timeout=30, context=ssl._create_unverified_context()
        )
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        link.request("GET", path, headers=named)
        answer = link.getresponse()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        link.close()


def answers(port: int, path: str = "/healthz", **headers: str) -> bool:
    """Does somebody answer there, whatever they say?"""
    try:
        return bool(ask(port, path, **headers).status)
    except (OSError, http.client.HTTPException):
        return False


@dataclass(frozen=True)
class Site:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]
    data: Path

    def workers(self) -> set[int]:
        """Its worker processes."""
        return {child.pid for child in psutil.Process(self.process.pid).children() if _serves(child)}

    def total(self, name: str) -> float:
        """The sum of a counter over all labels, as Prometheus is told."""
        text = ask(self.port, "/metrics", Authorization=f"Bearer {METRICS_TOKEN}").body.decode()
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if line.startswith(name))


def _serves(process: psutil.Process) -> bool:
    """Neither dead and not yet taken note of, nor Python's own process for resources."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return "resource_tracker" not in " ".join(process.cmdline())
    return False


@contextmanager
def serving(
    database_url: str,
    data: Path,
    *,
    source: Path = ROOT / "src",
    workers: int = 2,
    port: int = 0,
    **settings: str,
) -> Iterator[Site]:
    """`serve` on a port, a free one if none is given, from the time it answers; stopped at the end."""
    port = port or free_port()
    command = ["serve", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers)]
    with (data / "serve.log").open("ab") as log:
        process = Program(
            [sys.executable, "-m", "vssid.cli", *command],
            env=os.environ
            | {"VSSID_DATABASE_URL": database_url, "VSSID_DATA": str(data), "PYTHONPATH": str(source)}
            | {"VSSID_METRICS_TOKEN": METRICS_TOKEN}
            | settings,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        until(lambda: process.poll() is not None or answers(port))
        assert process.poll() is None, (data / "serve.log").read_text()[-3000:]
        yield Site(port, process, data)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
