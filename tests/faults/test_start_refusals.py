"""`serve`, `worker`, `migrate` and `check` say in one sentence why the database cannot be used."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from tests.environment import ROOT
from tests.faults.machines import network, servers
from tests.making import programs
from tests.ports import free_port
from vssid.cli.database import sentence
from vssid.infra.database import start
from vssid.infra.embedded import postgres, process_user

pytestmark = pytest.mark.faults
OLD = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture(autouse=True)
def unguarded(django_db_blocker):
    """These tests have servers of their own and leave the shared one alone."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def server(ground):
    """A server that asks anna for her password, lets no one into `closed`, and bars one user."""
    with servers.running(ground / "pg") as running:
        with psycopg.connect(running.url("postgres"), autocommit=True) as link:
            link.execute("CREATE ROLE anna LOGIN PASSWORD 'right#word'")
            link.execute("CREATE ROLE barred LOGIN")
            link.execute("CREATE DATABASE full_house CONNECTION LIMIT 0")
            link.execute("CREATE DATABASE closed")
            link.execute("REVOKE CONNECT ON DATABASE closed FROM PUBLIC")
            (ground / "pg" / "pg_hba.conf").write_text(
                "local all barred reject\nlocal all anna scram-sha-256\nlocal all all trust\n"
            )
            link.execute("SELECT pg_reload_conf()")
        yield running


def at(server: postgres.Server, user: str = "postgres", name: str = "postgres") -> str:
    return f"postgresql://{user}@/{name}?host={quote(str(server.sockets), safe='/')}"


def refusal(url: str) -> tuple[str, str]:
    """The code, and the sentence an operator reads."""
    with servers.used(url), pytest.raises(start.Unfit) as unfit:
        start.look()
    return unfit.value.code, sentence(unfit.value)


@pytest.mark.parametrize(
    ("user", "name", "code", "said"),
    [
        ("anna:wrong", "postgres", "password", "không nhận mật khẩu của người dùng anna"),
        ("anna", "postgres", "password", "không nhận mật khẩu của người dùng anna"),
        ("postgres", "vsid", "database", "không có cơ sở dữ liệu vsid"),
        ("nobody_here", "postgres", "user", "không có người dùng nobody_here"),
        ("barred", "postgres", "not_admitted", "pg_hba.conf"),
        ("anna:right%23word", "closed", "not_admitted", "quyền"),
        ("anna:right#word", "full_house", "full", "hết chỗ"),
    ],
)
def test_what_the_server_refuses_is_named(server, user, name, code, said):
    reason, words = refusal(at(server, user, name))
    assert reason == code
    assert said in words
    assert "wrong" not in words
    assert "word" not in words
    assert "\n" not in words


def test_a_password_with_a_hash_is_let_in(server):
    with servers.used(at(server, "anna:right#word")):
        start.look()


def test_a_wrong_port_is_named():
    port = free_port()
    code, words = refusal(f"postgresql://u:secret@127.0.0.1:{port}/n")
    assert code == "refused"
    assert f"127.0.0.1:{port}" in words
    assert "secret" not in words


def test_a_folder_without_a_server_is_named(tmp_path):
    code, words = refusal(f"postgresql://u@/n?host={tmp_path}")
    assert code == "refused"
    assert str(tmp_path) in words


def test_a_machine_that_nobody_knows_is_named():
    code, words = refusal("postgresql://u:secret@khong-co.invalid/n")
    assert code == "name"
    assert "khong-co.invalid" in words


def test_a_port_that_takes_all_and_says_nothing_is_named(server):
    with network.before(server.sockets / postgres.SOCKET_NAME) as wire:
        wire.swallows = True
        code, words = refusal(f"postgresql://u@127.0.0.1:{wire.port}/n?connect_timeout=2")
    assert code == "silent"
    assert "tường lửa" in words


@pytest.mark.skipif(not OLD.is_dir(), reason="no PostgreSQL 15 here")
def test_a_server_that_is_too_old_is_refused_before_any_work(ground, monkeypatch):
    monkeypatch.setattr(process_user, "binary", lambda name: OLD / name)
    monkeypatch.setattr(postgres.subprocess, "run", _without_new_options(subprocess.run))
    old = postgres.start(ground / "old", settings=postgres.THROWAWAY)  # made by its own programs
    try:
        code, words = refusal(old.url("postgres"))
    finally:
        postgres.stop(ground / "old")
    assert code == "too_old"
    assert "16" in words
    assert "15" in words


def _without_new_options(run):
    """initdb of PostgreSQL 15 does not know the locales of 17."""

    def older(command, **options):
        return run(
            [part for part in command if "locale-provider" not in part and "builtin" not in part], **options
        )

    return older


@pytest.mark.parametrize("command", [["serve", "--port", "1"], ["worker"], ["migrate"], ["check"]])
@pytest.mark.parametrize("cause", ["user", "limits"])
def test_a_command_ends_with_the_sentence_alone(server, command, cause):
    url = {
        "user": at(server, "nobody_here"),
        "limits": at(server) + "&options=-c%20statement_timeout%3D0",
    }[cause]
    done = programs.run(
        [sys.executable, "-m", "vssid.cli", *command],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src"), "VSSID_DATABASE_URL": url},
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert {"user": "nobody_here", "limits": "statement_timeout"}[cause] in done.stderr
