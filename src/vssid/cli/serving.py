"""The web server: granian, one master and several worker processes, each with some threads."""

from __future__ import annotations

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from vssid.infra import tallies

from . import addresses, boot, database

# Browsers keep idle connections open; after this the workers are ended.
STOP_SECONDS = 10


def run(*, host: str, port: int, workers: int, threads: int) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first."""
    try:
        address = addresses.listening(host)
    except addresses.UnknownHost as unknown:
        raise SystemExit(str(unknown)) from None
    boot.environment()
    tallies.use(boot.default_data() / "metrics")
    boot.django()  # a bad setting is told here, once, not by every worker
    database.ready()
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
