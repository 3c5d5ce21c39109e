"""The picture of a participation."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from .. import timeline

MONTHS = st.frozensets(st.integers(1960 * 12, 2060 * 12), max_size=60)


def months(*ranges: tuple[int, int]) -> set[int]:
    return {month for first, last in ranges for month in range(first, last)}


def test_nothing_gives_no_picture():
    assert timeline.draw((), ()) is None


def test_a_year_shows_paid_gap_and_unpaid_in_their_order():
    start = 2020 * 12
    drawn = timeline.draw(months((start, start + 4)), months((start + 9, start + 12)))
    assert drawn is not None
    (year,) = drawn.years
    assert [part.kind for part in year.parts] == ["blue", "gap", "bad"]
    assert (year.paid, year.missing, year.unpaid) == (4, 5, 3)


def test_months_before_the_first_and_after_the_last_are_neither_gap_nor_drawn():
    drawn = timeline.draw(months((2020 * 12 + 5, 2020 * 12 + 7)), ())
    assert drawn is not None
    assert not drawn.has_gaps
    assert [part.kind for part in drawn.years[0].parts] == ["blue"]


def test_a_month_paid_once_is_not_unpaid():
    drawn = timeline.draw({24240}, {24240})
    assert drawn is not None
    assert not drawn.has_unpaid


def test_a_month_that_is_not_due_yet_is_not_red():
    drawn = timeline.draw({24240}, {24241}, {24241, 24242})
    assert drawn is not None
    assert [part.kind for part in drawn.years[0].parts] == ["blue", "bad", "wait"]
    assert drawn.has_waiting
    assert not drawn.has_gaps


@given(MONTHS, MONTHS)
def test_every_month_is_counted_once_and_stays_in_the_picture(paid, unpaid):
    drawn = timeline.draw(paid, unpaid)
    if drawn is None:
        assert not paid | unpaid
        return
    assert sum(year.paid for year in drawn.years) == len(paid)
    assert sum(year.unpaid for year in drawn.years) == len(unpaid - paid)
    assert all(
        part.x >= 0 and part.x + part.width <= drawn.width + 0.02
        for year in drawn.years
        for part in year.parts
    )
