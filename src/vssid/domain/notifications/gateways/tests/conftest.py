"""Two gateways, a and b, that do as a test says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from vssid.domain.notifications.tests.fakes import FakeGateway

A, B = "viettel", "vnpt"


def listed(**weights: int) -> dict[str, dict[str, Any]]:
    """Gateways as the file of settings has them, by name and weight."""
    return {
        name: {"weight": weight, "receipt_secret": f"{name}-only-for-tests-only-for-tests-only"}
        for name, weight in weights.items()
    }


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch, settings: Any) -> dict[str, FakeGateway]:
    """Both, at rest with 51 and 49 points; every text goes by the first that may carry it."""
    from vssid.domain.notifications.tests.fakes import NOW, FakeGateway
    from vssid.infra import sms

    from .. import choosing, health

    settings.SMS_GATEWAY, settings.SMS_GATEWAYS = "kannel", listed(**{A: 51, B: 49})
    gateways = {A: FakeGateway(), B: FakeGateway()}
    monkeypatch.setattr(sms, "_named", gateways.__getitem__)
    monkeypatch.setattr(choosing, "draw", lambda: 0.0)
    health.keep_in_step(NOW)
    return gateways
