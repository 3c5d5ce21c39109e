"""What directors read, and the count it comes from, which must equal what the applications say."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from bench.office import desk
from bench.office.staff import DIRECTOR, Officer
from bench.place import Place

PAGES = {
    "funnel": "",
    "progress": "/tien-do",
    "trend": "/xu-huong",
    "ranking": "/xep-hang",
    "ageing": "/dang-ton",
    "refusals": "/tu-choi",
    "deciding": "/thoi-gian",
    "texts": "/tin-nhan",
    "files": "/ho-so",
}
YEAR = timedelta(days=364)
# By office what the summaries say and what the applications say, as rows that must be equal.
_SUMMED = """
SELECT office_code, what, sum(files)::bigint FROM reports_tally WHERE kind = 'event'
GROUP BY 1, 2 ORDER BY 1, 2
"""
_SLOWLY = """
SELECT office_id, what, count(*) FROM registration_application,
    unnest(ARRAY['sent', CASE WHEN form_received_at IS NOT NULL THEN 'handed_in' END,
        CASE WHEN closed_at IS NOT NULL THEN state END]) what
WHERE what IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""


def recount(here: Place) -> float:
    """Seconds of one whole count. Raises AssertionError where it differs from the applications."""
    command = here.python("-m", "bench.office.recount")
    done = subprocess.run(command, env=here.environment(), check=True, capture_output=True, text=True)  # noqa: S603
    with here.connect() as connection:
        assert _said(connection, _SUMMED) == _said(connection, _SLOWLY), "the count is not what there is"
    return float(done.stdout.split()[-1])


def _said(connection: Any, statement: str) -> list[tuple[str, str, int]]:
    rows: list[tuple[str, str, int]] = connection.execute(statement).fetchall()
    return rows


def read(port: int, officers: Sequence[Officer], *, seconds: float) -> dict[str, list[float]]:
    """Milliseconds of each report of a year, by directors in turn, one at a time."""
    directors = [officer for officer in officers if officer.role == DIRECTOR]
    today = datetime.now(UTC).date()
    year = urlencode({"tu": f"{today - YEAR:%d/%m/%Y}", "den": f"{today:%d/%m/%Y}"})
    paths = {f"report {name}": f"/can-bo/bao-cao{path}?{year}" for name, path in PAGES.items()}
    return desk.in_turn(port, directors, lambda: paths, seconds=seconds)
