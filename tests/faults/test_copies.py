"""backup.md worked through with its own commands: a backup, a restore elsewhere, a check, adoption.

What the copy holds the original sends after the backup; nobody may get it a second time.
"""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone

from tests.environment import ROOT
from tests.faults.machines import servers
from tests.faults.machines.machine import until
from tests.making.programs import Program
from tests.ports import free_port
from tests.runner.database import RUN, _maintenance_url, _template
from vssid.domain.installation import actions as installation
from vssid.domain.notifications import actions
from vssid.domain.vault import sealing as vault
from vssid.infra.embedded import process_user
from vssid.kernel.ids import Phone

pytestmark = pytest.mark.faults
DOCUMENT = ROOT / "docs/operations/backup.md"
OLD, FRESH = 10, 4
PATIENCE = 240  # seconds, on a machine that has other things to do
# Databases of a run are dropped by a later one when this one was killed.
ORIGINAL, COPY = f"test_vssid_{RUN}_original", f"test_vssid_{RUN}_copy"


def commands(heading: str) -> list[str]:
    """The commands that the document gives under a heading, in its order."""
    section = DOCUMENT.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@dataclass
class Site:
    """An installation: a database, a data folder, and what its operator types."""

    database: str
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its database."""
        return _maintenance_url(self.database)

    @property
    def data(self) -> Path:
        """Its data folder."""
        return self.folder / self.database

    def environment(self) -> dict[str, str]:
        """What its processes and its operator's shell have."""
        return os.environ | {
            "PATH": f"{process_user.binary('psql').parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "VSSID_DATABASE_URL": self.url,
            "VSSID_DATA": str(self.data),
            "BACKUP": str(self.folder / "backup"),
            "SERVER": _maintenance_url(),
            "DATABASE": self.database,
            "VSSID_INSTALLATION": "",
        }

    def types(self, command: str, *, stdin: int = subprocess.DEVNULL) -> tuple[int, str]:
        """Run a line of the document in a shell; its status and all it said."""
        program = self.folder / "vssid"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m vssid.cli "$@"\n')
        program.chmod(0o755)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder, env=self.environment(), stdin=stdin, text=True, check=False, timeout=300,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return done.returncode, done.stdout

    def says_yes_to(self, command: str) -> tuple[int, str]:
        """Run it at a terminal where somebody types a yes."""
        ours, theirs = pty.openpty()
        try:
            os.write(ours, b"y\n")
            return self.types(command, stdin=theirs)
        finally:
            os.close(ours)
            os.close(theirs)

    def starts(self, *command: str) -> Path:
        """Start one of its processes; the file that has what it says."""
        log = self.folder / f"{self.database}-{command[0]}.log"
        with log.open("wb") as output:
            process = Program(
                [sys.executable, "-m", "vssid.cli", *command],
                env=self.environment(), stdout=output, stderr=output,
            )  # fmt: skip
        self.processes.append(process)
        return log

    def stops(self) -> None:
        """End its processes."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(60)
        self.processes.clear()

    def sent(self) -> int:
        """How many texts its phone network got."""
        path = self.data / "demo" / "sms.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return len({json.loads(line)["id"] for line in lines})


@pytest.fixture
def original(django_db_setup: None, django_db_blocker, settings, tmp_path: Path) -> Iterator[Site]:
    """In use, with an outbox: texts of five hours ago and of now, an image, nobody who works yet."""
    site = Site(ORIGINAL, tmp_path)
    with psycopg.connect(_maintenance_url(), autocommit=True) as link, django_db_blocker.unblock():
        link.execute(f"CREATE DATABASE {ORIGINAL} TEMPLATE {_template()}")
        (site.data / "blobs").mkdir(parents=True)
        settings.DATA, settings.INSTALLATION = site.data, None
        leave_messages(site)
        (site.data / "blobs" / "image").write_bytes(b"sealed")
        (tmp_path / "backup").mkdir()
        yield site
        site.stops()
        link.execute(f"DROP DATABASE {ORIGINAL} WITH (FORCE)")


@pytest.fixture
def copy(original: Site) -> Iterator[Site]:
    """The place where the backup will be restored."""
    site = Site(COPY, original.folder)
    yield site
    site.stops()
    with psycopg.connect(_maintenance_url(), autocommit=True) as link:
        link.execute(f"DROP DATABASE IF EXISTS {COPY} WITH (FORCE)")


def leave_messages(site: Site) -> None:
    """Begin, and put texts into the outbox as actions do."""
    now, day = timezone.now(), timedelta(days=1)
    made = [("reminder", now - timedelta(hours=5))] * OLD + [("application_received", now)] * FRESH
    with servers.used(site.url):
        installation.begin(now=now)
        for kind, at in made:
            actions.send_sms(
                to=Phone.parse_mobile("0912345678"), text="BHXH: ho so da nhan.", kind=kind,
                subject_id=vault.new_subject_id(), now=at, expires_in=day,
            )  # fmt: skip


def test_the_document_is_worked_through_and_nothing_is_sent_twice(original: Site, copy: Site) -> None:
    for command in commands("Taking it"):
        assert original.types(command) == (0, ""), command
    *restoring, check, check_audit, adopt = commands("Restoring it elsewhere")
    for command in restoring:
        status, said = copy.types(command)
        assert status == 0, (command, said)
    assert (copy.data / "blobs" / "image").read_bytes() == b"sealed"
    status, said = copy.types(check)
    assert status == 1
    assert "ĐÂY LÀ BẢN SAO" in said
    assert copy.types(check_audit)[0] == 0

    log, page = copy.starts("worker"), shown_by(copy)
    assert "Đây là bản sao" in page("/")
    assert "Đây là bản sao" in page("/can-bo/dang-nhap")
    assert "vssid_installation_held 1.0" in page("/metrics")
    until(lambda: "jobs_held" in log.read_text(), PATIENCE)
    assert copy.sent() == 0

    status, said = copy.says_yes_to(adopt)
    assert status == 0
    assert re.search(rf"reminder .* {OLD} .* {OLD} .* 5\.[0-9]", said), said
    assert f"Sẽ gửi {FRESH} tin. Sẽ bỏ {OLD} tin" in said
    assert f"Đã bỏ {OLD} tin" in said
    until(lambda: copy.sent() == FRESH, PATIENCE)
    until(lambda: outcome(copy) == {("delivered", ""): FRESH, ("expired", "dropped"): OLD}, PATIENCE)
    assert copy.sent() == FRESH


def outcome(site: Site) -> dict[tuple[str, str], int]:
    """How many messages ended how."""
    with psycopg.connect(site.url) as link:
        rows = link.execute("SELECT state, reason, count(*) FROM notifications_message GROUP BY 1, 2")
        return {(state, reason): count for state, reason, count in rows}


def shown_by(site: Site):
    """Reads the site's pages, from a real web server."""
    port = free_port()
    log = site.starts("serve", "--port", str(port), "--workers", "1")

    def page(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            return answer.read().decode()

    def answers() -> bool:
        assert site.processes[-1].poll() is None, log.read_text()
        try:
            return "ok" in page("/healthz")
        except OSError:
            return False

    until(answers, PATIENCE)
    return page
