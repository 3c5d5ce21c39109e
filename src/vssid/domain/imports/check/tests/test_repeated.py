"""A key stands in a file once; who says the same twice said it once."""

from __future__ import annotations

import pytest

from vssid.domain.imports.tests.test_runs import counts, file, refused, run
from vssid.domain.imports.tests.test_runs import words as words

pytestmark = pytest.mark.django_db


def test_a_row_that_says_the_same_again_counts_as_one(words, tmp_path):
    report = run(
        file(tmp_path, "a,một,2025-01-31,,x", "b,hai,,,", "a,một,2025-01-31,,x", "a,một,2025-01-31,,x")
    )
    assert counts(report) == (4, 2, 0, 2, 0)
    assert report.repeated == 2
    assert words() == {"a": "một", "b": "hai"}


def test_it_is_the_same_however_it_is_written(words, tmp_path):
    report = run(file(tmp_path, "a,một,2025-01-31,,x", 'a," một",31/01/2025,,x'))
    assert (counts(report), report.repeated) == ((2, 1, 0, 1, 0), 1)


@pytest.mark.parametrize(
    "other",
    ["a,hai,2025-01-31,,x", "a,một,,,x", "a,một,2025-02-01,,x", "a,một,2025-01-31,,y", "a,một,2025-01-31,,"],
)
def test_a_row_that_says_something_else_of_the_same_is_refused(words, tmp_path, other):
    report = run(file(tmp_path, "a,một,2025-01-31,,x", other, "a,một,2025-01-31,,x"))
    assert counts(report) == (3, 1, 0, 1, 1)
    (row,) = refused(report)
    assert (row["line"], row["field"]) == ("3", "code")
    assert words() == {"a": "một"}


def test_many_repeated_rows_with_sealed_cells_are_compared_page_by_page(words, tmp_path, monkeypatch):
    monkeypatch.setattr("vssid.domain.imports.check.repeated._PAGE", 3)
    lines = [f"{letter},một,,,x" for letter in "abcdefg"]
    report = run(file(tmp_path, *lines, *lines, "a,một,,,y"))
    assert (counts(report), report.repeated) == ((15, 7, 0, 7, 1), 7)
