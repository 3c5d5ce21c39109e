"""Where `./vssid serve` listens."""

from __future__ import annotations

import pytest

from vssid.cli import serving
from vssid.infra.edge import door

OUTSIDE = ["0.0.0.0", "::", "192.0.2.1"]


@pytest.mark.parametrize("address", OUTSIDE)
def test_without_a_proxy_nothing_outside_this_machine_is_served(address, settings):
    settings.TRUSTED_PROXIES = 0
    with pytest.raises(SystemExit, match="VSSID_TRUSTED_PROXIES"):
        serving._require_proxy(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_this_machine_is_served_without_one(address, settings):
    settings.TRUSTED_PROXIES = 0
    serving._require_proxy(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_behind_a_proxy_and_in_a_demo_it_is(address, settings):
    settings.TRUSTED_PROXIES = 1
    serving._require_proxy(address)
    settings.TRUSTED_PROXIES, settings.DEMO = 0, True
    serving._require_proxy(address)


def test_some_receivers_never_wait_for_a_body():
    assert door.RECEPTIONS + 8 <= serving.RECEIVERS
