"""Keep the roster: straight from the register, anew after each file. Only rows that differ are written."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

from vssid.domain.imports import queries as imports
from vssid.infra.database.patience import unhurried
from vssid.infra.database.replacing import replace
from vssid.kernel.calendar import local_day

from ..models.roster import RosterCount

LOCK = 0x5EB1
TABLE = "reports_worker"
_ONLY = 1
# Files that say who works where, and what somebody is called.
_KINDS = ("participation", "people", "merges")
# How far the files of each worker came, from a table of persons and stages; reads the workers whole, and
# writes by their key.
_STAGES = """
UPDATE reports_worker w SET stage = n.stage
FROM (
  SELECT x.person_id, x.employer_code, coalesce(r.stage, 0) AS stage FROM reports_worker x
  LEFT JOIN {reached} r ON r.person_id = x.person_id
) n
WHERE w.person_id = n.person_id AND w.employer_code = n.employer_code AND w.stage <> n.stage
"""


@lru_cache(maxsize=4)
def sql(name: str) -> str:
    """A statement of the roster, from its file."""
    return (files("vssid.domain.employers.roster") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def is_behind() -> bool:
    """Did a file come in, or was one undone, since the roster was made?"""
    runs = _runs()
    return "participation" in runs and runs != _count()


def refresh(now: datetime) -> bool:
    """Make the roster anew, in one transaction: who left drops out, who joined appears.

    False without a file of contributions: then it stays as it is. Reads all contributions, which takes
    minutes in a whole country, so it is no work for a request.
    """
    with unhurried() as cursor:
        # Of two that make it at once the second waits, and then finds nothing to write.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        newest, runs = imports.last_done("participation"), _runs()
        if newest is None:
            return False
        cursor.execute(sql("workers"), {"month": local_day(newest.started_at).replace(day=1)})
        replace(cursor, TABLE, "employers_roster", ("person_id", "employer_code"), ("sort_name",))
        RosterCount.objects.update_or_create(id=_ONLY, defaults={"runs": runs, "as_of": now})
    return True


def take_stages(cursor: Any, reached: str) -> None:
    """Note how far each worker came: `reached` is the name of a table of `person_id` and `stage`.

    Whose files went (merged, erased) falls back to nothing.
    """
    cursor.execute(_STAGES.format(reached=reached))


def as_of() -> datetime | None:
    """The moment of the roster; None before the first."""
    return RosterCount.objects.filter(id=_ONLY).values_list("as_of", flat=True).first()


def _count() -> dict[str, int] | None:
    return RosterCount.objects.filter(id=_ONLY).values_list("runs", flat=True).first()


def _runs() -> dict[str, int]:
    newest = {kind: imports.last_done(kind) for kind in _KINDS}
    return {kind: run.run_id for kind, run in newest.items() if run is not None}
