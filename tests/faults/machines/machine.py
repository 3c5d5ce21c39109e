"""A PostgreSQL of the test's own that may be ended at will, and worker processes beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.environment import ROOT
from tests.faults.machines import clusters
from tests.making import nights
from tests.making.programs import Program
from vssid.infra.embedded import postgres

DEFER = (
    "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', %s, 0, NULL, NULL, %s::jsonb, NULL)]"
    "::procrastinate_job_to_defer_v1[])"
)
# Tasks of the tests: they write a line into a file, so what was run is known whatever the database thinks.
WORKER = """
import os, sys, time
if away := float(os.environ.get("VSSID_TEST_CLOCK_AWAY", "0")):
    import time_machine
    time_machine.travel(time.time() + away, tick=True).start()
due = time.gmtime(float(os.environ.get("VSSID_TEST_DUE", "0")))
from vssid.cli import boot, working
boot.django()
from vssid.infra.queue import running
running.POOL_SECONDS = float(os.environ.get("VSSID_TEST_POOL_SECONDS", running.POOL_SECONDS))
from procrastinate.contrib.django import app
from django.db import connection

def write(line):
    with open(sys.argv[1], "a") as file:
        file.write(f"{line}\\n")

@app.task(name="test.note")
def note(n, seconds=0):
    write(f"begun {n}")
    time.sleep(seconds)
    write(n)

@app.task(name="test.ask")
def ask(n, seconds):
    write(f"begun {n}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [seconds])
    write(n)

if "VSSID_TEST_AFTER" in os.environ:  # a step: then this worker is no more, or waits until another is as far
    import importlib, signal
    module, name = os.environ["VSSID_TEST_AFTER"].rsplit(".", 1)
    step = getattr(importlib.import_module(module), name)

    def then(*args, **kwargs):
        result = step(*args, **kwargs)
        write(f"after {name}")
        if os.environ["VSSID_TEST_THEN"] == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        while open(sys.argv[1]).read().count(f"after {name}") < 2:
            time.sleep(0.02)
        return result

    setattr(sys.modules[module], name, then)

if "VSSID_TEST_DUE" in os.environ:  # once a year, at that second
    once = f"{due.tm_min} {due.tm_hour} {due.tm_mday} {due.tm_mon} * {due.tm_sec}"

    @app.periodic(cron=once)
    @app.task(name="test.due", pass_context=False)
    def due_once(timestamp):
        write(timestamp)

working.run(concurrency=2)
"""


@dataclass
class Machine:
    """Its database and the folder that both may write to."""

    folder: Path
    options: str = ""
    started: list[WorkerProcess] = field(default_factory=list)

    @property
    def pg(self) -> Path:
        """The data folder of its PostgreSQL."""
        return self.folder / "pg"

    @property
    def url(self) -> str:
        """Its database, also while it is away."""
        return postgres.address(self.pg, "vssid")

    def start(self) -> None:
        """Start PostgreSQL."""
        # What was committed must outlive a kill, though not the loss of power.
        postgres.start(self.pg, settings={"fsync": "off", "full_page_writes": "off"})

    def stop(self) -> None:
        """Shut PostgreSQL down, and every connection with it."""
        postgres.stop(self.pg)

    def kill(self) -> None:
        """End PostgreSQL without a word."""
        server = postgres.find(self.pg)
        assert server is not None
        os.kill(server.pid, signal.SIGKILL)
        assert postgres._ended(server, 20)

    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        url = f"{self.url}&options={self.options}" if self.options else self.url
        return os.environ | {"VSSID_DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src")}

    def execute(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Run a statement and commit it."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement, values)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def queue(self, task: str, arguments: str) -> None:
        """Leave a job for the workers."""
        self.execute(DEFER, task, arguments)

    def worker(self, **settings: str) -> WorkerProcess:
        """Start a worker process, with settings of its own if need be."""
        notes, errors = self.folder / "notes", self.folder / f"worker-{len(self.started)}.log"
        notes.touch()
        with errors.open("wb") as output:
            process = Program(
                [sys.executable, "-c", WORKER, str(notes)],
                env=self.environment() | settings, stderr=output, stdout=output, cwd=ROOT,
            )  # fmt: skip
        self.started.append(WorkerProcess(process, errors))
        return self.started[-1]

    def notes(self) -> list[str]:
        """The lines that jobs wrote, in order."""
        path = self.folder / "notes"
        return path.read_text().splitlines() if path.exists() else []

    def clear(self) -> None:
        """End the workers, with the database up, and empty the queue; no night was missed."""
        for worker in self.started:
            worker.process.kill()
            worker.process.wait()
        self.started.clear()
        (self.folder / "notes").unlink(missing_ok=True)
        self.start()
        self.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
        nights.none_was_missed(self.execute)


@dataclass
class WorkerProcess:
    """A worker, and what it logged."""

    process: subprocess.Popen[bytes]
    errors: Path

    def log(self) -> str:
        """What it wrote on standard error."""
        return self.errors.read_text()

    def says(self, event: str) -> int:
        """How often it logged an event."""
        return self.log().count(f'"event": "{event}"')

    def terminate(self, seconds: float = 25) -> int:
        """Send SIGTERM; its exit status."""
        self.process.terminate()
        return self.process.wait(seconds)


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so, and fail when it is not after a long time."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


@contextmanager
def machine(folder: Path) -> Iterator[Machine]:
    """A migrated database on a server of its own."""
    folder.chmod(0o755)
    made = Machine(folder)
    clusters.lay_migrated(made.pg)
    made.start()
    try:
        yield made
        made.clear()
    finally:
        made.stop()
