"""Every test of the door happens on the Wednesday on which its employers were made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture(autouse=True)
def wednesday() -> Iterator[time_machine.Traveller]:
    from tests.making.employers import NOW  # needs Django, which is not set up yet when this file is read

    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def employers(db: None) -> None:
    from tests.making.employers import make_employers

    make_employers()
