"""A Kannel for each test; nothing of it outlives the test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kannel import network
from tests.making.programs import Program

Worker = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def kannel(tmp_path: Path, settings: Any) -> Iterator[network.Kannel]:
    """A running gateway, and the settings that use it."""
    if why := network.missing():
        pytest.skip(why)
    folder = tmp_path / "kannel"
    folder.mkdir()
    gateway = network.Kannel(folder)
    settings.SMS_GATEWAY = "kannel"
    settings.KANNEL_SEND_URL = gateway.send_url
    settings.KANNEL_USERNAME, settings.KANNEL_PASSWORD = network.USER, network.PASSWORD
    try:
        gateway.start()
        yield gateway
    finally:
        gateway.stop()


@pytest.fixture
def worker(transactional_db: None, database_url: str, tmp_path: Path, settings: Any) -> Iterator[Worker]:
    """Starts real worker processes on this test's database; those still running are killed at the end."""
    running: list[subprocess.Popen[bytes]] = []

    def start(**extra: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {
            "VSSID_DATABASE_URL": database_url,
            "VSSID_DATA": str(settings.DATA),
            "VSSID_BLOBS_URL": settings.BLOBS_URL,
            "VSSID_SMS_GATEWAY": settings.SMS_GATEWAY,
            "VSSID_KANNEL_SEND_URL": settings.KANNEL_SEND_URL,
            "VSSID_KANNEL_USERNAME": settings.KANNEL_USERNAME,
            "VSSID_KANNEL_PASSWORD": settings.KANNEL_PASSWORD,
            "VSSID_SMS_RECEIPT_BASE": settings.SMS_RECEIPT_BASE,
            "PYTHONPATH": str(settings.ROOT / "src"),
            **extra,
        }
        with (tmp_path / "worker.log").open("ab") as log:
            process = Program(
                [sys.executable, "-m", "vssid.cli", "worker"], env=environment, stdout=log, stderr=log
            )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()
    # Shown only when the test failed: what its workers said.
    sys.stderr.write((tmp_path / "worker.log").read_text()[-8000:] if running else "")
