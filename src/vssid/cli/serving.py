"""The web server: granian, one master and several worker processes, each with some threads."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from . import addresses, boot, database

# Browsers keep idle connections open; after this the workers are ended.
STOP_SECONDS = 10


def run(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first."""
    try:
        address = addresses.listening(host)
    except addresses.UnknownHost as unknown:
        raise SystemExit(str(unknown)) from None
    boot.django()  # a bad setting is told here, once, not by every worker
    database.ready()
    from django.conf import settings

    use_shared_metrics(settings.DATA / "metrics")
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
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


def use_shared_metrics(folder: Path) -> None:
    """Let the processes of this machine add up their counters in a folder; forgets those of dead ones."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.db"):
        pid = path.stem.rsplit("_", 1)[-1]
        if not (pid.isdigit() and psutil.pid_exists(int(pid))):
            path.unlink(missing_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
