"""Generated files: always the same, wrong only where they should be, in memory that does not grow."""

import csv
import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime
from random import Random

import pytest

from vssid.cli.demo.cast import DemoPerson
from vssid.cli.files.importing import importers
from vssid.domain.imports import actions
from vssid.kernel.actor import SYSTEM
from vssid.kernel.ids import BhxhCode, IdNumber, Phone

from ..invented import directory, files, households, names, people

TODAY = date(2025, 7, 1)
NOW = datetime(2025, 7, 1, tzinfo=UTC)


def test_every_kind_of_import_has_a_file_with_its_columns():
    known = importers()
    made = set(files.COLUMNS) | {kind for kind, _rows in directory.files(7, 0.001)}
    assert made == set(known) - {"xml1"}  # the visits file tells the same
    for kind, columns in files.COLUMNS.items():
        assert set(columns) <= {column.name for column in known[kind].columns}


def test_wrong_rows_leave_the_good_ones_as_they_are(tmp_path):
    clean = people.generate(tmp_path / "clean", 120, 5, TODAY)
    mixed = people.generate(tmp_path / "mixed", 120, 5, TODAY, errors=0.2)
    for kind, path in clean.files.items():
        good = path.read_text(encoding="utf-8").splitlines()
        all_rows = mixed.files[kind].read_text(encoding="utf-8").splitlines()
        assert len(all_rows) == len(good) + mixed.wrong.get(kind, 0)
        assert not Counter(good) - Counter(all_rows)
    share = mixed.wrong["participation"] / (mixed.wrong["participation"] + mixed.rows["participation"])
    assert share == pytest.approx(0.2, abs=0.03)
    assert clean.rows == mixed.rows


@pytest.mark.django_db
def test_the_import_refuses_the_wrong_rows_one_by_one_and_no_other(tmp_path):
    made = people.generate(tmp_path, 200, 11, TODAY, errors=0.25)
    known = importers()
    for kind, path in made.files.items():
        report = actions.run(known[kind], path, by=SYSTEM, now=NOW, errors_to=tmp_path / f"{kind}.loi.csv")
        assert (kind, report.new, report.refused) == (kind, made.rows[kind], made.wrong[kind])


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(files.COLUMNS))
def test_each_sort_of_wrong_row_is_refused(tmp_path, kind):
    made = people.generate(tmp_path, 60, 3, TODAY)
    known = importers()
    for before in list(made.files)[: list(made.files).index(kind)]:
        actions.run(known[before], made.files[before], by=SYSTEM, now=NOW)
    header, first = made.files[kind].read_text(encoding="utf-8").splitlines()[:2]
    cells = dict(zip(header.split(","), next(csv.reader([first])), strict=True))
    path = tmp_path / "wrong.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header.split(","))
        writer.writeheader()
        writer.writerows(cells | {column: value} for column, value in files.FAULTS[kind])
    report = actions.run(known[kind], path, by=SYSTEM, now=NOW, errors_to=tmp_path / "wrong.loi.csv")
    assert report.refused == len(files.FAULTS[kind])


def test_memory_does_not_grow_with_the_number_of_people(tmp_path):
    def peak(count: int) -> int:
        tracemalloc.start()
        people.generate(tmp_path, count, 1, TODAY)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak(50)  # what is loaded once
    assert peak(1_200) < peak(120) + 60_000


def test_numbers_beyond_a_million_are_still_of_the_right_form_and_unlike(tmp_path):
    people = []
    for first in (15, 1_000_015, 8_999_990):
        people += list(households.people(Random(1), first, first + 9, TODAY))
    for person in people:
        BhxhCode.parse(person.bhxh_code)
        IdNumber.parse(person.id_number)
        assert not person.phone or Phone.parse(person.phone)
        assert len(person.old_id_number) in (0, 9)
    assert (
        len({person.bhxh_code for person in people})
        == len({person.id_number for person in people})
        == len(people)
    )


def test_a_household_lives_together_and_children_have_the_fathers_name(tmp_path):
    homes: dict[str, list[DemoPerson]] = {}
    for person in households.people(Random(2), 16, 400, TODAY):
        homes.setdefault(person.household_code, []).append(person)
    for home in homes.values():
        assert len({member.address for member in home}) == 1
        assert [member.household_relation for member in home][:2] == ["00", "01"][: len(home)]
        fathers = [member for member in home[:2] if member.sex == 1]
        for child in home[2:]:
            assert names.family_of(child.full_name) == names.family_of(fathers[0].full_name)
            assert child.birth_date > max(member.birth_date for member in home[:2] if member.sex == 2)
