"""For values that a test knows are there."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def certain(value: T | None) -> T:
    """The value; fails the test when there is none."""
    assert value is not None
    return value
