"""A setting that is odd stops the start with the sentence that says what to do."""

from __future__ import annotations

import importlib.util
import os
import re
import sys

import pytest

from tests.environment import ROOT
from tests.making import programs

PUBLIC = {"VSSID_BASE_URL": "https://bhxh.example", "VSSID_SMS_GATEWAY": "kannel"}


def start(**changes: str) -> tuple[int, str]:
    done = programs.run(
        [sys.executable, "-c", "import vssid.config.settings"],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | changes,
        text=True,
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


SETTINGS = ROOT / "src/vssid/config/settings.py"


def read_again() -> None:
    """The settings of the environment as it is now, beside those that were read."""
    spec = importlib.util.spec_from_file_location("vssid.config.settings", SETTINGS)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


NUMBERS = re.findall(r'env\.integer\("(\w+)"', SETTINGS.read_text())


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["-3", "99999999999999", "1e3", "ten", "", " 7", "1_0", "٣"])
def test_a_number_that_makes_no_sense_stops_the_start(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=name):
        read_again()


def test_every_number_has_been_looked_for():
    assert len(NUMBERS) > 20


@pytest.mark.parametrize("value", ["card_reissue:0", "card_reissue:-1", "card_reissue:5000", "card_reissue"])
def test_a_term_that_makes_no_sense_stops_the_start(monkeypatch, value):
    monkeypatch.setenv("VSSID_PROCEDURE_DAYS", value)
    with pytest.raises(SystemExit, match="VSSID_PROCEDURE_DAYS"):
        read_again()
