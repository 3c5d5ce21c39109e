"""For values that a test knows are there."""

from __future__ import annotations

from typing import TypeVar

T = TypeVar("T")


def certain(found: T | None) -> T:
    """The value; fails the test when there is none."""
    assert found is not None
    return found
