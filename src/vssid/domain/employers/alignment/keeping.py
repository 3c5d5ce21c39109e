"""Keep what differs: both sides compared by one statement, anew after each file of either side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files as beside
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from vssid.infra.database.replacing import replace
from vssid.kernel.text import same_name

from ..corrections import vanishing
from ..models.own_file import Given, OwnFile
from ..models.roster import RosterCount
from ..own_file.matching import counting, with_matches
from ..roster import refreshing
from .kinds import Kind

# What was given of who left stays so long: a file of the register may be mended meanwhile.
KEPT = timedelta(days=30)
_COLUMNS = ("employer_code", "kind", "about", "sort_name", "person_id", "subject_id", "line")
_FRESH = """
CREATE TEMPORARY TABLE employers_found (
  employer_code text, kind text, about text, sort_name text, person_id bigint, subject_id bigint, line int
) ON COMMIT DROP
"""
# Of who is no worker there any more, or is again; by the key of workers.
_LEFT = """
UPDATE employers_given g SET left_at = CASE WHEN n.works THEN NULL ELSE %s END
FROM (
  SELECT x.person_id, x.employer_code, EXISTS (
    SELECT 1 FROM reports_worker w WHERE w.person_id = x.person_id AND w.employer_code = x.employer_code
  ) AS works FROM employers_given x
) n
WHERE n.person_id = g.person_id AND n.employer_code = g.employer_code AND n.works = (g.left_at IS NOT NULL)
"""


def align(employer: str, files: Sequence[int], *, now: datetime) -> None:
    """Compare the files that count with the register, in the caller's transaction or one of its own.

    What is no more drops out, with what HR said of it, and ends the request that was sent about it; the rest
    stays as it was said.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(with_matches(_differences()), {"employer": employer, "files": list(files)})
        found = [row[:6] for row in cursor.fetchall() if not _is_spelling(row)]
        cursor.execute(_FRESH)
        _copy(cursor, employer, found)
        scope = f"t.employer_code = '{_code(employer)}'"
        replace(cursor, "employers_difference", "employers_found", _COLUMNS[:3], _COLUMNS[3:], scope=scope)
        vanishing.close_gone(employer, now=now)


def is_behind() -> bool:
    """Was the roster made anew since?"""
    return RosterCount.objects.filter(Q(aligned_at=None) | Q(aligned_at__lt=F("as_of"))).exists()


def align_all(now: datetime) -> None:
    """Compare anew for each employer that gave a file, and forget what was given of who left long ago."""
    made_at = refreshing.as_of()
    taken = OwnFile.objects.filter(state=OwnFile.State.TAKEN).order_by("employer_code")
    for employer in list(taken.values_list("employer_code", flat=True).distinct()):
        align(employer, counting(employer), now=now)
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [now])
    Given.objects.filter(left_at__lt=now - KEPT).delete()
    RosterCount.objects.update(aligned_at=made_at)


@lru_cache(maxsize=1)
def _differences() -> str:
    text = beside("vssid.domain.employers.alignment") / "sql" / "differences.sql"
    return text.read_text(encoding="utf-8")


def _is_spelling(row: tuple[Any, ...]) -> bool:
    """Two names that are one, typed otherwise (Hòa, Hoà)."""
    return row[0] == Kind.NAME and same_name(row[6], row[7])


def _copy(cursor: Any, employer: str, found: list[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY employers_found ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
        for row in found:
            copy.write_row((employer, *row))


def _code(employer: str) -> str:
    """An employer's code, which is letters and digits, to stand in a statement."""
    if not (employer.isascii() and employer.isalnum()):
        raise ValueError("not the code of an employer")
    return employer
