"""A real Kannel on loopback: bearerbox and smsbox, and fakesmsc as the phone network behind them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes

from tests.ports import free_port

FAKESMSC = shutil.which("fakesmsc") or "/usr/lib/kannel/test/fakesmsc"
USER, PASSWORD = "vssid", "only-for-tests"
# Starts the command and ends it with us, even if we are killed.
_TIED = (
    "import ctypes, os, signal, sys;"
    "ctypes.CDLL(None).prctl(1, signal.SIGKILL);"
    "os.execv(sys.argv[1], sys.argv[1:])"
)
_GOT = re.compile(r"Got message \d+: <(?P<from>\S+) (?P<to>\S+) (?P<kind>text|ucs-2|udh|data) (?P<rest>.*)>")


def missing() -> str:
    """What has to be installed, or nothing."""
    if not (shutil.which("bearerbox") and shutil.which("smsbox")):
        return "cần gói Debian kannel (bearerbox, smsbox)"
    if not os.access(FAKESMSC, os.X_OK):
        return "cần gói Debian kannel-extras (fakesmsc)"
    return ""


def eventually(check: Callable[[], object], *, what: str, within: float = 60) -> None:
    """Wait until `check` is true; fails after `within` seconds, which is far more than it takes.

    A box opens its files before it listens, and a disk that something large was just written to lets it wait.
    """
    deadline = time.monotonic() + within
    while not check():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {what}")
        time.sleep(0.05)


def listening(port: int) -> bool:
    """Does somebody accept connections there?"""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True)
class PhoneSms:
    """One text as it reached the phone network."""

    to: str
    coding: str  # "text" is GSM 7-bit, "ucs-2" is UCS-2
    text: str


class Kannel:
    """One gateway in a folder of its own. Boxes can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.smsc_port, self.box_port, self.send_port, admin = (free_port() for _ in range(4))
        self.send_url = f"http://127.0.0.1:{self.send_port}/cgi-bin/sendsms"
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._config = folder / "kannel.conf"
        self._config.write_text(_CONFIG.format(k=self, admin=admin, user=USER, password=PASSWORD))

    def start(self) -> None:
        """Start all three and wait until a text can go through."""
        self.start_bearerbox()
        self.start_smsbox()

    def start_bearerbox(self) -> None:
        """Start the bearerbox and the phone network behind it."""
        self._run("bearerbox", shutil.which("bearerbox") or "", "-v", "4", str(self._config))
        eventually(lambda: listening(self.smsc_port) and listening(self.box_port), what="bearerbox is up")
        # The text given is what phones would send in; -m 0 sends none of it.
        self._run("fakesmsc", FAKESMSC, "-H", "127.0.0.1", "-r", str(self.smsc_port), "-m", "0", "1 2 text x")

    def start_smsbox(self) -> None:
        """Start the box that we talk HTTP with."""
        self._run("smsbox", shutil.which("smsbox") or "", "-v", "4", str(self._config))
        eventually(lambda: listening(self.send_port), what="smsbox is up")

    def stop(self, *names: str) -> None:
        """Kill the named boxes, or all."""
        for name in names or tuple(self._running):
            process = self._running.pop(name, None)
            if process:
                process.kill()
                process.wait()

    def received(self) -> list[PhoneSms]:
        """Every text that reached the phone network, in order."""
        log = self.folder / "fakesmsc.log"
        entries = _GOT.finditer(log.read_text("utf-8", errors="replace")) if log.exists() else ()
        return [
            PhoneSms(entry["to"], entry["kind"], _decoded(entry["kind"], entry["rest"])) for entry in entries
        ]

    def _run(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-c", _TIED, *command], cwd=self.folder, stdout=log, stderr=log
            )


def _decoded(kind: str, rest: str) -> str:
    if kind == "ucs-2":
        return unquote_to_bytes(rest.replace("+", " ")).decode("utf-16-be")
    return rest


def kill_9(process: subprocess.Popen[bytes]) -> None:
    """As the kernel does when memory runs out."""
    process.send_signal(signal.SIGKILL)
    process.wait()


_CONFIG = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = x
smsbox-port = {k.box_port}
smsbox-interface = 127.0.0.1
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = phones
port = {k.smsc_port}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = {k.box_port}
sendsms-port = {k.send_port}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = {user}
password = {password}
max-messages = 3
concatenation = true
"""
