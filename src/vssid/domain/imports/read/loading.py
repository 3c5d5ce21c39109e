"""A file into the staging table of its run: as it is where that may be, else row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..files.sources import Source
from ..importer import Importer, Seal
from . import copy_unread, row_by_row, staging
from .row_by_row import Refuse
from .staging import Tell
from .written_days import Order


@dataclass(frozen=True, slots=True)
class Loaded:
    """Rows read; `checked`: every cell in staging is known to be good."""

    rows: int
    checked: bool


def load(
    cursor: Any,
    run_id: int,
    importer: Importer,
    source: Source,
    *,
    seal: Seal,
    refuse: Refuse,
    leave_out: Refuse,
    progress: Tell,
    order: Order = Order.UNSAID,
) -> Loaded:
    """COPY the rows; unreadable ones go to `refuse(line, field, code)`, rows done of all to `progress`.

    What stands aside and cannot be read goes to `leave_out(line, field, code)` alone.

    `order` is how the days of the file are meant. Raises BadFile where it is in doubt and was not said.
    """
    staging.create(cursor, run_id, importer)
    read = None if order else copy_unread.copy(cursor, run_id, importer, source, progress)
    if read is not None:
        return Loaded(read, True)
    staging.create(
        cursor, run_id, importer
    )  # anew: what was copied and taken back may have been a sensitive cell
    read = row_by_row.copy(
        cursor,
        run_id,
        importer,
        source,
        seal=seal,
        refuse=refuse,
        leave_out=leave_out,
        progress=progress,
        order=order,
    )
    return Loaded(read, False)
