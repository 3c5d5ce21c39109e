"""An older embedded PostgreSQL's data under newer programs: carried over beside, put in its place when whole.

The old folder is read by the programs that made it, and kept. An upgrade that was stopped leaves it as it
was; one that was stopped between the last two renames is finished by the next.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from . import clusters, postgres, process_user
from .process_user import CannotStart

# Where packages of PostgreSQL put their programs, by major version.
USUAL = ("/usr/lib/postgresql/{}/bin", "/usr/pgsql-{}/bin", "/opt/homebrew/opt/postgresql@{}/bin")
PLACE = (
    "SELECT (SELECT system_identifier FROM pg_control_system())::text || '/'"
    " || (SELECT oid FROM pg_database WHERE datname = current_database())::text"
)
TABLES = (
    "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    " ORDER BY 1, 2"
)
Say = Callable[[str], None]


class NothingToDo(Exception):
    """The folder is of this version already, or there is none."""


def upgrade(data: Path, *, programs: Path | None, say: Say) -> Path:
    """Carry the cluster at `data` over to the version of our programs; returns where the old one is kept.

    `programs`: the folder with the old version's `postgres`; looked for where packages put it when None.
    Raises NothingToDo, or CannotStart with the sentence for the operator.
    """
    with postgres._start_lock(data.resolve()):
        if clusters.upgraded(data).is_dir():
            return _put_in_place(data)
        old = _made_by(data)
        if postgres.find(data) is not None:
            raise CannotStart(f"PostgreSQL {old} đang chạy trên {data}; hãy dừng nó trước.")
        programs = _programs(old, programs)
        _refuse_full_disk(data)
        new = data.with_name(f"{data.name}.upgrading")
        shutil.rmtree(new, ignore_errors=True)  # of an upgrade that was stopped
        _carry_over(data, new, programs, say)
        new.rename(clusters.upgraded(data))
        for rest in (".lock", ".log"):
            new.with_name(new.name + rest).unlink(missing_ok=True)
        return _put_in_place(data)


def _made_by(data: Path) -> str:
    try:
        old = (data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise NothingToDo from None
    if old == clusters.version():
        raise NothingToDo
    if float(old) > float(clusters.version()):
        raise CannotStart(
            f"Kho dữ liệu {data} do PostgreSQL {old} tạo, mới hơn bản đang cài ({clusters.version()}); không"
            " chuyển về bản cũ được. Hãy cài lại bản mới."
        )
    return old


def _programs(old: str, given: Path | None) -> Path:
    """The folder whose `postgres` is of that version. Raises CannotStart."""
    looked = [given] if given else [Path(usual.format(old)) for usual in USUAL]
    for folder in looked:
        version = _version(folder / "postgres")
        if version == old:
            return folder.resolve()
        if given and version:
            raise CannotStart(f"Chương trình trong {given} là PostgreSQL {version}; cần bản {old}.")
    raise CannotStart(
        f"Không có chương trình của PostgreSQL {old} tại {', '.join(map(str, looked))}. Dữ liệu chỉ đọc được"
        f" bằng đúng bản đã tạo ra nó: hãy cài bản đó (trên Debian, Ubuntu: apt install postgresql-{old}),"
        " rồi chạy lại với --programs THƯ-MỤC chứa chương trình postgres. Dữ liệu vẫn nguyên."
    )


def _version(program: Path) -> str:
    try:
        said = subprocess.run(  # noqa: S603
            [str(program), "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    match = re.search(r"\(PostgreSQL\) (\d+)", said)
    return match[1] if match else ""


def _refuse_full_disk(data: Path) -> None:
    size = sum(path.stat().st_size for path in data.rglob("*") if path.is_file() and not path.is_symlink())
    free = shutil.disk_usage(data).free
    if free < size:
        raise CannotStart(
            f"Ổ đĩa của {data} chỉ còn {free // 2**20} MB; cần ít nhất {size // 2**20} MB vì bản cũ được giữ."
        )


def _carry_over(data: Path, new: Path, programs: Path, say: Say) -> None:
    """Fill a new cluster at `new` with all that is in the old one, and see that it is all there."""
    with _serving_old(data, programs):
        target = postgres.start(new, settings=postgres.THROWAWAY)
        try:
            _roles(data, new)
            for name in _databases(data):
                say(f"Chuyển cơ sở dữ liệu {name}")
                _database(data, new, name)
                _compare(data, new, name)
                _know_new_place(data, target, name)
        finally:
            postgres.stop(new)
    os.sync()  # the new server did not wait for the disk


@contextmanager
def _serving_old(data: Path, programs: Path) -> Iterator[None]:
    how = process_user.prepare(data, die_with_parent=True)
    command = [
        str(programs / "postgres"),
        "-D",
        str(data),
        "-k",
        str(postgres._socket_folder(data)),
        "-h",
        "",
    ]
    log = data.with_name(f"{data.name}.log")
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603
            [*how.prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            **how.options,
        )
    try:
        postgres._wait_ready(process, data, log, last_try=True)
        yield
    finally:
        postgres._children.append(process)
        postgres.shut_down(data, 60)


def _roles(data: Path, new: Path) -> None:
    said = _run("pg_dumpall", "--globals-only", f"--dbname={postgres.address(data, 'postgres')}")
    # It was made with the cluster, as in every one of ours.
    rest = "".join(line for line in said.splitlines(keepends=True) if line.strip() != "CREATE ROLE postgres;")
    _run("psql", "-qX", "-v", "ON_ERROR_STOP=1", f"--dbname={postgres.address(new, 'postgres')}", given=rest)


def _databases(data: Path) -> list[str]:
    with psycopg.connect(postgres.address(data, "postgres")) as link:
        rows = link.execute(
            "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1"
        )
        return [str(row[0]) for row in rows]


def _database(data: Path, new: Path, name: str) -> None:
    create = [] if name == "postgres" else ["--create"]
    dump = [str(process_user.binary("pg_dump")), "--format=custom", "--compress=0", *create]
    load = [str(process_user.binary("pg_restore")), "--exit-on-error", *create]
    with subprocess.Popen(  # noqa: S603
        [*dump, f"--dbname={postgres.address(data, name)}"], stdout=subprocess.PIPE
    ) as dumping:
        done = subprocess.run(  # noqa: S603
            [*load, f"--dbname={postgres.address(new, 'postgres')}"],
            stdin=dumping.stdout, capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode or dumping.returncode:
        raise CannotStart(f"Không chuyển được cơ sở dữ liệu {name}: {clusters.last_error(done.stderr)}")


def _compare(data: Path, new: Path, name: str) -> None:
    """Each table must have as many rows as before; then let the planner know them."""
    with (
        psycopg.connect(postgres.address(data, name)) as old,
        psycopg.connect(postgres.address(new, name), autocommit=True) as fresh,
    ):
        for schema, table in old.execute(TABLES).fetchall():
            count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
            counts = [link.execute(count).fetchone() for link in (old, fresh)]
            if counts[0] != counts[1]:
                raise CannotStart(f"Bảng {schema}.{table} không chuyển đủ; bản cũ vẫn nguyên tại {data}.")
        fresh.execute("ANALYZE")


def _know_new_place(data: Path, target: postgres.Server, name: str) -> None:
    """An installation that lay where the old cluster lay lies here now; it is no copy (docs/adr/0013)."""
    with psycopg.connect(postgres.address(data, name)) as old, psycopg.connect(target.url(name)) as fresh:
        if fresh.execute("SELECT to_regclass('public.installation')").fetchone() != (None,):
            place = old.execute(PLACE).fetchone()
            fresh.execute(f"UPDATE installation SET place = ({PLACE}) WHERE place = %s", place)  # noqa: S608


def _run(program: str, *arguments: str, given: str | None = None) -> str:
    done = subprocess.run(  # noqa: S603
        [str(process_user.binary(program)), *arguments],
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotStart(f"{program}: {clusters.last_error(done.stderr)}")
    return done.stdout


def _put_in_place(data: Path) -> Path:
    """Rename the old folder away, unless that was done already, and the new one to its place."""
    if data.is_dir():
        version = (data / "PG_VERSION").read_text().strip()
        names = [data.with_name(f"{data.name}-{version}{more}") for more in ("", "-2", "-3", "-4", "-5")]
        data.rename(next(name for name in names if not name.exists()))
    clusters.upgraded(data).rename(data)
    kept = [path.parent for path in data.parent.glob(f"{data.name}-*/PG_VERSION")]
    return max(kept, key=lambda path: path.stat().st_ctime_ns)
