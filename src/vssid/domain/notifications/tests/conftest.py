"""The gateway of these tests. Imports models late: pytest reads this before Django is set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .fakes import FakeGateway


@pytest.fixture
def phones(monkeypatch: pytest.MonkeyPatch) -> FakeGateway:
    """The fake phone network that every message of the test goes to."""
    from vssid.infra import sms

    from .fakes import FakeGateway

    fake = FakeGateway()
    monkeypatch.setattr(sms, "gateway", lambda: fake)
    return fake
