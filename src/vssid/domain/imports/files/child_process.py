"""Files that are not read line by line are read in a process of their own, held to the limits."""

from __future__ import annotations

import importlib
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from vssid.infra import confined

from ..errors import BadFile
from . import limits
from .limits import Limits
from .sources import FileKind, Row

BATCH = 500  # rows of a message


def look(kind: FileKind, path: Path, bounds: Limits) -> dict[str, Any]:
    """What the process `kind` tells of a file at first. Raises BadFile."""
    with closing(_ask("look", kind, path, bounds)) as told:
        return dict(next(told))


def rows(kind: FileKind, path: Path, bounds: Limits) -> Iterator[Row]:
    """All rows of the table in a file. Raises BadFile, also in the middle."""
    with closing(_ask("rows", kind, path, bounds)) as told:
        for batch in told:
            yield from map(Row.of, batch)


_NAMES = {FileKind.WORKBOOK: "Excel (.xlsx)", FileKind.PARQUET: "Parquet"}
_READERS = {FileKind.WORKBOOK: ".workbook_sheets", FileKind.PARQUET: ".parquet_tables"}


def _ask(verb: str, kind: FileKind, path: Path, bounds: Limits) -> Generator[Any]:
    arguments = (verb, kind.value, str(path.resolve()), bounds.as_text())
    told = confined.ask(__name__, *arguments, memory=bounds.memory, seconds=bounds.seconds)
    try:
        with closing(told):
            for message in told:
                if "refused" in message:
                    raise BadFile(**message["refused"])
                yield message["told"]
    except confined.Exceeded:
        raise BadFile(reason="heavy", found=_NAMES[kind]) from None


def main(verb: str, kind: str, path: str, bounds: str) -> Iterator[dict[str, Any]]:
    """In the process: what is asked, or why the file is refused."""
    table = importlib.import_module(_READERS[FileKind(kind)], __package__)
    try:
        if verb == "look":
            yield {"told": table.look(Path(path), limits.of_text(bounds))}
        else:
            yield from _batches(table.rows(Path(path), limits.of_text(bounds)))
    except BadFile as refused:
        yield {"refused": dict(refused.facts)}
    except MemoryError:
        yield {"refused": {"reason": "heavy", "found": _NAMES[FileKind(kind)]}}


def _batches(rows: Iterator[Row]) -> Iterator[dict[str, Any]]:
    batch, weight = list[list[Any]](), 0
    for row in rows:
        batch.append(row.as_told())
        weight += sum(map(len, row.cells))
        if len(batch) == BATCH or weight > 1 << 20:
            yield {"told": batch}
            batch, weight = [], 0
    yield {"told": batch}
