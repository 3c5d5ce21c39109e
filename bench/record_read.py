"""`./vssid bench record`: people read their own record through the real server, against pgbench.

Granian with two workers, the embedded PostgreSQL and the load generator share this machine. pgbench runs the
same statement, prepared, with as many clients; both take turns, and medians are compared.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import load

PEOPLE = 20_000
CONNECTIONS = 16
WORKERS = 2
SECONDS = 5
ROUNDS = 5
SECRET = "only-for-the-benchmark"
TAGGED = 500  # people whose records are asked for again
Say = Callable[[str], None]
Row = dict[str, Any]
UNUSABLE = "argon2$argon2id$v=19$m=102400,t=2,p=8$bm8$bm8"


def measure(root: Path, say: Say) -> list[Row]:
    """One row a figure: name, value, unit, baseline, ratio, target, met."""
    folder = root / ".cache" / "bench-record"
    with _server(folder) as (port, database):
        people = _people(folder, say)
        tokens = folder / "tokens.txt"
        tokens.write_text("\n".join(_token(person) for person in people))
        tagged = folder / "tagged.txt"
        script = folder / "record.sql"
        rounds = []
        for number in range(ROUNDS):
            say(f"Lượt {number + 1}/{ROUNDS}")
            now = _renew_sessions(timedelta())
            script.write_text(_pgbench_script(now, people[0], people[-1]))
            base = _pgbench(script, database)
            read = load.run(port, tokens, seconds=SECONDS, connections=CONNECTIONS)
            if not number:
                tagged.write_text("\n".join(_tagged(port, person) for person in people[:TAGGED]))
            same = load.run(port, tagged, seconds=SECONDS, connections=CONNECTIONS)
            _renew_sessions(timedelta(minutes=10))
            first = load.run(port, tokens, seconds=SECONDS, connections=CONNECTIONS)
            rounds.append((base, read, same, first))
    return _rows(rounds)


def _rows(rounds: list[tuple[load.Load, ...]]) -> list[Row]:
    median = statistics.median
    base = median(one[0].per_second for one in rounds)
    slow = median(one[0].p99_ms for one in rounds)
    rates = [median(one[at].per_second for one in rounds) for at in (1, 2, 3)]
    ratio = median(one[1].per_second / one[0].per_second for one in rounds)
    p99 = median(one[1].p99_ms for one in rounds)
    errors = sum(each.errors for one in rounds for each in one[1:])
    return [
        _row("record", rates[0], "lượt/giây", base, ratio, "≥ 0.35", ratio >= 0.35),
        _row("record p99", p99, "ms", slow, p99 / slow, "< 20", p99 < 20),
        _row("record p50", median(one[1].p50_ms for one in rounds), "ms"),
        _row("record errors", errors, "lỗi", target="0", met=errors == 0),
        _row("record 304", rates[1], "lượt/giây", base, rates[1] / base),
        _row("record first of visit", rates[2], "lượt/giây", base, rates[2] / base),
        _row("record bytes", median(one[1].bytes / one[1].requests for one in rounds), "byte/lượt"),
    ]


def _row(
    name: str,
    value: float,
    unit: str,
    baseline: float | None = None,
    ratio: float | None = None,
    target: str = "",
    met: bool | None = None,
) -> Row:
    return {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "baseline": baseline and round(baseline, 1),
        "ratio": ratio and round(ratio, 3),
        "target": target,
        "met": met,
    }


@contextlib.contextmanager
def _server(folder: Path) -> Iterator[tuple[int, Any]]:
    """PostgreSQL with the people's tables and the web server before it; gives the port and the database."""
    from vssid.cli import boot, migrating
    from vssid.cli.demo import environment
    from vssid.infra import postgres

    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    database = postgres.start(folder / "pg", die_with_parent=True)
    try:
        postgres.ensure_database(database, "vssid")
        environment.prepare(folder, base_url=f"http://127.0.0.1:{port}", database_url=database.url())
        boot.django()
        migrating.migrate()
        migrating.collect_static()
        with _web(port, folder):
            yield port, database
    finally:
        postgres.stop(folder / "pg")


@contextlib.contextmanager
def _web(port: int, folder: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "vssid.cli", "serve", "--port", str(port), "--workers", str(WORKERS)]
    with (folder / "web.log").open("wb") as log:
        web = subprocess.Popen(  # noqa: S603
            command, stdout=log, stderr=log, env=os.environ | {"VSSID_DIE_WITH_PARENT": "1"}
        )
    try:
        _wait(port)
        yield
    finally:
        web.send_signal(signal.SIGTERM)
        web.wait(30)


def _wait(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            return
        time.sleep(0.2)
    raise RuntimeError("the web server does not answer; see web.log")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _people(folder: Path, say: Say) -> list[int]:
    """Person ids, one after another; loaded on the first run. Each has an account."""
    from django.db import connection

    from vssid.domain.participants.models import Person

    if Person.objects.count() < PEOPLE:
        say(f"Nạp {PEOPLE} người giả lập (chỉ lần đầu)")
        _load(folder)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_account (person_id, kind, login, display_name, password, created_at)"
            " SELECT person_id, 'citizen', bhxh_code, full_name, %s, now() FROM participants_person"
            " ON CONFLICT DO NOTHING",
            [UNUSABLE],
        )
    found = list(Person.objects.order_by("person_id").values_list("person_id", flat=True))
    assert found[-1] - found[0] + 1 == len(found), "pgbench picks people by number"
    return found


def _load(folder: Path) -> None:
    from datetime import date

    from vssid.cli import importing
    from vssid.cli.demo import people

    made = people.generate(folder / "import", PEOPLE, 2026, date(2026, 6, 1))
    known = importing.importers()
    for kind, path in made.files.items():
        report = importing.import_file(known[kind], path, sender="bench")
        assert not report.refused, report.error_file


def _renew_sessions(seen_ago: timedelta) -> datetime:
    """A session for everybody, last seen so long ago."""
    from django.db import connection
    from django.utils import timezone

    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE accounts_session")
        cursor.execute(
            "INSERT INTO accounts_session"
            " (person_id, id, secret_hash, created_at, rotated_at, seen_at, device)"
            " SELECT person_id, lpad(to_hex(person_id), 32, '0')::uuid, %s, %s, %s, %s, 'bench'"
            " FROM participants_person",
            [_hash(), now, now, now - seen_ago],
        )
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    return now


def _hash() -> bytes:
    return hashlib.sha256(SECRET.encode()).digest()


def _token(person_id: int) -> str:
    return f"{person_id}.{uuid.UUID(int=person_id).hex}.{SECRET}"


def _tagged(port: int, person_id: int) -> str:
    """Token and tag of a record that does not change; proves that asking again gives 304."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port)
    cookie = {"Cookie": f"vssid-session={_token(person_id)}"}
    connection.request("GET", load.PATH, headers=cookie)
    first = connection.getresponse()
    first.read()
    tag = first.headers["ETag"]
    connection.request("GET", load.PATH, headers=cookie | {"If-None-Match": tag})
    again = connection.getresponse()
    again.read()
    connection.close()
    assert (first.status, again.status) == (200, 304), (first.status, again.status)
    return f"{_token(person_id)} {tag}"


def _pgbench_script(now: datetime, first: int, last: int) -> str:
    """The statement of the short path, in pgbench's words."""
    from vssid.domain.accounts import held
    from vssid.domain.cards import record

    given = held.parameters(_token(first), now=now)
    assert given is not None
    values = {name: f"'{value}'::timestamptz" for name, value in given.items() if isinstance(value, datetime)}
    days = record.days(now)
    values |= {"today": f"'{days['today']}'::date"}
    values |= {name: str(days[name]) for name in ("soon", "stop_month")}
    values |= {"person_id": ":person_id", "session_id": "lpad(to_hex(:person_id::bigint), 32, '0')::uuid"}
    values |= {"secret_hash": f"'\\x{_hash().hex()}'::bytea"}
    return f"\\set person_id random({first}, {last})\n{(record.HELD % values).strip()};\n"


def _pgbench(script: Path, database: Any) -> load.Load:
    """The same readers without a web server."""
    from vssid.infra import process_user

    command = [str(process_user.binary("pgbench")), "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", "2"]
    command += ["-T", str(SECONDS), "-f", str(script), "-h", str(database.sockets), "-U", "postgres", "vssid"]
    command += ["--log", f"--log-prefix={script.with_name('pgbench-log')}"]
    done = subprocess.run(  # noqa: S603
        command,
        env=os.environ | {"PGOPTIONS": "-c plan_cache_mode=force_generic_plan -c jit=off -c timezone=UTC"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    if done.returncode or not found:
        raise RuntimeError(f"pgbench: {done.stderr[-500:]}")
    waits: list[float] = []
    for path in script.parent.glob("pgbench-log.*"):
        waits += (int(line.split()[2]) / 1000 for line in path.read_text().splitlines())
        path.unlink()
    waits.sort()
    p50, p99 = (waits[int(len(waits) * share)] for share in (0.5, 0.99))
    return load.Load(len(waits), len(waits) / float(found[1]), 0, p50, p99, 0)
