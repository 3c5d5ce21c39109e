"""What a dry run tells is what the run then does: every kind."""

import pytest

from tests.import_files.full_rows import FULL, LAN
from tests.import_files.rows_of_every_kind import foundations, load, optional, rows_in
from vssid.domain.imports.merge.effects import Effects
from vssid.domain.participants.models.people import Merge

pytestmark = pytest.mark.django_db

# Blank together they would leave a row that breaks a rule.
STAY = {"visits": {"total"}, "xml1": {"t_bhtt", "t_bncct"}}


@pytest.mark.parametrize("kind", FULL)
def test_a_dry_run_tells_each_value_that_a_run_then_changes(tmp_path, kind):
    foundations(tmp_path)
    table, row = FULL[kind]
    load(tmp_path, kind, row)
    before = rows_in(table)
    blank = dict.fromkeys(set(optional(kind)) - STAY.get(kind, set()), "")
    told, done = Effects(), Effects()
    report, why = load(tmp_path, kind, row | blank, blanks_erase=True, dry_run=True, effects=told)
    assert (report.changed, why) == (1, "")
    assert rows_in(table) == before
    load(tmp_path, kind, row | blank, blanks_erase=True, effects=done, as_shown=report.run_id)
    assert told.examples() == done.examples()
    changed = [
        column
        for old, new in zip(before, rows_in(table), strict=True)
        for column in old
        if old[column] != new.get(column) and column != "places_version"
    ]
    assert sum(tally.changed for tally in told.columns.values()) == len(changed) > 0
    assert all(tally.erased == tally.changed == 1 for tally in told.columns.values())


def test_a_merge_is_told_and_corrected_only_by_what_the_file_says(tmp_path):
    foundations(tmp_path)
    person = FULL["people"][1]
    bare = {name: person[name] for name in ("full_name", "birth_date", "sex")}
    load(tmp_path, "people", bare | {"bhxh_code": "3199000002"})
    row = {"kept_code": LAN, "merged_code": "3199000002", "decided_on": "2025-06-01"}
    full = row | {"decision_number": "QĐ1", "office_code": "03100"}
    told = Effects()
    load(tmp_path, "merges", full, dry_run=True, effects=told)
    assert (told.columns, len(told.digests)) == ({}, 1)
    load(tmp_path, "merges", full)
    assert load(tmp_path, "merges", row)[0].same == 1
    assert load(tmp_path, "merges", full | {"decision_number": "", "office_code": ""})[0].same == 1
    told = Effects()
    load(tmp_path, "merges", full | {"decision_number": ""}, blanks_erase=True, effects=told)
    assert told.examples() == {"decision_number": [(2, "QĐ1", "")]}
    assert (Merge.objects.get().decision_number, Merge.objects.get().office_id) == ("", "03100")
