from datetime import date

import pytest

from vssid.kernel.birth import same_birth

BORN = date(1960, 5, 17)


@pytest.mark.parametrize(
    ("other", "precisions", "same"),
    [
        (BORN, (), True),
        (date(1960, 5, 18), (), False),
        (date(1960, 5, 18), ("day",), False),
        (date(1960, 5, 1), ("month",), True),
        (date(1960, 6, 17), ("month",), False),
        (date(1960, 1, 1), ("year",), True),
        (date(1961, 5, 17), ("year",), False),
        (date(1960, 1, 1), ("day", "year"), True),
        (date(1960, 1, 1), ("month", "year"), True),
    ],
)
def test_births_are_compared_as_far_as_both_are_known(other, precisions, same):
    assert same_birth(BORN, other, *precisions) is same
    assert same_birth(other, BORN, *precisions) is same
