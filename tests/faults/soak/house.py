"""The processes of the trial, and what starts them again when they end, as systemd does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.environment import ROOT
from tests.faults.machines.machine import Machine
from tests.kannel.network import PASSWORD, USER, Kannel
from tests.ports import free_port

AGAIN = 1.0  # seconds until an ended process is started again


@dataclass
class Kept:
    """A program that is started again whenever it ends."""

    name: str
    command: list[str]
    environment: dict[str, str]
    folder: Path
    starts: int = 0
    ended_by_itself: int = 0
    process: subprocess.Popen[bytes] | None = None
    _over: threading.Event = field(default_factory=threading.Event)
    _killed: bool = False

    def keep(self) -> None:
        """Start it, and again after each end, until `end`."""
        threading.Thread(target=self._watch, name=self.name, daemon=True).start()

    def _watch(self) -> None:
        while not self._over.is_set():
            self._killed = False
            with (self.folder / f"{self.name}.log").open("ab") as log:
                self.process = subprocess.Popen(
                    self.command, env=self.environment, stdout=log, stderr=log, cwd=ROOT
                )
            self.starts += 1
            self.process.wait()
            self.ended_by_itself += not self._killed and not self._over.is_set()
            self._over.wait(AGAIN)

    def send(self, number: signal.Signals) -> None:
        """A signal to the process itself."""
        if self.process is not None and self.process.poll() is None:
            self._killed = self._killed or number in (signal.SIGKILL, signal.SIGTERM)
            self.process.send_signal(number)

    def children(self) -> list[psutil.Process]:
        """The processes it started."""
        try:
            return psutil.Process(self.process.pid).children() if self.process else []
        except psutil.NoSuchProcess:
            return []

    def end(self) -> None:
        """For good."""
        self._over.set()
        self.send(signal.SIGTERM)
        if self.process is not None:
            try:
                self.process.wait(25)
            except subprocess.TimeoutExpired:
                self.process.kill()


class House:
    """Two web servers, two workers, a store, a Kannel and a database, all on loopback."""

    def __init__(self, folder: Path, machine: Machine) -> None:
        self.folder, self.machine = folder, machine
        self.kannel = Kannel(folder / "kannel")
        self.ports = [free_port(), free_port()]
        self.store_port = free_port()
        (folder / "s3" / "soak").mkdir(parents=True)
        store = [str(self.store_port), str(folder / "s3")]
        self.store = self._python("store", "tests.faults.machines.small_s3", *store)
        self.webs = [self._vssid(f"web-{port}", "serve", f"--port={port}") for port in self.ports]
        self.workers = [self._vssid(f"worker-{n}", "worker") for n in range(2)]
        self._database = threading.Lock()

    def environment(self) -> dict[str, str]:
        """What every process of the house is started with."""
        return self.machine.environment() | {
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "VSSID_BASE_URL": f"http://127.0.0.1:{self.ports[0]}",
            "VSSID_TRUSTED_PROXIES": "1",
            "VSSID_BLOBS_URL": "s3://soak/blobs",
            "AWS_ENDPOINT": f"http://127.0.0.1:{self.store_port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "soak",
            "AWS_SECRET_ACCESS_KEY": "soak",
            "AWS_REGION": "local",
            "VSSID_SMS_GATEWAY": "kannel",
            "VSSID_KANNEL_SEND_URL": self.kannel.send_url,
            "VSSID_KANNEL_USERNAME": USER,
            "VSSID_KANNEL_PASSWORD": PASSWORD,
        }

    def _vssid(self, name: str, *arguments: str) -> Kept:
        return self._python(name, "vssid.cli", *arguments)

    def _python(self, name: str, module: str, *arguments: str) -> Kept:
        command = [sys.executable, "-m", module, *arguments]
        return Kept(name, command, dict(os.environ), self.folder)

    def start(self) -> None:
        """Start everything and wait until both web servers are ready."""
        self.kannel.start()
        migrate = [sys.executable, "-m", "vssid.cli", "migrate"]  # lays down the static files, too
        subprocess.run(migrate, env=self.environment(), cwd=ROOT, check=True)
        for kept in self.kept():
            kept.environment = self.environment()
            kept.keep()
        wait(lambda: all(self.ready(port) for port in self.ports), 120, "web servers ready")

    def kept(self) -> list[Kept]:
        """Every program that is started again."""
        return [self.store, *self.webs, *self.workers]

    def ready(self, port: int, door: str = "/readyz") -> bool:
        """Does the door answer 200?"""
        import httpx

        try:
            return httpx.get(f"http://127.0.0.1:{port}{door}", timeout=10).status_code == 200
        except httpx.HTTPError:
            return False

    def kill_database(self, *, gently: bool, pause: float) -> None:
        """End PostgreSQL and start it again after a pause."""
        with self._database:
            self.machine.stop() if gently else self.machine.kill()
            time.sleep(pause)
            self.machine.start()

    def database_processes(self) -> list[psutil.Process]:
        """The server and its children."""
        from vssid.infra.embedded import postgres

        server = postgres.find(self.machine.pg)
        if server is None:
            return []
        root = psutil.Process(server.pid)
        return [root, *root.children(recursive=True)]

    def end(self) -> None:
        """Stop everything but the database."""
        for kept in [*self.webs, *self.workers, self.store]:
            kept.end()
        self.kannel.stop()


def wait(true: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait until something is so; raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"not within {seconds:g} s: {what}")
        time.sleep(0.25)
