"""The machine of an import, over a table of its own."""

import csv
import gzip
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from vssid.domain.audit import queries as audit
from vssid.domain.imports.errors import AlreadyRunning, BadCell
from vssid.domain.imports.importer import Batch, Check, Column, Counts, Importer
from vssid.domain.imports.models import ImportRun
from vssid.domain.vault.models import SubjectKey
from vssid.kernel.actor import SYSTEM

from .. import actions, queries, running
from ..check import cells, messages
from ..merge import writer_lock
from ..merge.table import Table
from ..merge.table_merge import into

NOW = datetime(2025, 7, 1, tzinfo=UTC)


def secret(cell, seal):
    if cell == "never":
        raise BadCell("bad_secret")
    return (seal("secret", cell),)


TABLE = Table(
    "word",
    key=["code"],
    columns={
        "code": "s.code",
        "word": "s.word",
        "day": cells.as_day("s.day"),
        "til": cells.as_day("s.til"),
    },
)
merge = into(TABLE)


IMPORTER = Importer(
    kind="words",
    title="words",
    columns=(
        cells.pattern("code", "", "^[a-z]{1,3}$", "bad_word_code", required=True),
        cells.text("word", "", 10, required=True),
        cells.day("day", ""),
        cells.day("til", ""),
        Column("secret", "", parse=secret, gives={"secret": "bytea"}),
    ),
    key={"code": "s.code"},
    table=TABLE,
    merge=merge,
    checks=(
        Check("til", "backwards", f"s.til IS NULL OR {cells.as_day('s.til')} >= {cells.as_day('s.day')}"),
    ),
    messages={"bad_word_code": "Mã gồm 1 đến 3 chữ thường.", "backwards": "Kết thúc trước bắt đầu."},
    batch_rows=2,
)


@pytest.fixture
def words(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE word (code text PRIMARY KEY, word text, day date, til date, "
            "run_id bigint, line bigint, as_of timestamptz)"
        )

    def read():
        with connection.cursor() as cursor:
            cursor.execute("SELECT code, word FROM word ORDER BY code")
            return dict(cursor.fetchall())

    return read


def file(folder: Path, *lines: str, header: str = "code,word,day,til,secret") -> Path:
    path = folder / "words.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def run(path: Path, importer: Importer = IMPORTER, **more):
    return actions.run(
        importer, path, by=SYSTEM, now=NOW, sender="BHXH mẫu", errors_to=path.with_suffix(".loi.csv"), **more
    )


def refused(report) -> list[dict[str, str]]:
    return list(csv.DictReader(report.error_file.read_text(encoding="utf-8-sig").splitlines(keepends=True)))


def counts(report) -> tuple[int, int, int, int, int]:
    return report.read, report.new, report.changed, report.same, report.refused


def test_it_loads_new_rows_and_reports(words, tmp_path):
    report = run(file(tmp_path, "a,một,2025-01-31,,x", "b,hai,31/01/2025,,", "c,ba,,,"))
    assert counts(report) == (3, 3, 0, 0, 0)
    assert (report.state, report.sender, report.error_file) == ("done", "BHXH mẫu", None)
    assert words() == {"a": "một", "b": "hai", "c": "ba"}
    assert queries.latest("words")[0] == report


def test_the_same_file_twice_changes_nothing(words, tmp_path):
    path = file(tmp_path, "a,một,,,", "b,hai,,,")
    run(path)
    assert counts(run(path)) == (2, 0, 0, 2, 0)


def test_a_gzipped_file_goes_in_and_its_wrong_rows_come_out_as_text(words, tmp_path):
    path = tmp_path / "words.csv.gz"
    path.write_bytes(gzip.compress("code,word\na,một\n?,hai\n".encode()))
    report = run(path)
    assert counts(report) == (2, 1, 0, 0, 1)
    assert refused(report)[0]["line"] == "3"


def test_a_changed_row_is_changed_and_keeps_its_origin(words, tmp_path):
    run(file(tmp_path, "a,một,,,", "b,hai,,,"))
    report = run(file(tmp_path, "a,một,,,", "b,HAI,,,"))
    assert counts(report) == (2, 0, 1, 1, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT run_id, line, as_of FROM word WHERE code = 'b'")
        assert cursor.fetchone() == (report.run_id, 3, NOW)


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        ("ABCD,x,,,", "code", "bad_word_code"),
        (",x,,,", "code", "missing"),
        ("b,,,,", "word", "missing"),
        ("b,quá dài quá dài,,,", "word", "too_long"),
        ("b,x,2025-02-30,,", "day", "bad_day"),
        ("b,x,30/02/2025,,", "day", "bad_day"),
        ("b,x,hôm qua,,", "day", "bad_day"),
        ("b,x,2025-02-02,2025-02-01,", "til", "backwards"),
        ("b,x,,,never", "secret", "bad_secret"),
        ("b,x", "", "columns"),
        ('b,"x,,,', "", "unclosed_quote"),
        ("a,x,,,", "code", "duplicate"),
    ],
)
def test_a_wrong_row_goes_to_the_error_file_and_stops_no_other(words, tmp_path, line, field, code):
    report = run(file(tmp_path, "a,một,,,", line, "z,cuối,,,"))
    assert counts(report) == (3, 2, 0, 0, 1)
    assert words() == {"a": "một", "z": "cuối"}
    (row,) = refused(report)
    assert (row["line"], row["field"]) == ("3", field)
    # The words file has a column named code of its own; of two, DictReader gives the report's.
    assert code in row["code"]
    assert row["message"].endswith(".")
    assert stat.S_IMODE(report.error_file.stat().st_mode) == 0o600


def test_every_fault_of_a_row_is_told_at_once(words, tmp_path):
    report = run(file(tmp_path, "ABCD,,2025-02-30,,"))
    (row,) = refused(report)
    assert row["field"] == "code, day, word"


def test_a_corrected_error_file_goes_in_as_it_is(words, tmp_path):
    report = run(file(tmp_path, "a,một,,,", "B!,hai,,,"))
    corrected = tmp_path / "sua.csv"
    corrected.write_text(
        report.error_file.read_text(encoding="utf-8-sig").replace("B!", "b"), encoding="utf-8-sig"
    )
    assert counts(run(corrected)) == (1, 1, 0, 0, 0)
    assert words() == {"a": "một", "b": "hai"}


def test_a_dry_run_counts_and_writes_nothing(words, tmp_path):
    path = file(tmp_path, "a,một,,,", "b,hai,,,", "c,ba,,,", "?,x,,,")
    assert counts(run(path, dry_run=True)) == (4, 3, 0, 0, 1)
    assert words() == {}
    assert counts(run(path)) == (4, 3, 0, 0, 1)


class Killed(BaseException):
    """Stands for kill -9: nothing of ours runs after it."""


def killing(at_line: int) -> Importer:
    def stop(batch: Batch) -> Counts:
        done = merge(batch)
        if batch.first >= at_line:
            raise Killed
        return done

    return Importer(**{name: getattr(IMPORTER, name) for name in Importer.__slots__} | {"merge": stop})


def test_a_run_killed_between_batches_goes_on_where_it_was(words, tmp_path):
    path = file(tmp_path, "a,một,,,", "b,hai,,,", "c,ba,,,", "d,bốn,,,")
    with pytest.raises(Killed):
        run(path, killing(at_line=3))
    assert words() == {"a": "một"}  # lines 1 and 2; the batch that was cut left nothing
    report = run(path)
    assert counts(report) == (4, 4, 0, 0, 0)
    assert words() == {"a": "một", "b": "hai", "c": "ba", "d": "bốn"}
    assert ImportRun.objects.filter(kind="words").count() == 1


def test_another_file_after_a_killed_run_ends_the_dead_one(words, tmp_path):
    with pytest.raises(Killed):
        run(file(tmp_path, "a,một,,,", "b,hai,,,"), killing(at_line=1))
    report = run(file(tmp_path, "c,ba,,,"))
    assert counts(report) == (1, 1, 0, 0, 0)
    assert [entry.state for entry in queries.latest("words")] == ["done", "stopped"]


def test_a_broken_merge_leaves_a_failed_run_and_no_staging(words, tmp_path):
    def broken(batch: Batch) -> Counts:
        raise ZeroDivisionError

    importer = Importer(**{name: getattr(IMPORTER, name) for name in Importer.__slots__} | {"merge": broken})
    with pytest.raises(ZeroDivisionError):
        run(file(tmp_path, "a,một,,,"), importer)
    assert queries.latest("words")[0].state == "failed"
    assert "imports_staging" not in " ".join(connection.introspection.table_names())


def test_after_a_run_its_staging_and_its_key_are_gone(words, tmp_path):
    report = run(file(tmp_path, "a,một,,,x"))
    row = ImportRun.objects.get(id=report.run_id)
    assert not SubjectKey.objects.filter(subject_id=row.subject_id).exists()
    assert "imports_staging" not in " ".join(connection.introspection.table_names())


def test_sensitive_cells_lie_sealed_in_staging_and_open_for_the_merge(words, tmp_path):
    seen: list[tuple[bytes, str]] = []

    def look(batch: Batch) -> Counts:
        batch.cursor.execute(f"SELECT secret FROM {batch.staging}")
        sealed = bytes(batch.cursor.fetchone()[0])
        seen.append((sealed, batch.unseal("secret", sealed)))
        return merge(batch)

    importer = Importer(**{name: getattr(IMPORTER, name) for name in Importer.__slots__} | {"merge": look})
    run(file(tmp_path, "a,một,,,bí mật"), importer)
    ((sealed, plain),) = seen
    assert plain == "bí mật"
    assert "bí mật".encode() not in sealed


def test_two_runs_of_one_kind_never_work_at_once(words, tmp_path):
    facts = connection.settings_dict
    other = psycopg.connect(
        dbname=facts["NAME"],
        user=facts["USER"],
        password=facts["PASSWORD"],
        host=facts["HOST"],
        port=facts["PORT"] or None,
    )
    with other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext('words'))", [writer_lock.LOCK_SPACE])
        with pytest.raises(AlreadyRunning) as refusal:
            run(file(tmp_path, "a,một,,,"), wait=timedelta(0))
        with pytest.raises(AlreadyRunning):
            run(
                file(tmp_path, "a,một,,,"), replace(IMPORTER, kind="w", alone_with="words"), wait=timedelta(0)
            )
    other.close()
    assert refusal.value.facts == {"kind": "words"}
    assert messages.refusal(refusal.value).startswith("Một lần nhập khác")
    assert words() == {}
    assert run(file(tmp_path, "a,một,,,"), wait=timedelta(seconds=5)).new == 1


def test_a_run_is_in_the_log_without_personal_data(words, tmp_path):
    report = run(file(tmp_path, "a,một,,,bí mật"))
    subject = ImportRun.objects.get(id=report.run_id).subject_id
    (event,) = audit.events_of(subject)
    assert event.kind == "import_done"
    assert "mật" not in str(event)


def test_progress_is_told(words, tmp_path):
    told: list[running.Progress] = []
    run(file(tmp_path, "a,một,,,", "b,hai,,,", "c,ba,,,"), progress=told.append)
    assert (told[0].phase, told[-1]) == ("staging", running.Progress("merging", 3, 3))
