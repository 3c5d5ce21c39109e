"""`record`: people read their own record through the real server, against pgbench.

Granian with two workers, the embedded PostgreSQL and the load generator share this machine. pgbench runs the
same statement, prepared, with as many clients; both take turns.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench import load, people, pgbench
from bench.harness import Bench
from bench.load import Load
from bench.rows import Row, Target, row, turns

CONNECTIONS = 16
PATH = "/api/v1/me/record"
TAGGED = 500  # people whose records are asked for again
DECODED, TIMES = 100, 20  # records made into values, and how often in a round
LONG_AGO = timedelta(minutes=10)
Round = tuple[Load, Load, Load, Load]


def measure(bench: Bench) -> list[Row]:
    """Throughput, waits, errors; unchanged records and first reads of a visit apart; values for pages."""
    rounds = []
    for number in bench.rounds("record", 5):
        rounds.append(_round(bench, bench.sample.place.folder / "tagged.txt", first=not number))
    return [*_rows(rounds), _values(bench)]


def _values(bench: Bench) -> Row:
    """CPU time of making values of a record for a page, beside only reading its JSON."""
    from vssid.domain.record import decode, statement

    now = datetime.now(UTC)
    texts = [statement.of(person_id, now=now) for person_id in bench.sample.ids[:DECODED]]

    def values() -> None:
        for person_id, text in zip(bench.sample.ids, texts, strict=False):
            decode.read(text, person_id, now.date())

    def parsed() -> None:
        for text in texts:
            json.loads(text)

    made, base = turns(values, parsed, times=TIMES, rounds=bench.options.rounds or 5, clock=time.process_time)
    return row(
        "record as values", "ms", [total / DECODED for total in made], [total / DECODED for total in base]
    )


def _round(bench: Bench, tagged: Path, *, first: bool) -> Round:
    sample, seconds = bench.sample, bench.options.seconds
    now = sample.renew()
    tokens = sample.tokens()
    base = pgbench.run(sample, now, seconds=seconds, connections=CONNECTIONS)
    read = load.run(bench.port, PATH, tokens, seconds=seconds, connections=CONNECTIONS)
    if first:
        tagged.write_text("\n".join(_tagged(bench.port, person_id) for person_id in sample.ids[:TAGGED]))
    same = load.run(bench.port, PATH, tagged, seconds=seconds, connections=CONNECTIONS)
    sample.renew(seen_ago=LONG_AGO)
    visit = load.run(bench.port, PATH, tokens, seconds=seconds, connections=CONNECTIONS)
    return base, read, same, visit


def _rows(rounds: list[Round]) -> list[Row]:
    base = [run[0].per_second for run in rounds]
    errors = [sum(each.errors for each in run[1:]) for run in rounds]
    slow = [run[0].p99_ms for run in rounds]
    return [
        row(
            "record",
            "reads/s",
            [run[1].per_second for run in rounds],
            base,
            Target("ratio", "≥", 0.35),
        ),
        row("record p99", "ms", [run[1].p99_ms for run in rounds], slow, Target("value", "<", 20)),
        row("record p50", "ms", [run[1].p50_ms for run in rounds], [run[0].p50_ms for run in rounds]),
        row("record errors", "answers", [float(sum(errors))], target=Target("value", "=", 0)),
        row("record 304", "reads/s", [run[2].per_second for run in rounds], base),
        row("record first of a visit", "reads/s", [run[3].per_second for run in rounds], base),
        row("record size", "bytes", [run[1].bytes / run[1].requests for run in rounds]),
    ]


def _tagged(port: int, person_id: int) -> str:
    """Token and tag of a record that does not change; proves that asking again gives 304."""
    status, headers, _ = people.ask(port, PATH, person_id)
    tag = headers["ETag"]
    again, _, _ = people.ask(port, PATH, person_id, {"If-None-Match": tag})
    assert (status, again) == (200, 304), (status, again)
    return f"{people.token(person_id)} {tag}"
