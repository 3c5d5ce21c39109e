"""The web server: granian, one master and several worker processes, each with some threads."""

from __future__ import annotations

import multiprocessing
import os

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from vssid.infra import tallies

from . import addresses, adopting, boot, database

# Browsers keep idle connections open; after this the workers are ended.
STOP_SECONDS = 10
# On SIGHUP: how long a new worker may load before the old one is ended. What comes then waits for its turn.
RELOAD_SECONDS = 5.0


def run(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first."""
    try:
        address = addresses.listening(host)
    except addresses.UnknownHost as unknown:
        raise SystemExit(str(unknown)) from None
    boot.environment()
    tallies.use(boot.default_data() / "metrics")
    _check()
    os.environ["VSSID_SERVING"] = "1"  # its processes look whether they show a copy
    Granian(
        "vssid.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=RELOAD_SECONDS,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


def _check() -> None:
    """A bad setting and a database that cannot be used are told once, not by every worker.

    In a process beside: workers are forked from this one, and one that is started again (SIGHUP) must come
    with the code that lies there then, not with what was read at the start.
    """
    beside = multiprocessing.get_context("fork").Process(target=_look, daemon=True)
    beside.start()
    beside.join()
    if beside.exitcode:
        raise SystemExit(1)


def _look() -> None:
    boot.django()
    database.ready()
    adopting.tell_at_start()
