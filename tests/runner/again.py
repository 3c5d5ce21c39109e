"""Write down which tests failed, so that `./vssid test` can run those of a browser alone once more."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FILE = "VSSID_FAILED_TESTS"  # where to write, one test a line, after its mark and a tab

_failed: dict[str, str] = {}


@pytest.hookimpl
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """In the process that hears of all workers."""
    if report.failed:
        _failed[report.nodeid] = "browser" if "browser" in report.keywords else "-"


@pytest.hookimpl
def pytest_sessionfinish(session: pytest.Session) -> None:
    """At the end, and by no worker."""
    if (name := os.environ.get(FILE)) and not hasattr(session.config, "workerinput"):
        Path(name).write_text("".join(f"{mark}\t{test}\n" for test, mark in _failed.items()))
