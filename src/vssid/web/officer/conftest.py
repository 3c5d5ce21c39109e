"""Every test of the console happens on one Wednesday evening."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[time_machine.Traveller]:
    from tests.making.registrations import NOW  # needs Django, which is not set up yet when this file is read

    with time_machine.travel(NOW, tick=False) as clock:
        yield clock
