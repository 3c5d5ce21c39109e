"""One year as lines and sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from vssid.domain.participants.participation import totals
from vssid.domain.participants.participation.totals import month_of
from vssid.domain.participants.views import Participation, PeriodView, SchemeRecord, WageParts
from vssid.domain.statements.content import compose, years

TODAY = date(2026, 11, 18)
NONE = WageParts(None, None, None, None, None, None, None, None, None)


def period(scheme: str, first: date, last: date | None, **more) -> PeriodView:
    made = PeriodView(
        id=1, scheme=scheme, is_voluntary=False, from_month=first, to_month=last, unpaid_from=None,
        employer_code="TZ0001A", employer_name="Sao Mai", job="May", workplace="", wage=Decimal(6_000_000),
        wage_kind="wage", currency="VND", wage_parts=NONE, worker_percent=None, employer_percent=None,
        run_id=0, as_of=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    return replace(made, **more)


def history(*periods: PeriodView) -> Participation:
    records = []
    for scheme in ("bhxh", "bhtn", "tnld"):
        own = tuple(view for view in periods if view.scheme == scheme)
        counted = totals.count([view.as_months() for view in own], month_of(TODAY))
        records.append(SchemeRecord(scheme, own, counted))
    return Participation(1, tuple(records), (), None)


def spans(content) -> list[tuple[int, int]]:
    return [(line.first % 12 + 1, line.last % 12 + 1) for line in content.lines]


def test_a_period_is_cut_to_the_year():
    made = compose(history(period("bhxh", date(2023, 5, 1), date(2025, 3, 1))), 2024, TODAY)
    assert spans(made) == [(1, 12)]
    assert (made.bhxh.in_year, made.bhxh.in_all, made.bhxh.unpaid) == (12, 20, 0)


def test_this_year_counts_up_to_this_month():
    made = compose(history(period("bhxh", date(2025, 1, 1), None)), 2026, TODAY)
    assert spans(made) == [(1, 11)]
    assert (made.bhxh.in_year, made.bhxh.in_all) == (11, 23)


def test_the_line_is_cut_where_its_unemployment_insurance_begins():
    made = compose(
        history(
            period("bhxh", date(2025, 1, 1), date(2025, 12, 1)),
            period("bhtn", date(2025, 4, 1), date(2025, 12, 1), wage=Decimal(5_000_000)),
        ),
        2025,
        TODAY,
    )
    assert spans(made) == [(1, 3), (4, 12)]
    assert made.lines[0].bhtn is None
    assert made.lines[1].bhtn is not None
    assert made.lines[1].bhtn.value == 5_000_000
    assert (made.bhxh.in_year, made.bhtn.in_year) == (12, 9)


def test_unpaid_months_are_lines_of_their_own_and_name_the_fund():
    made = compose(
        history(
            period("bhxh", date(2025, 1, 1), date(2025, 12, 1), unpaid_from=date(2025, 11, 1)),
            period("bhtn", date(2025, 1, 1), date(2025, 12, 1)),
        ),
        2025,
        TODAY,
    )
    assert [(line.first % 12 + 1, line.unpaid) for line in made.lines] == [(1, ()), (11, ("bhxh",))]
    assert made.bhxh.unpaid == 2
    assert made.bhtn.unpaid == 0


def test_unemployment_insurance_at_another_place_stands_alone():
    made = compose(
        history(
            period("bhxh", date(2025, 1, 1), date(2025, 6, 1)),
            period("bhtn", date(2025, 1, 1), date(2025, 6, 1), employer_code="TZ0002A", employer_name="B"),
        ),
        2025,
        TODAY,
    )
    assert sorted(line.employer for line in made.lines) == ["B", "Sao Mai"]
    assert all((line.bhxh is None) != (line.bhtn is None) for line in made.lines)


def test_unemployment_months_on_both_sides_of_the_other_fund_are_two_lines():
    made = compose(
        history(
            period("bhtn", date(2025, 1, 1), date(2025, 12, 1)),
            period("bhxh", date(2025, 4, 1), date(2025, 6, 1)),
        ),
        2025,
        TODAY,
    )
    assert spans(made) == [(1, 3), (4, 6), (7, 12)]


def test_overlapping_periods_count_their_months_once_in_the_sum():
    made = compose(
        history(
            period("bhxh", date(2025, 1, 1), date(2025, 8, 1)),
            period("bhxh", date(2025, 5, 1), date(2025, 12, 1), employer_code="X", employer_name="X"),
        ),
        2025,
        TODAY,
    )
    assert len(made.lines) == 2
    assert made.bhxh.in_year == 12


def test_the_years_are_those_with_a_month_and_none_to_come():
    participation = history(
        period("bhxh", date(2023, 12, 1), date(2024, 1, 1)),
        period("bhtn", date(2026, 1, 1), None),
        period("bhxh", date(2027, 1, 1), None),
    )
    assert years(participation, TODAY) == [2026, 2024, 2023]
