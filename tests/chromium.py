"""Which Chromium the tests drive."""

from __future__ import annotations

import shutil
from typing import Any

WHOLE = shutil.which("chromium") or shutil.which("chromium-browser")
# The same engine without windows, menus and notifications: a third less processor for the same pages.
LIGHT = shutil.which("chromium-headless-shell") or WHOLE
# A page lives for a second: code compiled once at once, without optimizing, takes least for all of it.
ENGINE = "--js-flags=--always-sparkplug --no-opt --no-maglev"
# Pages of one context share a process, and none is started ahead: what a process needs first takes 0.3 s.
ONE_PROCESS = ("--renderer-process-limit=1", "--disable-site-isolation-trials")


def launch(driver: Any, program: str | None = LIGHT) -> Any:
    """Start it under a playwright driver."""
    return driver.chromium.launch(executable_path=program, args=["--no-sandbox", ENGINE, *ONE_PROCESS])


def give_fingerprint_reader(page: Any) -> None:
    """From now on the page's browser has one that always knows its owner."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
