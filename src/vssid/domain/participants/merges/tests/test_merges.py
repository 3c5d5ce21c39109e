"""Two codes that were one person: everything goes to the one that is kept, and nothing is lost."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from vssid.domain.audit.models import Event
from vssid.domain.imports import actions
from vssid.domain.participants import queries
from vssid.domain.participants.care.tests.test_benefits_and_visits import FLU, SICK, XML1
from vssid.domain.participants.care.tests.test_certificates import LEAVE
from vssid.domain.participants.models.people import Identifier, Merge, Person, Version
from vssid.domain.participants.people.register_lock import exclude_others
from vssid.domain.participants.tests.files import (
    BINH,
    COVER,
    IMPORTERS,
    JOB,
    LAN,
    NOW,
    begin_with,
    in_small_batches,
    load,
    load_cast,
)
from vssid.domain.participants.views import PeriodView, PersonView
from vssid.domain.vault import sealing as vault
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode, IdNumber

LATER = datetime(2025, 8, 1, 3, tzinfo=UTC)
KEPT, OLD, OTHER = "3199000001", "3199000003", "3199000002"
OLD_LAN = {
    "bhxh_code": OLD,
    "full_name": "Trần Thị Lân",
    "birth_date": "1988",
    "sex": "2",
    "id_number": "031000003",
    "phone": "0590000003",
}
DECISION = {
    "kept_code": KEPT,
    "merged_code": OLD,
    "decided_on": "2025-07-30",
    "decision_number": "12/QĐ-BHXH",
    "office_code": "03101",
}
RECORDS = (
    ("participation", JOB),
    ("coverage", COVER),
    ("benefits", SICK),
    ("visits", FLU),
    ("certificates", LEAVE),
)
TABLES = ("contribution", "coverage", "benefit", "visit", "certificate", "version", "person")


@pytest.fixture
def cast(db, tmp_path):
    load_cast()
    begin_with("people", OLD_LAN)
    return tmp_path


def of(code: str) -> PersonView:
    person = queries.by_bhxh_code(BhxhCode(code))
    assert person is not None
    return person


def why(report):
    return report.error_file.read_text(encoding="utf-8-sig")


def rows_of(person_id: int) -> int:
    with connection.cursor() as cursor:
        counted = 0
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM participants_{table} WHERE person_id = %s", [person_id])
            counted += cursor.fetchone()[0]
    return counted


def test_every_record_of_the_merged_person_goes_to_the_kept_one(cast):
    for kind, row in RECORDS:
        load(cast, kind, row | {"bhxh_code": OLD})
    merged, kept = of(OLD).person_id, of(KEPT).person_id
    report = load(cast, "merges", DECISION, now=LATER)
    assert (report.new, report.refused) == (1, 0)
    (period,) = queries.participation(kept).of("bhxh").periods
    assert (period.employer_code, period.as_of) == ("TZ0001A", NOW)
    assert [len(read(kept)) for read in (queries.coverages, queries.benefits, queries.visits)] == [1, 1, 1]
    assert len(queries.certificates(kept)) == 1
    assert rows_of(merged) == 0


def test_the_old_code_and_the_old_documents_lead_to_the_kept_person(cast):
    merged, kept = of(OLD).person_id, of(KEPT)
    load(cast, "merges", DECISION)
    assert of(OLD) == kept
    assert queries.by_id_number(IdNumber("031000003")) == kept
    assert queries.merged_into(merged) == kept.person_id
    assert queries.merged_into(kept.person_id) is None


def test_where_both_have_a_row_the_kept_one_stays_and_the_other_is_a_version_of_it(cast):
    for code, wage in ((KEPT, "5000000"), (OLD, "4000000")):
        load(cast, "participation", JOB | {"bhxh_code": code, "wage": wage})
    first = queries.participation(of(OLD).person_id).of("bhxh").periods[0]
    report = load(cast, "merges", DECISION, now=LATER)
    kept = of(KEPT).person_id
    (period,) = queries.participation(kept).of("bhxh").periods
    assert period.wage == 5_000_000
    (version,) = queries.versions(kept, "contribution")
    assert isinstance(version.was, PeriodView)
    assert version.was.wage == 4_000_000
    assert version.record_id == first.id
    assert (version.said_from, version.said_until, version.replaced_by) == (NOW, LATER, report.run_id)


def test_the_merged_person_stays_readable_with_what_was_sealed_and_the_versions_before(cast):
    load(cast, "people", OLD_LAN | {"phone": "0590000033"}, now=LATER)
    merged, kept = of(OLD).person_id, of(KEPT).person_id
    load(cast, "merges", DECISION, now=LATER)
    newest, older = queries.versions(kept, "person")
    assert isinstance(newest.was, PersonView)
    assert isinstance(older.was, PersonView)
    assert (newest.record_id, newest.was.full_name) == (merged, "Trần Thị Lân")
    assert newest.was.id_number == IdNumber("031000003")
    phones = [was.phone.reveal() for was in (newest.was, older.was) if was.phone]
    assert phones == ["+84590000033", "+84590000003"]


def test_the_decision_is_remembered_with_its_origin_and_audited(cast):
    merged = of(OLD).person_id
    report = load(cast, "merges", DECISION, now=LATER)
    (told,) = queries.merges_of(of(KEPT).person_id)
    assert (told.merged_id, told.merged_code.reveal()) == (merged, OLD)
    assert (told.decided_on, told.decision_number, told.office_code) == (
        date(2025, 7, 30),
        "12/QĐ-BHXH",
        "03101",
    )
    assert (told.run_id, told.as_of) == (report.run_id, LATER)
    event = Event.objects.get(kind="person.merged")
    assert (event.subject_id, event.facts) == (
        of(KEPT).person_id,
        {"merged": merged, "run": report.run_id},
    )


def test_the_same_file_twice_changes_nothing_and_a_corrected_one_the_decision_only(cast):
    load(cast, "merges", DECISION)
    again = load(cast, "merges", DECISION)
    assert (again.new, again.changed, again.same, again.refused) == (0, 0, 1, 0)
    assert load(cast, "merges", DECISION | {"decision_number": "13/QĐ-BHXH"}).changed == 1
    assert [decision.decision_number for decision in queries.merges_of(of(KEPT).person_id)] == ["13/QĐ-BHXH"]
    assert Version.objects.filter(record="person").count() == 1


def test_a_dry_run_merges_nobody(cast):
    merged = of(OLD).person_id
    assert load(cast, "merges", DECISION, dry_run=True).new == 1
    assert of(OLD).person_id == merged
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"merged_code": KEPT}, "same_code"),
        ({"merged_code": "3199000009"}, "unknown_person"),
        ({"kept_code": "3199000009"}, "unknown_person"),
        ({"merged_code": ""}, "missing"),
        ({"kept_code": "319900001"}, "lost_zero"),
        ({"decided_on": ""}, "missing"),
        ({"decided_on": "hôm qua"}, "bad_day"),
        ({"office_code": "03999"}, "unknown_office"),
    ],
)
def test_a_wrong_merge_is_refused(cast, change, code):
    report = load(cast, "merges", DECISION | change)
    assert (report.new, report.refused) == (0, 1)
    assert code in why(report)
    assert not Merge.objects.exists()


def test_a_code_that_was_merged_into_another_is_refused(cast):
    load(cast, "merges", DECISION)
    report = load(cast, "merges", DECISION | {"kept_code": OTHER})
    assert report.refused == 1
    assert "merged_otherwise" in why(report)


def test_a_code_merged_into_two_in_one_file_is_refused_both_times(cast):
    report = load(cast, "merges", DECISION, DECISION | {"kept_code": OTHER})
    assert (report.new, report.refused) == (0, 2)
    assert "merged_twice" in why(report)


def test_a_merge_the_other_way_round_is_refused(cast):
    turned = DECISION | {"kept_code": OLD, "merged_code": KEPT}
    both = load(cast, "merges", DECISION, turned)
    assert (both.new, both.refused) == (0, 2)
    assert why(both).count("merge_turned") == 2
    assert "merge_chain" not in why(both)
    load(cast, "merges", DECISION)
    report = load(cast, "merges", turned)
    assert report.refused == 1
    assert "merge_turned" in why(report)


def test_a_chain_within_one_file_is_refused(cast):
    report = load(cast, "merges", DECISION, DECISION | {"kept_code": OTHER, "merged_code": KEPT})
    assert (report.new, report.refused) == (0, 2)
    assert why(report).count("merge_chain") == 2


def test_one_after_the_other_a_chain_leads_to_the_last_one(cast):
    load(cast, "participation", JOB | {"bhxh_code": OLD})
    old, lan = of(OLD).person_id, of(KEPT).person_id
    load(cast, "merges", DECISION)
    load(cast, "merges", DECISION | {"kept_code": OTHER, "merged_code": KEPT})
    binh = of(OTHER).person_id
    assert {of(code).person_id for code in (OLD, KEPT, OTHER)} == {binh}
    assert [queries.merged_into(person_id) for person_id in (old, lan)] == [binh, binh]
    assert len(queries.participation(binh).of("bhxh").periods) == 1
    names = {
        version.was.full_name
        for version in queries.versions(binh, "person")
        if isinstance(version.was, PersonView)
    }
    assert names == {"Trần Thị Lân", "Trần Thị Lan"}
    assert load(cast, "merges", DECISION).same == 1  # the first file again


def test_lines_may_keep_a_code_that_a_line_before_has_moved(cast):
    load(cast, "people", OLD_LAN | {"bhxh_code": "3199000004", "id_number": ""})
    load(cast, "merges", DECISION)
    report = load(
        cast,
        "merges",
        DECISION | {"kept_code": OTHER, "merged_code": KEPT},
        DECISION | {"kept_code": OLD, "merged_code": "3199000004"},
    )
    assert report.new == 2
    assert of("3199000004") == of(OTHER)


def test_a_people_row_with_a_merged_code_is_refused(cast):
    load(cast, "merges", DECISION)
    report = load(cast, "people", OLD_LAN, LAN)
    assert (report.same, report.refused) == (1, 1)
    assert "code_merged" in why(report)
    assert of(KEPT).full_name == "Trần Thị Lan"


def test_old_documents_go_on_leading_to_the_person_when_the_register_is_corrected(cast):
    load(cast, "merges", DECISION)
    load(cast, "people", LAN | {"street": "Số 2"})
    assert queries.by_id_number(IdNumber("031000003")) == of(KEPT)
    load(cast, "people", LAN | {"old_id_number": "031000003"})  # now told of the kept person itself
    load(cast, "people", LAN | {"old_id_number": ""}, blanks_erase=True)
    assert queries.by_id_number(IdNumber("031000003")) is None


@pytest.mark.parametrize(("kind", "row"), RECORDS)
def test_files_that_name_the_merged_code_go_to_the_kept_person(cast, kind, row):
    load(cast, "merges", DECISION)
    assert load(cast, kind, row | {"bhxh_code": OLD}).new == 1
    assert load(cast, kind, row | {"bhxh_code": KEPT}).same == 1


@pytest.mark.parametrize(("kind", "row"), RECORDS)
def test_one_file_that_names_both_codes_for_one_row_has_it_twice(cast, kind, row):
    load(cast, "merges", DECISION)
    report = load(cast, kind, row | {"bhxh_code": OLD}, row | {"bhxh_code": KEPT})
    assert (report.new, report.refused) == (1, 1)
    assert "duplicate" in why(report)


def test_a_visit_of_table_xml1_with_the_old_card_goes_to_the_kept_person(cast):
    load(cast, "merges", DECISION)
    load(cast, "xml1", XML1 | {"MA_THE_BHYT": f"DN431{OLD}"})
    assert len(queries.visits(of(KEPT).person_id)) == 1


def test_a_person_merged_after_a_people_file_was_checked_is_not_written_again(cast):
    rows = [LAN | {"street": "Số 2"}, OLD_LAN | {"street": "Số 3"}]
    people = IMPORTERS["people"]
    late: list[int] = []

    def merged_meanwhile(batch):
        if not late:
            late.append(load(cast, "merges", DECISION).new)
        return people.merge(batch)

    path = cast / "late.csv"
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [",".join(row.get(name, "") for name in names) for row in rows]
    path.write_text("\n".join([",".join(names), *lines]), encoding="utf-8")
    actions.run(in_small_batches("people", 100, merged_meanwhile), path, by=SYSTEM, now=NOW)
    assert late == [1]
    assert of(OLD) == of(KEPT)
    assert (of(KEPT).bhxh_code.reveal(), of(KEPT).street) == (KEPT, "Số 2")


@pytest.mark.django_db(transaction=True)
def test_other_files_wait_while_people_are_merged(tmp_path):
    load_cast()
    done: list[int] = []

    def import_jobs() -> None:
        done.append(load(tmp_path, "participation", JOB).new)
        connection.close()

    other = threading.Thread(target=import_jobs)
    with transaction.atomic(), connection.cursor() as cursor:
        exclude_others(type("Batch", (), {"cursor": cursor})())
        other.start()
        other.join(timeout=1.5)
        assert done == []
    other.join(timeout=30)
    assert done == [1]


def test_every_statement_names_one_person_on_each_person_table(cast, django_assert_max_num_queries):
    for kind, row in RECORDS:
        load(cast, kind, row | {"bhxh_code": OLD})
    with django_assert_max_num_queries(200) as asked:
        load(cast, "merges", DECISION)
    told = [query["sql"] for query in asked.captured_queries]
    moved = [
        statement for statement in told if any(f"participants_{table} " in statement for table in TABLES)
    ]
    assert moved
    assert all("person_id" in statement.split("WHERE")[1] for statement in moved if "WHERE" in statement)
    changed = [
        statement.split("WHERE")[0]
        for statement in told
        if any(f"UPDATE participants_{at}" in statement for at in TABLES)
    ]
    assert not [statement for statement in changed if "person_id =" in statement]


def test_erasing_the_merged_persons_key_leaves_the_kept_person_readable(cast):
    merged = of(OLD).person_id
    load(cast, "merges", DECISION)
    vault.erase(merged)
    assert of(KEPT).phone is not None
    with pytest.raises(vault.Erased):
        queries.versions(of(KEPT).person_id, "person")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"person_id": 7}, "participants_merge_of_two"),
        ({"kept_code": OLD}, "participants_merge_two_codes"),
    ],
)
def test_the_database_itself_refuses_a_merge_with_oneself(cast, change, name):
    given = {"merged_id": 7, "person_id": 8, "merged_code": OLD, "kept_code": KEPT, "current_code": KEPT}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Merge.objects.create(**given | change, decided_on=NOW.date(), run_id=1, line=1, as_of=NOW)


def test_nobody_else_is_touched(cast):
    load(cast, "participation", JOB | {"bhxh_code": BINH["bhxh_code"]})
    before = of(OTHER)
    load(cast, "merges", DECISION)
    assert of(OTHER) == before
    assert len(queries.participation(before.person_id).of("bhxh").periods) == 1
    assert Person.objects.count() == 2
    assert not Identifier.objects.filter(person_id=before.person_id).exclude(merged_id=None).exists()
