"""A CSV straight into staging, where PostgreSQL reads it as we do and every cell is good as it stands."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import transaction
from psycopg import sql

from ..check import checking
from ..files import csv_files
from ..files.sources import CHUNK, FileKind, Source
from ..importer import Importer
from . import days_unread
from .staging import Tell, table_name

# What str.strip() takes away, for btrim().
_SPACE = "".join(chr(number) for number in range(0x3001) if chr(number).isspace())


class _MustBeRead(Exception):
    """The file, or a cell of it, is not such that it may stay as it is."""


def copy(cursor: Any, run_id: int, importer: Importer, source: Source, progress: Tell) -> int | None:
    """The bytes of the file into staging, and how many rows they are; None where it is to be read row by row.

    PostgreSQL refuses a row with another number of cells as a whole file; a line break within a cell makes
    fewer rows than lines; a cell that its column does not take as it stands may be one that was written in
    another way, or is to be refused with its neighbours.
    """
    look, columns = source.look, {column.name: column for column in importer.columns}
    file_columns = [columns[name] for name in source.header if name in columns]
    if source.kind is not FileKind.CSV or not (
        look.is_sure and look.is_composed and look.is_plain and source.header_line == 1
    ):
        return None
    if (
        len(file_columns) != len(source.header)
        or len(file_columns) == 1
        or not all(column.cell for column in file_columns)
    ):
        return None
    try:
        with transaction.atomic():
            read = _copy_bytes(cursor, run_id, source, [column.cell for column in file_columns], progress)
            if read != look.lines - 1 or checking.has_bad_cell(cursor, run_id, importer):
                raise _MustBeRead
            if days_unread.may_be_turned(cursor, run_id, file_columns):
                raise _MustBeRead
    except (psycopg.DataError, _MustBeRead):
        return None
    return read


def _copy_bytes(cursor: Any, run_id: int, source: Source, names: list[str], progress: Tell) -> int:
    table, cells = sql.Identifier(table_name(run_id)), sql.SQL(", ").join(map(sql.Identifier, names))
    options = sql.SQL("(FORMAT csv, HEADER, DELIMITER {}, FORCE_NULL ({}))").format(source.delimiter, cells)
    done, expected = 0, source.look.lines - 1
    statement = sql.SQL("COPY {} ({}) FROM STDIN {}").format(table, cells, options)
    with csv_files.binary(source.path, source.gzipped) as file, cursor.copy(statement) as copy:
        while chunk := file.read(CHUNK):
            copy.write(chunk)
            done += len(chunk)
            progress(expected * done // source.size, expected)
    read = int(cursor.rowcount)
    if not source.look.is_tight:
        _trim(cursor, table, names)
    return read


def _trim(cursor: Any, table: sql.Identifier, names: list[str]) -> None:
    """Take space away from the edges of cells, as `str.strip` does."""
    trimmed = [
        sql.SQL("nullif(btrim({}, {}), '')").format(sql.Identifier(name), sql.Literal(_SPACE))
        for name in names
    ]
    cells = sql.SQL(", ").join(map(sql.Identifier, names))
    cursor.execute(
        sql.SQL("UPDATE {} SET ({}) = ROW ({}) WHERE ({}) IS DISTINCT FROM ({})").format(
            table, cells, sql.SQL(", ").join(trimmed), cells, sql.SQL(", ").join(trimmed)
        )
    )
