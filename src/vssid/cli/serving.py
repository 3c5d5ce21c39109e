"""The web server: granian, one master and several worker processes, each with some threads."""

from __future__ import annotations

import logging
import multiprocessing
import os
from ipaddress import ip_address
from pathlib import Path

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from vssid.cli.keys import refingerprinting
from vssid.infra import tallies

from . import addresses, adopting, boot, database

# Browsers keep idle connections open; after this the workers are ended.
STOP_SECONDS = 10
# On SIGHUP: how long a new worker may load before the old one is ended. What comes then waits for its turn.
RELOAD_SECONDS = 5.0
# Threads of a worker that take what comes; they do no work and cost little (infra/edge).
RECEIVERS = 40


def run(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first."""
    try:
        address = addresses.listening(host)
    except addresses.UnknownHost as unknown:
        raise SystemExit(str(unknown)) from None
    boot.environment()
    _count_together(boot.default_data())
    _check(address)
    os.environ["VSSID_SERVING"] = "1"  # its processes look whether they show a copy
    os.environ["VSSID_PAGE_THREADS"] = str(threads)
    server = Granian(
        "vssid.config.edge:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=workers,
        blocking_threads=RECEIVERS,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=RELOAD_SECONDS,
        workers_kill_timeout=STOP_SECONDS,
    )
    logging.getLogger("_granian").addFilter(_not_of_threads)
    server.serve()


def _count_together(data: Path) -> None:
    try:
        tallies.use(data / "metrics")
    except OSError as error:
        raise SystemExit(f"VSSID_DATA ({data}) không ghi được: {error.strerror}.") from None


def _check(address: str) -> None:
    """A bad setting and a database that cannot be used are told once, not by every worker.

    In a process beside: workers are forked from this one, and one that is started again (SIGHUP) must come
    with the code that lies there then, not with what was read at the start.
    """
    beside = multiprocessing.get_context("fork").Process(target=_look, args=(address,), daemon=True)
    beside.start()
    beside.join()
    if beside.exitcode:
        raise SystemExit(1)


def _look(address: str) -> None:
    boot.django()
    _require_proxy(address)
    database.ready()
    database.right_clock()
    refingerprinting.note()
    adopting.tell_at_start()


def _require_proxy(address: str) -> None:
    """Idle connections by the thousand are what a proxy holds; without one the port is for this machine."""
    from django.conf import settings

    if ip_address(address).is_loopback or settings.TRUSTED_PROXIES or settings.DEMO:
        return
    raise SystemExit(
        f"Không phục vụ ở {address} khi chưa có proxy phía trước: hãy đặt nginx theo ops/nginx và"
        " VSSID_TRUSTED_PROXIES=1, hoặc dùng --host 127.0.0.1. Xem docs/operations/processes.md."
    )


def _not_of_threads(record: logging.LogRecord) -> bool:
    """granian warns of many threads."""
    return not str(record.msg).startswith("Configuration allows spawning")
