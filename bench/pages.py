"""`pages`: the card page and the participation page through the real server, against pgbench.

The baseline reads the same people's records without a web server, as in `record`.
"""

from __future__ import annotations

import html
import random
from typing import Any

from bench import load, people, pgbench
from bench.harness import Bench
from bench.load import Load
from bench.record import CONNECTIONS
from bench.rows import Row, Target, row

PATHS = {"home page": "/", "card page": "/the", "participation page": "/qua-trinh"}
CHECKED = 20  # people whose pages are looked into before each run
ENOUGH = 500
SHARE = 0.03


def measure(bench: Bench) -> list[Row]:
    """Pages a second, waits and errors of each page."""
    sample, seconds = bench.sample, bench.options.seconds
    tokens, port = sample.tokens(), bench.port
    rounds: list[tuple[Load, dict[str, Load]]] = []
    for _ in bench.rounds("pages", 5):
        now = sample.renew()
        _check(port, sample)
        base = pgbench.run(sample, now, seconds=seconds, connections=CONNECTIONS)
        seen = {
            name: load.run(port, path, tokens, seconds=seconds, connections=CONNECTIONS, only=200)
            for name, path in PATHS.items()
        }
        rounds.append((base, seen))
    return [made for name in PATHS for made in _rows(name, rounds)]


def _rows(name: str, rounds: list[tuple[Load, dict[str, Load]]]) -> list[Row]:
    bases = [base.per_second for base, _ in rounds]
    seen = [pages[name] for _, pages in rounds]
    rates = row(name, "pages/s", [run.per_second for run in seen], bases)
    assert rates.baseline is not None
    # "500 pages/s or 0.03 of pgbench, whichever is lower"
    by_share = rates.baseline * SHARE < ENOUGH
    target = Target("ratio", "≥", SHARE) if by_share else Target("value", "≥", ENOUGH)
    return [
        row(name, "pages/s", [run.per_second for run in seen], bases, target),
        row(f"{name} p99", "ms", [run.p99_ms for run in seen]),
        row(
            f"{name} errors",
            "answers",
            [float(sum(run.errors for run in seen))],
            target=Target("value", "=", 0),
        ),
    ]


def _check(port: int, sample: people.Sample) -> None:
    """The pages of some people hold what the register says of them."""
    with sample.place.connect() as connection:
        for person_id in random.sample(sample.ids, min(CHECKED, sample.count)):
            name, employer = _facts(connection, person_id)
            status, _, card = people.ask(port, PATHS["card page"], person_id)
            assert status == 200, status
            assert html.escape(name.upper()) in card, person_id
            status, _, periods = people.ask(port, PATHS["participation page"], person_id)
            assert status == 200, status
            assert html.escape(employer) in periods, person_id


def _facts(connection: Any, person_id: int) -> tuple[str, str]:
    """The name on a person's card and one employer who pays social insurance for them ("" for none)."""
    facts: tuple[str, str] = connection.execute(
        "SELECT CASE WHEN EXISTS (SELECT FROM participants_coverage WHERE person_id = %(id)s)"
        " THEN person.full_name ELSE '' END,"
        " coalesce((SELECT employer.name FROM participants_contribution period"
        " JOIN participants_employer employer ON employer.code = period.employer_code"
        " WHERE period.person_id = %(id)s AND period.scheme = 'bhxh'"
        " ORDER BY period.from_month DESC LIMIT 1), '')"
        " FROM participants_person person WHERE person.person_id = %(id)s",
        {"id": person_id},
    ).fetchone()
    return facts
