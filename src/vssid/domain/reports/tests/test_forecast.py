"""The forecast: the mean of the newest days, and none from too few."""

from __future__ import annotations

from datetime import date, timedelta

from vssid.domain.reports.trend import DayRow, Goal, extrapolate

TODAY = date(2026, 11, 18)
AIMED = Goal(date(2026, 10, 1), date(2026, 11, 28), 100)


def days(count: int, *, files: int = 2, what: str = "approved") -> list[DayRow]:
    return [DayRow(TODAY - timedelta(days=at), what, files) for at in range(count)]


def test_it_goes_on_with_the_mean_of_28_days() -> None:
    forecast = extrapolate(days(40), AIMED, TODAY)
    assert forecast is not None
    assert (forecast.a_day, forecast.approved, forecast.expected) == (2.0, 80, 100)


def test_days_on_which_nothing_was_approved_count() -> None:
    told = [*days(14, files=1, what="sent"), DayRow(TODAY, "approved", 7)]
    forecast = extrapolate(told, AIMED, TODAY)
    assert forecast is not None
    assert (forecast.a_day, forecast.expected) == (0.5, 12)


def test_what_was_approved_before_the_goal_began_is_not_of_it() -> None:
    told = [*days(20), DayRow(date(2026, 9, 1), "approved", 50)]
    forecast = extrapolate(told, AIMED, TODAY)
    assert forecast is not None
    assert forecast.approved == 40


def test_of_fewer_than_14_days_nothing_is_forecast() -> None:
    assert extrapolate(days(13), AIMED, TODAY) is None
    assert extrapolate(days(14), AIMED, TODAY) is not None
    assert extrapolate([], AIMED, TODAY) is None


def test_where_nothing_was_approved_nothing_is_forecast() -> None:
    assert extrapolate(days(30, what="sent"), AIMED, TODAY) is None
