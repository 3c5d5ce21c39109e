"""The data folder of the embedded PostgreSQL: whole and of its version, or not there.

A cluster is made beside its place and renamed when it is finished, so a start that was stopped in the middle
leaves nothing that looks like one.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from pathlib import Path

from . import process_user
from .process_user import CannotStart

# The last database that `initdb` makes (its number is fixed since PostgreSQL 15): with it all is there.
_LAST_MADE = Path("base/5/PG_VERSION")


def prepare(data: Path) -> None:
    """See that a cluster of this version stands at `data`; made when there is none. Raises CannotStart.

    The caller holds the lock of the folder.
    """
    if (data / "PG_VERSION").exists():
        _check(data)
        return
    if upgraded(data).is_dir():
        raise CannotStart(
            f"Việc nâng cấp kho dữ liệu {data} bị dừng ở bước cuối; hãy chạy lại `./vssid upgrade-database`."
        )
    if data.is_dir() and any(data.iterdir()):
        raise CannotStart(
            f"{data} có tệp khác và không phải kho PostgreSQL; hãy chọn thư mục dữ liệu khác (--data)."
        )
    making = data.with_name(f"{data.name}.making")
    shutil.rmtree(making, ignore_errors=True)  # of a start that was stopped
    _create(making)
    if data.is_dir():
        data.rmdir()
    making.rename(data)


def upgraded(data: Path) -> Path:
    """Where a whole upgraded cluster waits for the old one's place (infra.upgrading)."""
    return data.with_name(f"{data.name}.upgraded")


def _check(data: Path) -> None:
    made_by, ours = (data / "PG_VERSION").read_text().strip(), version()
    if made_by != ours:
        raise CannotStart(
            f"Kho dữ liệu {data} do PostgreSQL {made_by} tạo; bản đang cài là {ours} và không đọc được. Hãy "
            "nâng cấp bằng `./vssid upgrade-database` (docs/operations/backup.md, mục “A newer PostgreSQL”); "
            f"dữ liệu không cần giữ thì xóa: rm -r {data}"
        )
    if not (data / _LAST_MADE).exists():
        raise CannotStart(
            f"Kho dữ liệu {data} mới tạo dở, chưa có dữ liệu nào. Hãy xóa rồi chạy lại: rm -r {data}"
        )


@functools.cache
def version() -> str:
    """The major version of the server's programs, as `PG_VERSION` has it."""
    said = subprocess.run(  # noqa: S603
        [str(process_user.binary("postgres")), "--version"], capture_output=True, text=True, check=True
    ).stdout
    match = re.search(r"\) (\d+)", said)
    if match is None:
        raise CannotStart(f"Không rõ phiên bản PostgreSQL: {said.strip()}")
    return match[1]


def _create(folder: Path) -> None:
    process_user.own(folder)
    command = [
        str(process_user.binary("initdb")),
        "--auth=trust",  # only the owner can enter the socket's folder
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--username=postgres",
        "--no-sync",
        "--no-instructions",
        f"--pgdata={folder}",
    ]
    how = process_user.prepare(folder)
    done = subprocess.run(  # noqa: S603
        [*how.prefix, *command], capture_output=True, text=True, cwd="/", check=False, **how.options
    )
    if done.returncode:
        raise CannotStart(f"Không tạo được kho PostgreSQL tại {folder}: {last_error(done.stderr)}")


def last_error(output: str) -> str:
    """The last line of a program's output that tells of an error."""
    lines = [line for line in output.splitlines() if "FATAL" in line or "error" in line]
    return lines[-1] if lines else "không rõ lý do"
