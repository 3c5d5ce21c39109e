"""A setting that is odd stops the start with the sentence that says what to do."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.environment import ROOT

PUBLIC = {"VSSID_BASE_URL": "https://bhxh.example", "VSSID_SMS_GATEWAY": "kannel"}


def start(**changes: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", "import vssid.config.settings"],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | changes,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"VSSID_MAIL_GATEWAY": "gmail"}, "VSSID_MAIL_GATEWAY phải là off, log hoặc smtp"),
        ({"VSSID_SMTP_SECURITY": "ssl"}, "VSSID_SMTP_SECURITY phải là tls, starttls hoặc none"),
        ({"VSSID_MAIL_GATEWAY": "log", **PUBLIC}, "VSSID_MAIL_GATEWAY=log ghi thư ra tệp"),
        ({"VSSID_VAPID_KEY": "not-a-key"}, "VSSID_VAPID_KEY phải là base64url của 32 byte"),
        ({"VSSID_PUSH_LOOPBACK": "1", **PUBLIC}, "VSSID_PUSH_LOOPBACK=1"),
    ],
)
def test_an_odd_setting_of_mail_or_push_stops_the_start(changes, said):
    status, words = start(**changes)
    assert status != 0
    assert said in words
    assert "not-a-key" not in words


def test_a_site_for_people_starts_without_mail_and_push():
    assert start(**PUBLIC) == (0, "")
