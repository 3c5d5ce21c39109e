"""What is half-made is not made: the embedded PostgreSQL's folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from vssid.infra.embedded import clusters, postgres

pytestmark = pytest.mark.process

START = """
import sys
from pathlib import Path
from vssid.infra.embedded import postgres
postgres.start(Path(sys.argv[1]))
"""


def test_a_first_start_that_is_killed_while_it_makes_the_folder_goes_on_the_next_time(tmp_path: Path) -> None:
    data = tmp_path / "pg"
    making = tmp_path / "pg.making"
    # The group goes as a whole, as when a machine is switched off: initdb would tidy up after a mere signal.
    first = subprocess.Popen([sys.executable, "-c", START, str(data)], start_new_session=True)
    deadline = time.monotonic() + 60
    while not (making / "PG_VERSION").exists():
        assert time.monotonic() < deadline, "initdb did not begin"
        assert not data.exists()
        time.sleep(0.002)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert not data.exists()
    server = postgres.start(data, settings=postgres.THROWAWAY)
    try:
        with psycopg.connect(server.url("postgres")) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        postgres.stop(data)
    assert not making.exists()


def test_an_empty_folder_is_filled_and_one_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine")
    with pytest.raises(postgres.CannotStart, match="không phải kho PostgreSQL"):
        postgres.start(tmp_path / "other")
    assert (tmp_path / "other" / "thesis.txt").read_text() == "mine"
    (tmp_path / "empty").mkdir()
    postgres.start(tmp_path / "empty", settings=postgres.THROWAWAY)
    postgres.stop(tmp_path / "empty")


def test_a_folder_of_another_version_or_half_made_before_is_named_with_what_to_do(tmp_path: Path) -> None:
    data = tmp_path / "pg"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(postgres.CannotStart) as older:
        postgres.start(data)
    for words in ("PostgreSQL 16", f"là {clusters.version()}", "backup.md", f"rm -r {data}"):
        assert words in str(older.value)
    (data / "PG_VERSION").write_text(f"{clusters.version()}\n")
    with pytest.raises(postgres.CannotStart, match="mới tạo dở"):
        postgres.start(data)
    shutil.rmtree(data)
    assert postgres.find(data) is None


def test_the_log_tells_no_value_of_a_key(tmp_path: Path) -> None:
    server = postgres.start(tmp_path / "pg", settings=postgres.THROWAWAY)
    try:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE TABLE person (code text PRIMARY KEY)")
            connection.execute("INSERT INTO person VALUES ('3199000001')")
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO person VALUES ('3199000001')")
    finally:
        postgres.stop(tmp_path / "pg")
    log = (tmp_path / "pg.log").read_text()
    assert "duplicate key value" in log
    assert "3199000001" not in log


def test_a_start_waits_for_the_backends_of_a_killed_server_whatever_they_say_last(tmp_path):
    log = tmp_path / "pg.log"
    before = "FATAL:  pre-existing shared memory block is still in use\n"
    log.write_text(f"{before}{before}FATAL:  terminating connection due to unexpected postmaster exit\n")
    ended = subprocess.Popen(["false"])
    ended.wait()
    assert postgres._wait_ready(ended, tmp_path, log, told=len(before), last_try=False) is False
    with pytest.raises(postgres.CannotStart):  # what an earlier start said does not count
        postgres._wait_ready(ended, tmp_path, log, told=2 * len(before), last_try=False)
