"""`./vssid bench` with small numbers: what it prints, and that its workloads work. Nothing here is timed."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import MagicMock

import pytest

from bench import growth, load, pgbench
from bench.harness import CannotRun
from bench.rows import Row, Target, row
from bench.walk_in.typist import H, K, M, Typist
from tests.environment import ROOT
from tests.faults.machines import clusters

pytestmark = pytest.mark.process

FIELDS = ["name", "value", "unit", "baseline", "ratio", "target", "met"]


def _bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("VSSID_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "vssid.cli", "bench", *arguments],
        env=own | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The rows of a run over few people and rows, by name."""
    folder = tmp_path_factory.mktemp("bench")
    folder.chmod(0o755)  # the embedded PostgreSQL may run as another user
    for data in (folder / "pg", folder / "growth" / "pg"):
        data.parent.mkdir(exist_ok=True)
        data.parent.chmod(0o755)
        clusters.lay_migrated(data)
    sizes = ["--people=500", "--rows=100", "--rounds=1", "--seconds=0.1", "--workers=1", f"--folder={folder}"]
    done = _bench("record", "growth", "import", "texts", "employers", "--json", *sizes)
    assert done.stdout.startswith("["), done.stderr[-2000:]
    rows = json.loads(done.stdout)
    assert [list(line) for line in rows] == [FIELDS] * len(rows)
    assert done.returncode == (1 if any(line["met"] is False for line in rows) else 0)
    assert not (folder / "growth").exists(), "it cleans up"
    return {line["name"]: line for line in rows}


def test_a_typists_seconds_are_keys_thoughts_and_hands_without_the_waiting() -> None:
    typist = Typist(MagicMock(url="http://desk/can-bo/quay?ho-so=1"))
    typist.scan("031190000001|")
    typist.command("g")
    typist.write("123456")
    typist.press("Enter")
    typist.beside(5)
    typist.until(lambda: None)
    assert (typist.keys, typist.keys_beside, typist.prepared, typist.hands) == (8, 5, 3, 2)
    assert typist.seconds == pytest.approx(13 * K + 3 * M + 2 * H)
    assert typist.addresses == {"/can-bo/quay"}


def test_it_reads_an_employers_file_lists_its_workers_and_plans_a_campaign(small: dict[str, Any]) -> None:
    assert small["employers file"]["ratio"] > 0
    assert small["employers list p95"]["ratio"] > 0
    assert small["employers campaign"]["ratio"] > 0


def test_it_sends_texts_with_and_without_what_is_written_of_gateways_and_caps(small: dict[str, Any]) -> None:
    assert small["texts"]["unit"] == "ms"
    assert small["texts"]["ratio"] > 0


def test_it_reads_records_through_the_real_server_without_an_error(small: dict[str, Any]) -> None:
    assert small["record errors"] == {
        "name": "record errors",
        "value": 0.0,
        "unit": "answers",
        "baseline": None,
        "ratio": None,
        "target": "value = 0",
        "met": True,
    }
    assert small["record"]["baseline"] > 0
    assert small["record"]["ratio"] > 0
    assert small["record"]["met"] is not None


def test_it_reads_a_register_that_was_multiplied_without_an_error(small: dict[str, Any]) -> None:
    for people in (50, 500):
        assert small[f"growth {people} errors"]["value"] == 0
        assert small[f"growth {people} disk"]["value"] > 1000


def test_it_imports_every_row_and_sets_that_against_copy(small: dict[str, Any]) -> None:
    assert small["import"]["unit"] == "rows/s"
    assert small["import"]["baseline"] > 0
    assert small["import memory"]["value"] > 10


class Slow(http.server.BaseHTTPRequestHandler):
    """Keeps count of what is asked for, and answers without haste."""

    protocol_version = "HTTP/1.1"
    asked: ClassVar[set[tuple[str | None, str | None]]] = set()

    def do_GET(self) -> None:
        self.asked.add((self.headers["Cookie"], self.headers["If-None-Match"]))
        time.sleep(0.02)
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"body")

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def slow() -> Iterator[int]:
    """The port of a server that is slow."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()
    Slow.asked.clear()


@pytest.mark.parametrize("seconds", [0.1, 1])
def test_who_makes_the_load_asks_as_each_person_and_counts_answers_and_errors(
    seconds: float, slow: int, tmp_path: Path
) -> None:
    tokens = tmp_path / "tokens.txt"
    tokens.write_text("lan tag")
    right = load.run(slow, "/", tokens, seconds=seconds, connections=2, only=200)
    assert (right.requests > 0, right.errors) == (True, 0)
    assert right.bytes > 4 * right.requests
    assert right.p99_ms >= right.p50_ms > 10
    for path, only in (("/gone", 0), ("/", 304)) if seconds < 1 else (("/gone", 0),):
        wrong = load.run(slow, path, tokens, seconds=seconds, connections=2, only=only)
        assert wrong.errors == wrong.requests > 0
    assert Slow.asked == {("vssid-session=lan", "tag")}


def test_what_takes_less_than_a_second_is_counted_otherwise() -> None:
    assert load.generator(0.5) == "python"
    assert pgbench._long(0.1) == ["-t", "10"]
    assert pgbench._long(5) == ["-T", "5"]


def test_an_unknown_workload_is_refused() -> None:
    done = _bench("recrod", "--json")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "recrod" in done.stderr


def test_a_register_that_the_disk_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="--people"):
        growth._room(tmp_path, [10**12])


def test_each_size_of_a_growing_register_is_ten_times_the_one_before() -> None:
    assert growth._counts(2_000_000) == [20_000, 200_000, 2_000_000]
    assert growth._counts(500) == [50, 500]


def test_it_lists_the_workloads() -> None:
    listed = _bench("--list").stdout
    assert all(
        name in listed for name in ("record", "pages", "sign_in", "import", "growth", "form01", "photo")
    )


def test_a_row_is_a_median_and_its_ratio_that_of_neighbouring_runs() -> None:
    made = row("import", "rows/s", [1.0, 9.0, 4.0], [2.0, 9.0, 10.0], Target("ratio", "≥", 0.4))
    assert (made.value, made.low, made.high, made.baseline, made.ratio) == (4.0, 1.0, 9.0, 9.0, 0.5)


@pytest.mark.parametrize(
    ("target", "met"),
    [
        (Target("ratio", "≥", 0.5), True),
        (Target("ratio", "≥", 0.51), False),
        (Target("value", "<", 4), False),
        (Target("value", "≤", 4), True),
        (Target("value", "=", 0), False),
        (None, None),
    ],
)
def test_a_target_is_of_the_value_or_of_the_ratio(target: Target | None, met: bool | None) -> None:
    assert Row("x", 4.0, "ms", 4.0, 4.0, baseline=8.0, ratio=0.5, target=target).met is met
