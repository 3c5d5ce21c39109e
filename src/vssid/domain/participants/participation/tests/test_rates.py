from datetime import date
from decimal import Decimal

import pytest

from .. import rates

TODAY = date(2025, 7, 1)


def both(what, day, group=rates.EMPLOYEE):
    percents = rates.of(what, day, group)
    return percents and (percents.worker, percents.employer)


@pytest.mark.parametrize(
    ("day", "social", "unemployment", "health", "in_all"),
    [
        # Employer, worker: the columns and sums of the table on which the rows were checked.
        (date(2007, 1, 1), (14, 5), None, (2, 1), (17, 6)),
        (date(2009, 1, 1), (14, 5), (1, 1), (2, 1), (18, 7)),
        (date(2010, 1, 1), (15, 6), (1, 1), (3, Decimal("1.5")), (20, Decimal("8.5"))),
        (date(2012, 1, 1), (16, 7), (1, 1), (3, Decimal("1.5")), (21, Decimal("9.5"))),
        (date(2014, 1, 1), (17, 8), (1, 1), (3, Decimal("1.5")), (22, Decimal("10.5"))),
        (date(2025, 7, 1), (17, 8), (1, 1), (3, Decimal("1.5")), (Decimal("21.5"), Decimal("10.5"))),
    ],
)
def test_rates_of_a_scheme_add_up_to_those_of_all_funds(day, social, unemployment, health, in_all):
    by_scheme = {scheme: rates.of(scheme, day) for scheme in rates.FUNDS}
    told = {
        scheme: (percents.employer, percents.worker) if percents else None
        for scheme, percents in by_scheme.items()
    }
    assert (told["bhxh"], told["bhtn"], told["bhyt"]) == (social, unemployment, health)
    assert sum(percents.employer for percents in by_scheme.values() if percents) == in_all[0]
    assert sum(percents.worker for percents in by_scheme.values() if percents) == in_all[1]


def test_one_fund_of_a_scheme_may_be_asked_for():
    assert both("pension_death", TODAY) == (8, 14)
    assert both("sickness_maternity", TODAY) == (0, 3)


def test_a_voluntary_payer_pays_all_alone():
    assert both("bhxh", TODAY, rates.VOLUNTARY) == (22, 0)


def test_relief_is_a_rate_of_nothing_and_not_an_unknown_one():
    assert both("tnld", date(2021, 12, 31)) == (0, 0)
    assert both("bhtn", date(2022, 9, 30)) == (1, 0)


def test_a_day_of_which_no_rate_is_known_has_none():
    assert rates.of("bhxh", date(2006, 12, 31)) is None
    assert rates.of("bhtn", date(2008, 12, 31)) is None


def test_the_weakest_mark_is_told():
    known, remembered = rates.of("bhxh", TODAY), rates.of("bhxh", date(2022, 1, 1))
    assert known is not None
    assert remembered is not None
    assert (known.mark, remembered.mark) == ("[S]", "[M]")


def test_what_is_neither_scheme_nor_fund_is_refused():
    with pytest.raises(KeyError):
        rates.of("lottery", TODAY)


def test_a_rate_holds_throughout_only_where_it_did_not_change():
    same = rates.throughout("bhxh", date(2014, 1, 1), TODAY)
    assert same is not None
    assert (same.worker, same.employer) == (Decimal(8), Decimal(17))
    assert same.mark == "[M]"
    assert rates.throughout("bhxh", date(2013, 12, 31), date(2014, 1, 1)) is None
    assert rates.throughout("tnld", date(2021, 6, 30), date(2021, 7, 1)) is None
    assert rates.throughout("bhtn", date(2008, 12, 31), date(2009, 1, 1)) is None
    assert rates.throughout("bhxh", TODAY, TODAY) == rates.of("bhxh", TODAY)
