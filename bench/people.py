"""Synthetic people loaded by the real import, and a sample of them who are signed in."""

from __future__ import annotations

import hashlib
import http.client
import json
import math
import subprocess
import threading
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from bench.place import Place

SEED = 2026
TODAY = date(2026, 6, 1)
SECRET = "only-for-the-benchmark"
UNUSABLE = "argon2$argon2id$v=19$m=102400,t=2,p=8$bm8$bm8"
MOST_SIGNED_IN = 100_000
Say = Callable[[str], None]


@dataclass(frozen=True)
class Imported:
    """What one import took. `peak_mb`: the most memory of the process and its children."""

    seconds: float
    peak_mb: float
    read: int
    new: int
    same: int


def import_file(place: Place, kind: str, path: Path) -> Imported:
    """Import a file as `./vssid import` does, in a process of its own. Nothing may be refused."""
    return import_files(place, {kind: path})[0]


def import_files(place: Place, files: Mapping[str, Path]) -> list[Imported]:
    """Import files of several kinds in one process, in this order; the peak is that of all so far."""
    process = subprocess.Popen(  # noqa: S603
        place.python("-m", "bench.import_file", *(f"{kind}={path}" for kind, path in files.items())),
        env=place.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    peak = _Peak(process.pid)
    told, _ = process.communicate()
    most = peak.end()
    if process.returncode:
        raise RuntimeError(f"the import of {', '.join(files)} failed")
    return [_imported(json.loads(line), most) for line in told.splitlines() if line.startswith("{")]


def _imported(told: dict[str, Any], most: float) -> Imported:
    assert not told.pop("refused"), "rows were refused"
    return Imported(peak_mb=max(told.pop("peak_mb"), most), **told)


class _Peak:
    """Watches the resident memory of a process and of those it starts."""

    def __init__(self, pid: int) -> None:
        self._process, self._most = psutil.Process(pid), 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            try:
                family = [self._process, *self._process.children(recursive=True)]
                self._most = max(self._most, sum(process.memory_info().rss for process in family) / 1e6)
            except psutil.Error:
                continue

    def end(self) -> float:
        """The most that was seen, in MB."""
        self._over.set()
        self._thread.join()
        return self._most


def load(place: Place, people: int, say: Say) -> None:
    """So many people with all their records; nothing when they are there."""
    from vssid.cli.demo.invented import people as generator

    loaded = place.folder / "loaded"
    if loaded.is_file():
        return
    say(f"Nạp {people} người giả lập (chỉ lần đầu)")
    made = generator.generate(place.folder / "import", people, SEED, TODAY)
    # Merges would leave gaps in the numbers by which people are picked.
    import_files(place, {kind: path for kind, path in made.files.items() if kind != "merges"})
    loaded.touch()


@dataclass(frozen=True)
class Sample:
    """Every `step`-th person from `first` on: those who have an account and a session."""

    place: Place
    first: int
    step: int
    count: int

    @property
    def ids(self) -> range:
        """Their numbers."""
        return range(self.first, self.first + self.step * self.count, self.step)

    def tokens(self) -> Path:
        """A file with the cookie of each, one a line."""
        path = self.place.folder / "tokens.txt"
        path.write_text("\n".join(map(token, self.ids)))
        return path

    def renew(self, seen_ago: timedelta = timedelta()) -> datetime:
        """A fresh session for each, last seen so long ago; gives the present moment."""
        now = datetime.now(UTC)
        with self.place.connect() as connection:
            connection.execute("TRUNCATE accounts_session")
            connection.execute(
                "INSERT INTO accounts_session"
                " (person_id, id, secret_hash, created_at, rotated_at, seen_at, device)"
                " SELECT n, lpad(to_hex(n), 32, '0')::uuid, %s, %s, %s, %s, 'bench'"
                " FROM generate_series(%s::bigint, %s, %s) n",
                [secret_hash(), now, now, now - seen_ago, self.first, self.ids[-1], self.step],
            )
            connection.execute("VACUUM ANALYZE accounts_session")
            connection.execute("CHECKPOINT")
        return now


def sign_in(place: Place) -> Sample:
    """Accounts for people spread over the whole register, at most MOST_SIGNED_IN."""
    with place.connect() as connection:
        first, last, count = connection.execute(
            "SELECT min(person_id), max(person_id), count(*) FROM participants_person"
        ).fetchone()
        assert last - first + 1 == count, (
            f"people are picked by number; remove {place.folder} and the database"
        )
        step = _step(count)
        sample = Sample(place, first, step, (count - 1) // step + 1)
        connection.execute(
            "INSERT INTO accounts_account (person_id, kind, login, display_name, password, created_at)"
            " SELECT person_id, 'citizen', bhxh_code, full_name, %s, now() FROM participants_person"
            " WHERE (person_id - %s) %% %s = 0 ON CONFLICT DO NOTHING",
            [UNUSABLE, first, step],
        )
        connection.execute("VACUUM ANALYZE")
    return sample


def _step(count: int) -> int:
    """Shares no factor with the size of the block that growth copies, so that all kinds of people come."""
    step = max(1, math.ceil(count / MOST_SIGNED_IN))
    while math.gcd(step, count) > 1 and count > 1:
        step += 1
    return step


def secret_hash() -> bytes:
    """What the sessions keep of the secret."""
    return hashlib.sha256(SECRET.encode()).digest()


def token(person_id: int) -> str:
    """The session cookie of a person."""
    return f"{person_id}.{uuid.UUID(int=person_id).hex}.{SECRET}"


def ask(port: int, path: str, person_id: int, headers: dict[str, str] | None = None) -> tuple[int, Any, str]:
    """One GET as this person: status, headers, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request(
        "GET", path, headers={"Cookie": f"vssid-session={token(person_id)}", **(headers or {})}
    )
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, body
