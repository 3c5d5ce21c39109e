"""`./vssid upgrade-database`: a folder of an older PostgreSQL, carried over with nothing lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import psycopg
import pytest

from vssid.cli import upgrading as command
from vssid.infra.embedded import clusters, postgres, process_user, upgrading

pytestmark = pytest.mark.process

OLD = Path("/usr/lib/postgresql/15/bin")
with_an_old_version = pytest.mark.skipif(not OLD.is_dir(), reason="no PostgreSQL 15 here")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that the server's user may pass."""
    for path in (tmp_path, *tmp_path.parents[:2]):
        path.chmod(path.stat().st_mode | 0o055)
    return tmp_path


@pytest.fixture
def older(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cluster of PostgreSQL 15 with a role, two databases, and an installation that lies there."""
    data = folder / "pg"
    clusters.version()  # asked of our own programs, and remembered
    with monkeypatch.context() as patch:
        patch.setattr(process_user, "binary", lambda name: OLD / name)
        patch.setattr(clusters.subprocess, "run", without_new_options(subprocess.run))
        server = postgres.start(data, settings=postgres.THROWAWAY)
        with psycopg.connect(server.url("postgres"), autocommit=True) as link:
            link.execute("CREATE ROLE reader LOGIN PASSWORD 'secret'")
            for name in ("vssid", "Other one"):
                link.execute(f'CREATE DATABASE "{name}"')
        with psycopg.connect(server.url()) as link:
            link.execute('CREATE TABLE người (id bigserial PRIMARY KEY, tên text COLLATE "C", ảnh bytea)')
            link.execute(
                "INSERT INTO người (tên, ảnh) SELECT 'Lan ' || n, '\\x00ff' FROM generate_series(1, 2000) n"
            )
            link.execute("GRANT SELECT ON người TO reader")
            link.execute(f"CREATE TABLE installation AS SELECT ({upgrading.PLACE}) AS place")
        postgres.stop(data)
    return data


def without_new_options(run):
    """initdb of PostgreSQL 15 does not know the locales of 17."""

    def old(command, **options):
        kept = [part for part in command if "locale-provider" not in part and "builtin" not in part]
        return run(kept, **options)

    return old


def upgrade(folder: Path, capsys: pytest.CaptureFixture[str], programs: Path | None = OLD) -> tuple[int, str]:
    status = command.run(data=folder, programs=programs)
    return status, capsys.readouterr().out


@with_an_old_version
def test_all_is_carried_over_and_the_old_folder_kept(folder: Path, older: Path, capsys) -> None:
    with pytest.raises(postgres.CannotStart, match="upgrade-database"):
        postgres.start(older)
    status, said = upgrade(folder, capsys)
    assert status == 0, said
    assert (folder / "pg-15" / "PG_VERSION").read_text() == "15\n"
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["pg", "pg-15"]
    server = postgres.start(older, settings=postgres.THROWAWAY)
    try:
        with psycopg.connect(server.url()) as link:
            assert link.execute("SELECT count(*), min(tên), max(ảnh) FROM người").fetchone() == (
                2000, "Lan 1", b"\x00\xff",
            )  # fmt: skip
            assert link.execute("SELECT nextval('người_id_seq')").fetchone() == (2001,)
            assert link.execute("SELECT has_table_privilege('reader', 'người', 'SELECT')").fetchone() == (
                True,
            )
            # Else it would take itself for a copy.
            assert link.execute(f"SELECT place = ({upgrading.PLACE}) FROM installation").fetchone() == (True,)
        with psycopg.connect(server.url("Other one")) as link:
            assert link.execute("SELECT 1").fetchone() == (1,)
    finally:
        postgres.stop(older)
    assert upgrade(folder, capsys)[0] == 0  # nothing to do any more


@with_an_old_version
def test_one_that_was_stopped_before_the_last_step_is_ended(folder: Path, older: Path, capsys) -> None:
    kept = folder / "pg-15"
    clusters.prepare(folder / "new")
    (folder / "new").rename(clusters.upgraded(older))
    older.rename(kept)  # and here the machine went off
    with pytest.raises(postgres.CannotStart, match="upgrade-database"):
        postgres.start(older)
    status, said = upgrade(folder, capsys)
    assert status == 0
    assert f"rm -r {kept}\n" in said
    assert (older / "PG_VERSION").read_text().strip() == clusters.version()
    assert kept.is_dir()


def test_without_the_old_programs_it_says_what_to_install_and_changes_nothing(folder: Path, capsys) -> None:
    data = folder / "pg"
    data.mkdir()
    (data / "PG_VERSION").write_text("12\n")
    status, said = upgrade(folder, capsys, programs=None)
    assert status == 1
    for words in ("PostgreSQL 12", "apt install postgresql-12", "--programs"):
        assert words in said
    status, said = upgrade(folder, capsys, programs=process_user.binary("postgres").parent)
    assert status == 1
    assert f"là PostgreSQL {clusters.version()}; cần bản 12" in said
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_a_folder_of_a_newer_version_is_refused(folder: Path, capsys) -> None:
    (folder / "pg").mkdir()
    (folder / "pg" / "PG_VERSION").write_text("99\n")
    status, said = upgrade(folder, capsys)
    assert status == 1
    assert "mới hơn" in said


def test_where_there_is_nothing_to_upgrade_it_says_so(folder: Path, capsys) -> None:
    status, said = upgrade(folder, capsys)
    assert status == 0
    assert "Không cần nâng cấp" in said
