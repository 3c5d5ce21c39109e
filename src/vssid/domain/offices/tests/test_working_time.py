"""The time that counts on the office's turn: by its hours, two spans a day, without days off."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from vssid.domain.offices import hours
from vssid.domain.offices.working_time import Week
from vssid.kernel.calendar import VIETNAM

TWO_SPANS = Week(tuple(hours.parse("2-6 07:30-11:30 13:30-17:00; 7 07:30-11:30")))


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)


def minutes(week: Week, start: str, end: str) -> float:
    return week.between(at(start), at(end)) / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("start", "end", "counted"),
    [
        # Wednesday, 18 November 2026.
        ("2026-11-18 08:00", "2026-11-18 08:20", 20),
        ("2026-11-18 07:00", "2026-11-18 07:30", 0),
        ("2026-11-18 11:00", "2026-11-18 14:00", 60),  # half an hour before lunch, half an hour after
        ("2026-11-18 11:30", "2026-11-18 13:30", 0),
        ("2026-11-18 00:00", "2026-11-19 00:00", 450),
        ("2026-11-18 16:50", "2026-11-19 07:40", 20),
        ("2026-11-20 16:00", "2026-11-23 08:00", 60 + 240 + 30),  # over a weekend with an open Saturday
        ("2026-11-22 00:00", "2026-11-22 23:59", 0),  # a Sunday
        ("2026-09-01 00:00", "2026-09-03 00:00", 0),  # the national day and the day beside it
        ("2026-12-31 16:00", "2027-01-02 08:00", 60 + 30),  # New Year's day; 2 January 2027 is a Saturday
        ("2026-08-22 00:00", "2026-08-23 00:00", 450),  # a Saturday swapped for a weekday has its hours
        ("2026-11-18 09:00", "2026-11-18 08:00", 0),
        ("2026-11-19 09:00", "2026-11-18 08:00", 0),
    ],
)
def test_only_the_time_the_office_is_open_counts(start: str, end: str, counted: float) -> None:
    assert minutes(TWO_SPANS, start, end) == counted


def test_a_day_the_office_is_closed_does_not_count() -> None:
    closed = Week(TWO_SPANS.openings, frozenset({date(2026, 11, 18)}))
    assert minutes(closed, "2026-11-17 16:00", "2026-11-19 08:00") == 60 + 30


def test_hours_that_overlap_count_once() -> None:
    doubled = Week(tuple(hours.parse("2-6 07:30-11:30; 4 08:00-12:00")))
    assert minutes(doubled, "2026-11-18 00:00", "2026-11-19 00:00") == 270


def test_of_an_office_without_hours_working_days_count_whole() -> None:
    assert minutes(Week(), "2026-11-20 18:00", "2026-11-23 01:00") == 6 * 60 + 60


def test_one_day_of_work_is_the_longest_of_the_week() -> None:
    assert TWO_SPANS.usual_day == timedelta(hours=7, minutes=30)
    assert Week().usual_day == timedelta(days=1)
