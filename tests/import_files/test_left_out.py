"""What a file does not say stays as it is: every kind, every column that may be left out."""

import pytest

from tests.import_files.full_rows import FULL
from tests.import_files.rows_of_every_kind import IMPORTERS, foundations, load, optional, rows_in
from tests.making.files_read_here import read_here

pytestmark = pytest.mark.django_db

# Alone they cannot go: what is left would break a rule.
NEEDED_TOGETHER = {
    ("certificates", "from_date"): "missing",
    ("visits", "total"): "paid_too_much",
    ("xml1", "t_bhtt"): "fund_disagrees",
    ("xml1", "t_bncct"): "fund_disagrees",
}


@pytest.fixture
def full(tmp_path, monkeypatch):
    """Load the full row of a kind, and what it points at."""
    read_here(monkeypatch)

    def make(kind):
        foundations(tmp_path)
        table, row = FULL[kind]
        report, why = load(tmp_path, kind, row)
        assert (report.new + report.same, why) == (1, "")
        return table, row

    return make


@pytest.mark.parametrize("kind", FULL)
def test_the_full_row_fills_every_column(kind):
    of_kind = [column for column in IMPORTERS[kind].columns if column.parse is None or column.gives]
    assert {column.name for column in of_kind} == set(FULL[kind][1])
    assert all(FULL[kind][1].values())


def test_every_kind_is_tried():
    assert FULL.keys() | {"merges"} == IMPORTERS.keys()


@pytest.mark.parametrize("kind", FULL)
def test_a_blank_cell_leaves_the_register_as_it_is(full, tmp_path, kind):
    table, row = full(kind)
    before = rows_in(table)
    for name in optional(kind):
        report, why = load(tmp_path, kind, row | {name: ""})
        assert (report.new, report.changed, report.same, why) == (0, 0, 1, ""), name
    assert rows_in(table) == before


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", FULL)
def test_only_the_required_columns_leave_all_others_as_they_are(full, tmp_path, kind, form):
    table, row = full(kind)
    before = rows_in(table)
    blank = row | dict.fromkeys(optional(kind), "")
    needed = {column: row[column] for column in row if column not in optional(kind)}
    for given, more in ((blank, {}), (needed, {}), (needed, {"blanks_erase": True})):
        report, why = load(tmp_path, kind, given, form=form, **more)
        assert (report.same, why) == (1, "")
    assert rows_in(table) == before


@pytest.mark.parametrize("kind", FULL)
def test_a_blank_cell_erases_one_value_when_the_run_says_so(full, tmp_path, kind):
    table, row = full(kind)
    for name in optional(kind):
        before = rows_in(table)
        report, why = load(tmp_path, kind, row | {name: ""}, blanks_erase=True)
        if code := NEEDED_TOGETHER.get((kind, name)):
            assert code in why, name
            assert rows_in(table) == before
            continue
        assert (report.changed, report.same, why) == (1, 0, ""), name
        changed = [
            column
            for old, new in zip(before, rows_in(table), strict=True)
            for column in old
            if old[column] != new.get(column)
        ]
        assert len(changed) == 1, (name, changed)
        load(tmp_path, kind, row)
        assert rows_in(table) == before


def test_a_case_of_four_columns_leaves_address_phone_office_and_id_numbers(full, tmp_path):
    table, row = full("people")
    before = rows_in(table)
    four = {name: row[name] for name in ("bhxh_code", "full_name", "birth_date", "sex")}
    report, _ = load(tmp_path, "people", four | {"full_name": "Trần Thị Lan Anh"})
    assert report.changed == 1
    (was,), (now,) = before, rows_in(table)
    differs = {name for name in was if was[name] != now[name]}
    assert differs == {"full_name", "name_folded"}


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("participation", {"to_month": "2021-06"}, "unpaid_outside"),
        ("participation", {"wage": "5310000"}, "unit_unclear"),
        ("visits", {"paid_own": "340000"}, "paid_too_much"),
        ("xml1", {"t_tongchi_bh": "360000"}, "fund_disagrees"),
        ("certificates", {"to_date": "2024-03-03"}, "ends_before"),
        ("facilities", {"valid_until": "2019-12-31"}, "ends_before"),
        ("points", {"valid_from": "2030-01-02"}, "ends_before"),
    ],
)
@pytest.mark.parametrize("dry_run", [False, True])
def test_what_the_register_keeps_must_fit_what_the_file_says(full, tmp_path, kind, given, code, dry_run):
    table, row = full(kind)
    before = rows_in(table)
    needed = {name: cell for name, cell in row.items() if name not in optional(kind)}
    report, why = load(tmp_path, kind, needed | given, dry_run=dry_run)
    assert (report.read, report.refused) == (1, 1)
    assert code in why
    assert rows_in(table) == before


def test_code_and_number_of_one_person_are_one_key_of_a_file_of_people(full, tmp_path):
    _, row = full("people")
    four = {name: row[name] for name in ("bhxh_code", "full_name", "birth_date", "sex")}
    other = four | {"bhxh_code": row["id_number"], "full_name": "Trần Thị Lan Anh"}
    report, _ = load(tmp_path, "people", four, other)
    assert (report.same, report.changed, report.refused) == (1, 0, 1)
