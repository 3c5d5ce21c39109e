"""Sets of places are written for PostgreSQL and read back as they were."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from vssid.domain.directory import bitmaps


@given(st.sets(st.integers(0, 300_000)))
def test_a_set_comes_back_as_it_was(ranks):
    assert bitmaps.unpacked(bitmaps.packed(BitMap(ranks))) == BitMap(ranks)


@pytest.mark.parametrize("many", [1, 4_095, 4_096, 4_097, 65_535, 65_536, 65_537, 150_000])
@pytest.mark.parametrize("first", [0, 65_535, 65_536, 200_000])
def test_so_does_one_at_the_limits_of_the_format(many, first):
    crowded = range(first, first + many)
    scattered = sorted(random.Random(many).sample(range(first, first + 200_000), many))
    for ranks in (crowded, scattered):
        again = bitmaps.unpacked(bitmaps.packed(BitMap(ranks)))
        assert list(again) == list(ranks)
        assert again & BitMap([first]) == BitMap([first]) & BitMap(ranks)
