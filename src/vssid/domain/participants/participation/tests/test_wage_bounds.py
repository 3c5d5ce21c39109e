"""A wage or a rate that nobody can have had in its months is refused; what is only unusual is not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from vssid.domain.participants.tests.files import JOB, load, load_cast

from .. import wage_bounds


@pytest.fixture
def cast(db, tmp_path):
    load_cast()
    return tmp_path


@pytest.mark.parametrize(
    "change",
    [
        {"wage": "2.34"},
        {"wage": "0.08"},
        {"wage": "0"},
        {"wage": "531000000000"},
        {"wage": "520000"},  # a zero too few
        {"wage": "520000000"},  # two too many
        {"wage": "60000000", "from_month": "2008-01", "to_month": "2008-03"},  # above the cap of then
        {"wage": "5200000", "wage_kind": "coefficient"},
        {"wage": "0.1", "wage_kind": "coefficient"},
        {"worker_percent": "0.08"},
        {"employer_percent": "0.17"},
        {"employer_percent": "75"},
    ],
)
def test_a_number_that_is_none_of_its_months_is_refused(cast, change):
    report = load(cast, "participation", JOB | change)
    assert (report.new, report.refused) == (0, 1)
    assert report.error_file is not None
    assert "odd_" in report.error_file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"wage": ""},
        {"wage": "700000"},  # a voluntary member of then
        {"wage": "106200000"},
        {"wage": "2.34", "wage_kind": "coefficient"},
        {"wage": "900", "currency": "USD"},
        {"wage": "272", "from_month": "1985-01", "to_month": "1985-12"},  # the wages of another time
        {"wage": "150000", "from_month": "1998-01", "to_month": "1998-12"},
        {"wage": "60000000", "from_month": "2008-01", "to_month": ""},  # may have risen since
        {"worker_percent": "8", "employer_percent": "17.5"},
        {"worker_percent": "22", "employer_percent": "0"},
        {"scheme": "tnld", "employer_percent": "0.3"},
    ],
)
def test_a_number_that_is_possible_is_taken(cast, change):
    report = load(cast, "participation", JOB | change)
    assert (report.new, report.refused) == (1, 0)


def test_the_bounds_follow_each_other_and_never_fall():
    rows = wage_bounds.rows()
    assert [row["to"] for row in rows[-1:]] == [""]
    for earlier, later in pairwise(rows):
        assert earlier["to"] < later["from"]
        assert int(earlier["lowest"]) <= int(later["lowest"])
        assert int(earlier["lowest"]) < int(earlier["highest"])
