"""The register while fingerprint keys are changed: files find whom they found, and nobody twice."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection, transaction

from tests.making.keys_changed import NEW, OLD, change_all, of_a_test
from vssid.domain.imports.errors import BadFile
from vssid.domain.imports.importer import Batch
from vssid.domain.imports.merge import undo
from vssid.domain.participants import fingerprints, queries
from vssid.domain.participants.errors import IdTaken
from vssid.domain.participants.importers import IMPORTERS
from vssid.domain.participants.models.people import Identifier, Person
from vssid.domain.participants.people import corrections
from vssid.domain.vault import sealing as vault
from vssid.domain.vault.prints import changing, parts
from vssid.infra import keys
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import IdNumber

from ..merges.tests.test_merges import DECISION, OLD_LAN
from .files import BINH, JOB, LAN, NOW, begin_with, load, load_cast

NUMBER = LAN["id_number"]
NEWBORN = {"bhxh_code": "031225000007", "full_name": "Trần Gia Hân", "birth_date": "2025-06-02", "sex": "2"}
PEOPLE = (LAN, BINH, NEWBORN)


@pytest.fixture
def give(settings, db):
    with of_a_test(settings) as give:
        give(OLD, now=NOW)
        yield give


@pytest.fixture
def cast(give, tmp_path):
    load_cast()
    begin_with("people", LAN, BINH, NEWBORN)
    return tmp_path


def counts(report):
    return report.new, report.changed, report.same, report.refused


def steps(give: Callable[..., None]):
    """Every standing of a change, before and after the work."""
    yield "before"
    for listed in ((OLD, NEW), (NEW, OLD), (NEW,)):
        give(*listed, now=NOW)
        yield f"{len(listed)} begun"
        changing.change(now=NOW)
        yield f"{len(listed)} done"


def test_at_every_step_files_and_doors_find_the_people_and_write_nothing_anew(cast, give):
    load(cast, "participation", JOB)
    for step in steps(give):
        assert counts(load(cast, "people", *PEOPLE)) == (0, 0, 3, 0), step
        assert counts(load(cast, "participation", JOB | {"bhxh_code": NUMBER})) == (0, 0, 1, 0), step
        person = queries.by_id_number(IdNumber(NUMBER))
        assert person is not None, step
        assert person.full_name == LAN["full_name"]
    assert Person.objects.count() == 3


def test_when_it_is_done_no_row_bears_the_old_key(cast, give):
    rows = Identifier.objects.exclude(kind="bhxh")
    before = rows.count()
    assert before == 4
    change_all(give, now=NOW, later=NOW)
    mark = keys.mark_of(vault.fingerprint_keys()[0])
    assert {key[-16:] for key in rows.values_list("key", flat=True)} == {mark.hex()}
    assert rows.count() == before
    assert all(
        bytes(person).endswith(mark) for person in Person.objects.values_list("sealed_digest", flat=True)
    )
    changing.change(now=NOW)
    assert changing.is_settled()


def test_a_number_is_unique_at_every_step(cast, give):
    decision = corrections.Decision("1", "BHXH", SYSTEM, NOW)
    binh = Person.objects.get(bhxh_code=BINH["bhxh_code"]).person_id
    for step in steps(give):
        with pytest.raises(IdTaken), transaction.atomic():
            corrections.correct_person(binh, {"id_number": NUMBER}, decision)
        other = {"bhxh_code": "3199000009", "full_name": "Lê Văn Tám", "birth_date": "1980", "sex": "1"}
        report = load(cast, "people", other | {"id_number": NUMBER})
        assert counts(report) == (0, 0, 0, 1), step
        assert report.error_file is not None
        assert "id_taken" in report.error_file.read_text(encoding="utf-8-sig")


def test_who_comes_and_who_changes_meanwhile_stands_under_both_keys(cast, give):
    give(OLD, NEW, now=NOW)
    changing.change(now=NOW)
    tam = {"bhxh_code": "3199000009", "full_name": "Lê Văn Tám", "birth_date": "1980", "sex": "1"}
    load(cast, "people", tam | {"id_number": "031080000009"}, BINH | {"id_number": "031079000022"})
    assert [part.left() for part in fingerprints.PARTS if part.is_compared] == [0]
    for listed in ((NEW, OLD), (NEW,)):
        give(*listed, now=NOW)
        changing.change(now=NOW)
        assert queries.by_id_number(IdNumber("031080000009")) is not None
        assert queries.by_id_number(IdNumber("031079000022")) is not None
        assert queries.by_id_number(IdNumber(BINH["id_number"])) is None


def test_the_documents_of_a_merged_person_go_along(cast, give):
    load(cast, "people", OLD_LAN)
    load(cast, "merges", DECISION)
    change_all(give, now=NOW, later=NOW)
    person = queries.by_id_number(IdNumber(OLD_LAN["id_number"]))
    assert person is not None
    assert person.bhxh_code.reveal() == DECISION["kept_code"]
    assert Identifier.objects.exclude(kind="bhxh").filter(merged_id=None).count() == 4
    assert Identifier.objects.exclude(merged_id=None).exclude(kind="bhxh").count() == 1


def test_killed_after_any_batch_it_goes_on_with_what_is_left(cast, give, monkeypatch):
    monkeypatch.setattr(parts, "AT_ONCE", 1)
    for listed in ((OLD, NEW), (NEW, OLD), (NEW,)):
        give(*listed, now=NOW)
        for batches in range(1, 9):
            with suppress(KeyboardInterrupt):
                changing.change(now=NOW, tell=killed_after(batches))
            assert counts(load(cast, "people", *PEOPLE)) == (0, 0, 3, 0)
        changing.change(now=NOW)
    assert Identifier.objects.exclude(kind="bhxh").count() == 4


def killed_after(batches: int):
    """Hears of so many batches, and then the process is gone."""
    heard = iter(range(1, batches))

    def tell(_name: str, _done: int) -> None:
        if next(heard, None) is None:
            raise KeyboardInterrupt

    return tell


def test_a_file_that_was_read_under_a_key_that_is_gone_is_refused(give):
    staged = vault.fingerprint("cccd", NUMBER).hex()
    change_all(give, now=NOW, later=NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE staged ON COMMIT DROP AS "
            "SELECT 1 AS line, 'cccd' AS person_kind, %s AS person_key",
            [staged],
        )
        batch = Batch(cursor, "staged", 1, 1, 1, NOW, lambda name, sealed: "")
        with pytest.raises(BadFile) as refused:
            IMPORTERS["participation"].merge(batch)
    assert refused.value.facts["reason"] == "other_keys"


def test_a_file_is_undone_after_the_key_was_changed(cast, give):
    report = load(cast, "people", LAN | {"id_number": "031188000077"})
    change_all(give, now=NOW, later=NOW)
    undo.undo(report.run_id, by=SYSTEM, now=NOW)
    assert queries.by_id_number(IdNumber(NUMBER)) is not None
    assert queries.by_id_number(IdNumber("031188000077")) is None
    assert counts(load(cast, "people", LAN)) == (0, 0, 1, 0)
