"""One day of five continuous years, and whether the card says it or it is counted."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vssid.domain.participants.views import CoverageView

from .. import five_years

TODAY = date(2026, 11, 28)
COVER = CoverageView(
    id=1,
    object_code="DN",
    benefit_level="4",
    card_province="31",
    facility_code="",
    valid_from=date(2022, 1, 1),
    valid_to=None,
    five_years_from=None,
    living_area="",
    old_card_number="",
    issued_on=None,
    office_code="",
    auto_renews=True,
    run_id=1,
    as_of=datetime(2026, 1, 1, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("told", "day", "differs"),
    [
        (None, date(2027, 1, 1), False),
        (date(2027, 1, 1), date(2027, 1, 1), False),
        (date(2020, 5, 1), date(2020, 5, 1), True),
    ],
)
def test_the_card_goes_before_the_count(told, day, differs):
    years = five_years.of([replace(COVER, five_years_from=told)], TODAY)
    assert (years.day, years.differs, years.told_on) == (day, differs, told)
    assert (years.since, years.counted_on) == (date(2022, 1, 1), date(2027, 1, 1))
    assert years.is_full(TODAY) is (day <= TODAY)


def test_the_day_is_that_of_the_card_that_counts_today():
    ended = replace(COVER, valid_to=date(2025, 12, 31), five_years_from=date(2019, 1, 1))
    now = replace(COVER, valid_from=date(2026, 1, 1), five_years_from=date(2020, 1, 1))
    assert five_years.of([now, ended], TODAY).told_on == date(2020, 1, 1)
    assert five_years.of([ended], TODAY).told_on == date(2019, 1, 1)


def test_who_has_no_cover_has_no_day():
    years = five_years.of([], TODAY)
    assert (years.day, years.since, years.is_full(TODAY)) == (None, None, False)


@pytest.mark.parametrize(
    ("day", "law"),
    [
        (date(2025, 8, 14), "NĐ 146/2018/NĐ-CP Đ12"),
        (date(2025, 8, 15), "NĐ 188/2025/NĐ-CP"),
        (TODAY, "NĐ 188/2025/NĐ-CP"),
    ],
)
def test_the_decree_is_that_of_the_day(day, law):
    rule = five_years.rule_on(day)
    assert (rule.legal_base, rule.longest_break_months, rule.full_months) == (law, 3, 60)
