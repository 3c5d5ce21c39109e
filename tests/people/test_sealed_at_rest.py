"""What lies in the database's rows, read as who has a dump reads it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection

from tests.certain import certain
from tests.import_files.full_rows import FULL, LAN
from tests.import_files.rows_of_every_kind import foundations, load
from vssid.cli.checks import proving
from vssid.cli.keys import vaulting
from vssid.domain.imports.merge import undo as undoing
from vssid.domain.participants import jobs, queries, unsealed
from vssid.domain.participants.models.people import Person
from vssid.domain.participants.people import corrections
from vssid.domain.participants.sealed_part import SEALED
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 7, 2, 3, tzinfo=UTC)
VISIT, PAPER, PEOPLE = FULL["visits"][1], FULL["certificates"][1], FULL["people"][1]
OLD, NEW = ("A15.0", "Lao phổi"), ("B20.9", "Nhiễm HIV")
STREETS = ("Số 7 ngõ Sao Khuê", "Số 8 ngõ Sao Mai", "Số 9 ngõ Sao Hôm")
PLAIN_ROWS = 7  # the person, a visit, a paper; of the person two older rows, of the others one each
TABLES = {"visits": "participants_visit", "certificates": "participants_certificate"}


def with_diagnosis(row: dict[str, str], said: tuple[str, str]) -> dict[str, str]:
    return row | {"diagnosis_code": said[0], "diagnosis_name": said[1]}


def raw() -> Iterator[tuple[str, str]]:
    """Every row of every table as PostgreSQL writes it; bytes as hex."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            yield from ((table, text) for (text,) in cursor.fetchall())


def readable(*secrets: str) -> set[tuple[str, str]]:
    """Which secrets lie where: as text, escaped as in JSON, or as bytes."""
    forms = {
        form: secret
        for secret in secrets
        for form in (secret, json.dumps(secret)[1:-1].replace("\\", "\\\\"), secret.encode().hex())
    }
    return {(table, secret) for table, text in raw() for form, secret in forms.items() if form in text}


def lan() -> int:
    return certain(queries.by_bhxh_code(BhxhCode(LAN))).person_id


def told(person_id: int) -> list[tuple[str, str]]:
    rows = [*queries.visits(person_id), *queries.certificates(person_id)]
    return [(row.diagnosis_code, row.diagnosis_name) for row in rows]


@pytest.fixture
def full(tmp_path) -> dict[str, int]:
    """Lan with a street and diagnoses that files and a decision corrected; kind → the run that corrected."""
    foundations(tmp_path)
    load(tmp_path, "facilities", FULL["facilities"][1])
    load(tmp_path, "people", PEOPLE | {"street": STREETS[0]})
    runs = {"people": load(tmp_path, "people", PEOPLE | {"street": STREETS[1]})[0].run_id}
    for kind, row in (("visits", VISIT), ("certificates", PAPER)):
        load(tmp_path, kind, with_diagnosis(row, OLD))
        runs[kind] = load(tmp_path, kind, with_diagnosis(row, NEW))[0].run_id
    return runs


def write_as_the_version_before() -> None:
    """Put streets and diagnoses where the version before had them, in rows and in their older versions."""
    person_id = lan()
    with connection.cursor() as cursor:
        for street, digest in ((STREETS[1], "participants_person"), (STREETS[0], "participants_version")):
            _unseal_street(cursor, person_id, street, digest)
        for kind, table in TABLES.items():
            cursor.execute(
                f"UPDATE {table} SET diagnosis_code = %s, diagnosis_name = %s, sealed_diagnosis_code = NULL,"
                " sealed_diagnosis_name = NULL",
                NEW,
            )
            cursor.execute(
                "UPDATE participants_version SET was = was"
                " - '{sealed_diagnosis_code,sealed_diagnosis_name}'::text[] || %s::jsonb WHERE record = %s",
                [json.dumps(dict(zip(("diagnosis_code", "diagnosis_name"), OLD, strict=True))), kind[:-1]],
            )


def _unseal_street(cursor, person_id: int, street: str, table: str) -> None:
    private = {"id_number": PEOPLE["id_number"], "phone": "+84590000001"}
    text = json.dumps(private, sort_keys=True)
    sealed = vault.seal(person_id, SEALED, text.encode())
    digest = vault.fingerprint("person-sealed", text)
    if table == "participants_person":
        Person.objects.filter(person_id=person_id).update(street=street, sealed=sealed, sealed_digest=digest)
        return
    was = {"street": street, "sealed": f"\\x{sealed.hex()}", "sealed_digest": f"\\x{digest.hex()}"}
    cursor.execute(
        "UPDATE participants_version SET was = was || %s::jsonb WHERE record = 'person' AND person_id = %s",
        [json.dumps(was), person_id],
    )


def test_no_row_of_any_table_tells_a_street_or_a_diagnosis(full):
    by = corrections.Decision(number="QĐ 1", sender="BHXH mẫu", by=SYSTEM, now=NOW)
    corrections.correct_person(lan(), {"street": STREETS[2]}, by)
    assert readable(*STREETS, *OLD, *NEW) == set()
    assert readable(PEOPLE["full_name"]), "what is not sealed is found by this"
    assert certain(queries.person(lan())).street == STREETS[2]
    assert told(lan()) == [NEW, NEW]
    assert {version.was.street for version in queries.versions(lan(), "person")} == {
        "Số 1 Lạch Tray",
        *STREETS[:2],
    }
    assert [version.was.diagnosis_name for version in queries.versions(lan(), "visit")] == [OLD[1]]


def test_the_same_file_again_changes_nothing(full, tmp_path):
    for kind, row in (
        ("people", PEOPLE | {"street": STREETS[1]}),
        ("visits", with_diagnosis(VISIT, NEW)),
        ("certificates", with_diagnosis(PAPER, NEW)),
    ):
        report, _ = load(tmp_path, kind, row)
        assert (report.new, report.changed, report.same) == (0, 0, 1), kind


def test_what_the_version_before_wrote_is_read_and_then_sealed(full):
    write_as_the_version_before()
    assert readable(*STREETS[:2], *OLD, *NEW) >= {
        ("participants_visit", NEW[1]),
        ("participants_version", OLD[1]),
    }
    before = (queries.person(lan()), told(lan()), queries.versions(lan()))
    assert "vssid vault seal" in proving._plain()
    assert unsealed.left() == PLAIN_ROWS
    assert vaulting._seal() == 0
    assert (unsealed.left(), proving._plain()) == (0, "")
    assert readable(*STREETS, *OLD, *NEW) == set()
    assert (queries.person(lan()), told(lan()), queries.versions(lan())) == before


def test_sealing_stops_and_goes_on(full, monkeypatch):
    write_as_the_version_before()
    monkeypatch.setattr(unsealed, "AT_ONCE", 1)
    assert unsealed.seal(seconds=0) == 0
    heard: list[int] = []
    assert unsealed.seal(tell=heard.append) == PLAIN_ROWS
    assert heard[-1] == PLAIN_ROWS
    jobs.seal_plain(0)
    assert not unsealed.is_any()


@pytest.mark.parametrize("kind", ["people", "visits", "certificates"])
def test_a_file_finds_nothing_changed_in_what_the_version_before_wrote(full, tmp_path, kind):
    load(tmp_path, "people", PEOPLE | {"street": STREETS[1], "email": "", "old_id_number": ""})
    write_as_the_version_before()
    row = {
        "people": PEOPLE | {"street": STREETS[1], "email": "", "old_id_number": "", "id_issued_on": ""},
        "visits": with_diagnosis(VISIT, NEW),
        "certificates": with_diagnosis(PAPER, NEW),
    }[kind]
    report, _ = load(tmp_path, kind, row)
    assert (report.changed, report.same) == (0, 1)
    assert readable(*NEW) == {
        (table, said) for other, table in TABLES.items() if other != kind for said in NEW
    }


@pytest.mark.parametrize("kind", ["people", "visits", "certificates"])
@pytest.mark.parametrize("is_older", [False, True])
def test_the_undo_of_a_file_brings_back_what_was_sealed(full, kind, is_older):
    if is_older:
        write_as_the_version_before()
    report = undoing.undo(full[kind], by=SYSTEM, now=NOW)
    assert report.changed == 1
    assert certain(queries.person(lan())).street == STREETS[0 if kind == "people" else 1]
    assert told(lan()) == [OLD if kind == at else NEW for at in TABLES]


def test_of_who_was_erased_nothing_plain_stays_once_the_key_is_destroyed(full):
    write_as_the_version_before()
    vault.erase(lan_id := lan())
    unsealed.seal()
    assert unsealed.left() == PLAIN_ROWS, "the key may be taken back for a day"
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM vault_erased_key WHERE subject_id = %s", [lan_id])
    unsealed.seal()
    assert readable(*STREETS, *OLD, *NEW) == set()


def test_the_same_diagnosis_lies_differently_with_each_row(full):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sealed_diagnosis_name FROM participants_visit"
            " UNION SELECT sealed_diagnosis_name FROM participants_certificate"
        )
        sealed = [bytes(value) for (value,) in cursor.fetchall()]
    assert len(sealed) == 2
    assert {len(value) for value in sealed} == {12 + 32 + 16}, "a length tells little"
