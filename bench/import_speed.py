"""`import`: participation periods loaded as `./vssid import` does, against COPY of the same rows.

COPY gets a file that is shaped like the table (made beforehand, uncounted) and fills the same table with the
same keys, checks and indexes. The table is emptied before each run.
"""

from __future__ import annotations

import csv
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import psycopg

from bench import people, place
from bench.harness import Bench
from bench.people import Imported
from bench.place import Place
from bench.rows import Row, Target, row

KIND = "participation"
TABLE = "participants_contribution"
PARTS = 4  # a file this many times smaller shows whether memory grows with the file
FIRST = ("offices", "employers", "facilities", "people")
CHUNK = 1 << 20


@dataclass(frozen=True)
class Files:
    """The generated file, its first quarter, and the same rows in the shape of the table."""

    whole: Path
    part: Path
    shaped: Path


def measure(bench: Bench) -> list[Row]:
    """Rows a second, memory, and the same file again."""
    rows = bench.options.rows
    here = place.prepare(bench.server, bench.options.folder, f"import_{rows}")
    files = _files(here, rows, bench)
    whole, part, again, copies = [], [], [], []
    for _ in bench.rounds("import", 3):
        copies.append(rows / _copy(here, files.shaped))
        part.append(_import(here, files.part, rows // PARTS))
        whole.append(_import(here, files.whole, rows))
        again.append(people.import_file(here, KIND, files.whole))
        assert again[-1].same == rows, "the same file twice changed something"
    return _rows(whole, part, again, copies)


def _rows(
    whole: list[Imported], part: list[Imported], again: list[Imported], copies: list[float]
) -> list[Row]:
    memory = [run.peak_mb for run in whole]
    small = [run.peak_mb for run in part]
    return [
        row("import", "rows/s", [run.read / run.seconds for run in whole], copies, Target("ratio", "≥", 0.4)),
        row("import memory", "MB", memory, target=Target("value", "<", 500)),
        row("import memory against a quarter", "MB", memory, small, Target("ratio", "≤", 1.25)),
        row("import of the same again", "rows/s", [run.read / run.seconds for run in again], copies),
    ]


def _files(here: Place, rows: int, bench: Bench) -> Files:
    """Generate once, load those the periods speak of, and keep the table's own shape of them."""
    files = Files(here.folder / "whole.csv", here.folder / "part.csv", here.folder / "shaped.csv")
    if files.shaped.is_file():
        return files
    bench.say(f"Sinh {rows} dòng và nạp người (chỉ lần đầu)")
    made = _generated(here.folder / "generated", rows)
    _cut(made[KIND], files.whole, rows)
    _cut(made[KIND], files.part, rows // PARTS)
    loaded = people.import_files(here, {kind: made[kind] for kind in FIRST} | {KIND: files.whole})
    assert loaded[-1].new == rows, loaded[-1]
    draft = files.shaped.with_suffix(".new")
    statement = f"COPY {TABLE} TO STDOUT (FORMAT csv)"
    with here.connect() as connection, draft.open("wb") as out, connection.cursor().copy(statement) as copy:
        out.writelines(copy)
    draft.replace(files.shaped)
    shutil.rmtree(here.folder / "generated")
    return files


def _generated(folder: Path, rows: int) -> Any:
    """Files of as many people as have so many periods."""
    from vssid.cli.demo.invented import people as generator

    count = max(50, rows // 20)
    while True:
        made = generator.generate(folder, count, people.SEED, people.TODAY)
        if made.rows[KIND] >= rows:
            return made.files
        count = int(count * max(1.2, rows / made.rows[KIND] * 1.05))


def _cut(source: Path, target: Path, rows: int) -> None:
    with source.open(encoding="utf-8", newline="") as file, target.open("w", encoding="utf-8") as out:
        csv.writer(out, lineterminator="\n").writerows(islice(csv.reader(file), rows + 1))


def _empty(here: Place) -> None:
    with here.connect() as connection:
        connection.execute(f"TRUNCATE {TABLE}, participants_version")
        connection.execute("CHECKPOINT")


def _import(here: Place, path: Path, rows: int) -> Imported:
    """Into the empty table; every row must come in."""
    _empty(here)
    done = people.import_file(here, KIND, path)
    assert done.new == rows, done
    return done


def _copy(here: Place, path: Path) -> float:
    """Seconds of COPY in one transaction, with the connection settings that the import has."""
    from vssid.config import short_path

    _empty(here)
    parameters = short_path.connection_parameters() | {"dbname": here.name}
    with psycopg.connect(**parameters) as connection, connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        started = time.perf_counter()
        with cursor.copy(f"COPY {TABLE} FROM STDIN (FORMAT csv)") as copy:
            for piece in _pieces(path):
                copy.write(piece)
        connection.commit()
        return time.perf_counter() - started


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
