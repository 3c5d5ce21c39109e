"""The readers of a record without a web server: pgbench with the statement of the short path, prepared."""

from __future__ import annotations

import math
import os
import re
import subprocess
from datetime import datetime
from pathlib import Path

from bench.load import Load
from bench.people import Sample, secret_hash, token
from vssid.infra.embedded import process_user

OPTIONS = "-c plan_cache_mode=force_generic_plan -c jit=off -c timezone=UTC"


def run(sample: Sample, now: datetime, *, seconds: float, connections: int) -> Load:
    """Read records of random people of the sample for some seconds; sessions as renewed at `now`.

    pgbench knows whole seconds only: for less, each connection reads some records.
    """
    folder = sample.place.folder
    script = folder / "record.sql"
    script.write_text(_script(sample, now))
    command = [str(process_user.binary("pgbench")), "-n", "-M", "prepared", "-c", str(connections)]
    command += ["-j", str(min(2, connections)), *_long(seconds), "-f", str(script), "-U", "postgres"]
    command += ["-h", str(sample.place.server.sockets), "--log", f"--log-prefix={folder / 'pgbench-log'}"]
    done = subprocess.run(  # noqa: S603
        [*command, sample.place.name],
        env=os.environ | {"PGOPTIONS": OPTIONS},
        capture_output=True,
        text=True,
        check=False,
    )
    match = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    if done.returncode or not match:
        raise RuntimeError(f"pgbench: {done.stderr[-500:]}")
    return _load(folder, float(match[1]))


def _long(seconds: float) -> list[str]:
    return ["-T", str(int(seconds))] if seconds >= 1 else ["-t", str(math.ceil(seconds * 100))]


def _load(folder: Path, per_second: float) -> Load:
    waits: list[float] = []
    for path in folder.glob("pgbench-log.*"):
        waits += (int(line.split()[2]) / 1000 for line in path.read_text().splitlines())
        path.unlink()
    waits.sort()
    p50, p99 = (waits[int(len(waits) * share)] for share in (0.5, 0.99))
    return Load(len(waits), len(waits) / per_second, 0, p50, p99, 0)


def _script(sample: Sample, now: datetime) -> str:
    """The statement in pgbench's words."""
    from vssid.domain.accounts.sign_in import session_query
    from vssid.domain.record import statement

    given = session_query.parameters(token(sample.first), now=now)
    assert given is not None
    values = {name: f"'{value}'::timestamptz" for name, value in given.items() if isinstance(value, datetime)}
    days = statement.days(now)
    values |= {"today": f"'{days['today']}'::date"}
    values |= {name: str(days[name]) for name in ("soon", "stop_month")}
    values |= {"person_id": ":person_id", "session_id": "lpad(to_hex(:person_id::bigint), 32, '0')::uuid"}
    values |= {"secret_hash": f"'\\x{secret_hash().hex()}'::bytea"}
    pick = f"\\set person_id {sample.first} + {sample.step} * random(0, {sample.count - 1})"
    return f"{pick}\n{(statement.WITH_SESSION % values).strip()};\n"
