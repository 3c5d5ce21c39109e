"""The parts of `./vssid demo` that can be tried without starting it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.environment import ROOT
from vssid.cli import addresses
from vssid.cli.boot import read_env_file
from vssid.cli.demo import command, environment
from vssid.infra.embedded import postgres

pytestmark = pytest.mark.process


@pytest.fixture
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))


@pytest.mark.usefixtures("_own_environment")
def test_its_secrets_are_made_once_and_kept_private(tmp_path: Path) -> None:
    environment.prepare(tmp_path, base_url="http://127.0.0.1:8001", database_url="postgresql:///a")
    first = read_env_file(tmp_path / "secrets.env")
    environment.prepare(tmp_path, base_url="http://127.0.0.1:8002", database_url="postgresql:///a")
    second = read_env_file(tmp_path / "secrets.env")
    assert (tmp_path / "secrets.env").stat().st_mode & 0o777 == 0o600
    assert first["VSSID_SECRET_KEY"] == second["VSSID_SECRET_KEY"]
    assert second["VSSID_BASE_URL"] == "http://127.0.0.1:8002"


def test_a_second_start_says_where_the_first_one_runs(tmp_path: Path) -> None:
    with (
        command._sole_owner(tmp_path, "http://127.0.0.1:8001"),
        pytest.raises(command.RunsAlready) as told,
        command._sole_owner(tmp_path, "http://127.0.0.1:8002"),
    ):
        pass
    assert str(told.value) == "http://127.0.0.1:8001"


def test_a_busy_port_is_told_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(command.Refused, match="--port"):
            command._refuse_busy_port("127.0.0.1", taken.getsockname()[1])


def test_postgres_starts_again_after_kill_9_with_spaces_in_its_path(tmp_path: Path) -> None:
    data = tmp_path / "a folder" / "pg"
    tmp_path.chmod(0o755)
    first = postgres.start(data, settings=postgres.THROWAWAY)
    try:
        assert postgres.start(data).pid == first.pid
        os.kill(first.pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(first.pid)])
        second = postgres.start(data, settings=postgres.THROWAWAY)
        assert second.pid != first.pid
        postgres.ensure_database(second, "vssid")
        postgres.ensure_database(second, "vssid")
    finally:
        postgres.stop(data)
    assert postgres.find(data) is None


def test_postgres_dies_with_the_process_that_started_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    data = tmp_path.resolve() / "pg"
    script = (
        "import sys, time; from pathlib import Path; from vssid.infra.embedded import postgres;"
        "print(postgres.start(Path(sys.argv[1]), die_with_parent=True).pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(data)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    server = postgres.Server(data, data, pid)
    assert postgres._ended(server, 20)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://localhost:8000"),
        ("::1", "http://localhost:8000"),
        ("0.0.0.0", "http://localhost:8000"),
        ("::", "http://localhost:8000"),
        ("localhost", "http://localhost:8000"),
        ("192.0.2.7", "http://192.0.2.7:8000"),
        ("2001:db8::7", "http://[2001:db8::7]:8000"),
        ("may-chu", "http://may-chu:8000"),
    ],
)
def test_a_browser_here_calls_this_machine_by_the_name_that_passkeys_need(host, url):
    assert addresses.as_browsed(host, 8000) == url


def test_a_server_listens_where_the_name_points_to():
    assert addresses.listening("localhost") in ("127.0.0.1", "::1")
    assert addresses.listening("192.0.2.7") == "192.0.2.7"
    with pytest.raises(addresses.UnknownHost, match="x" * 70):
        addresses.listening("x" * 70)  # refused before any network is asked


def test_the_demo_refuses_a_host_nobody_knows_in_a_sentence():
    with pytest.raises(command.Refused, match="địa chỉ IP"):
        command._refuse_busy_port("x" * 70, 8000)
