"""A transaction of the test's own, in which nothing of the house stands."""

from __future__ import annotations

from typing import Any

from django.db import transaction


def of_test() -> Any:
    """An atomic block that counts as the test's, as the one around each test does (infra/outside)."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    return block
