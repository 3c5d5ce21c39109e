"""The files of ops/ fit the program: every setting, the user and the folders, units that systemd reads."""

from __future__ import annotations

import configparser
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.environment import ROOT
from tests.making import programs
from vssid.cli import boot

pytestmark = pytest.mark.process

EXAMPLE = ROOT / "ops/env.example"
UNITS = sorted((ROOT / "ops/systemd").glob("*.service"))
OURS = [unit for unit in UNITS if unit.name.startswith("vssid-")]
SETTINGS = ROOT / "src/vssid/config/settings.py"


def shown() -> dict[str, str]:
    """Every setting of the example, those that show a default too."""
    text = re.sub(r"^#(?=VSSID_)", "", EXAMPLE.read_text(), flags=re.MULTILINE)
    return dict(line.split("=", 1) for line in text.splitlines() if line.startswith("VSSID_"))


def defaults() -> dict[str, str]:
    lines = EXAMPLE.read_text().splitlines()
    return dict(line[1:].split("=", 1) for line in lines if line.startswith("#VSSID_"))


def settings_with(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> ModuleType:
    for name in list(os.environ):
        if name.startswith("VSSID_") and name not in must_be_given():
            monkeypatch.delenv(name)
    monkeypatch.setenv("VSSID_DATA", "/var/lib/vssid")
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    spec = importlib.util.spec_from_file_location("vssid.config.settings", SETTINGS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def must_be_given() -> set[str]:
    return {name for name, value in shown().items() if value.startswith("<")} - {
        "VSSID_BASE_URL",
        "VSSID_SMS_GATEWAY",
        "VSSID_KANNEL_PASSWORD",
        "VSSID_METRICS_TOKEN",
    }


def test_the_defaults_it_shows_are_the_defaults(monkeypatch):
    def values(module: ModuleType) -> dict[str, object]:
        return {name: getattr(module, name) for name in dir(module) if name.isupper()}

    plain = values(settings_with(monkeypatch, {}))
    # Where a site for people differs from a trial.
    differing = {"VSSID_MAIL_GATEWAY": "log"}
    assert values(settings_with(monkeypatch, defaults() | differing)) == plain


def test_a_site_starts_with_the_example_filled_in(monkeypatch):
    given = {
        "VSSID_BASE_URL": "https://bhxh.example.vn",
        "VSSID_SMS_GATEWAY": "kannel",
        "VSSID_KANNEL_PASSWORD": "x",
    }
    plain = {name: value for name, value in shown().items() if name not in defaults()}
    kept = {name: value for name, value in plain.items() if not value.startswith("<")}
    module = settings_with(monkeypatch, kept | given)
    assert (module.SECURE, module.TRUSTED_PROXIES) == (True, 1)
    assert module.SMS_RECEIPT_BASE == "http://127.0.0.1:8000"


def test_it_is_read_as_systemd_reads_it(tmp_path):
    file = tmp_path / "env"
    file.write_text("# a remark\n; another\n\nA=1\n B = two words \nC=\"quoted # text\"\nD='x'\nE=a=b\nF=\n")
    assert boot.read_env_file(file) == {
        "A": "1", "B": "two words", "C": "quoted # text", "D": "x", "E": "a=b", "F": "",
    }  # fmt: skip


def run(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return programs.run(
        [sys.executable, "-m", "vssid.cli", *command],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")} | settings,
        text=True,
    )


def test_a_command_takes_the_settings_of_the_named_file(tmp_path):
    file = tmp_path / "env"
    file.write_text("VSSID_REGISTRATION_DAYS=-3\n")
    done = run("check", VSSID_ENV_FILE=str(file))
    assert done.returncode == 1
    assert "VSSID_REGISTRATION_DAYS" in done.stderr
    lost = run("check", VSSID_ENV_FILE=str(tmp_path / "lost"))
    assert (lost.returncode, lost.stderr.count("\n")) == (1, 1)
    assert "VSSID_ENV_FILE" in lost.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can leave files of another user's")
@pytest.mark.parametrize(
    "command",
    [
        ["import", "people", str(ROOT / "docs/import-samples/people.csv")],
        ["migrate"],
        ["serve", "--port", "1"],
    ],
)
def test_root_leaves_no_files_in_the_folder_of_the_service(tmp_path, command):
    shutil.chown(tmp_path, "nobody")
    done = run(*command, VSSID_DATA=str(tmp_path))
    assert done.returncode == 1
    assert "runuser -u nobody" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_told_before_anything_else(tmp_path):
    (tmp_path / "data").touch()
    done = run("serve", "--port", "1", VSSID_DATA=str(tmp_path / "data"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "VSSID_DATA" in done.stderr


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(path)
    return parser


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_unit_works_in_the_folder_that_it_may_write_to(path):
    service = unit(path)["Service"]
    assert service["Environment"] == "VSSID_DATA=/var/lib/vssid" == "VSSID_DATA=" + shown()["VSSID_DATA"]
    assert service["StateDirectory"] == "vssid"
    assert "\nEnvironmentFile=/etc/vssid/env\n" in path.read_text()
    assert (service["User"], service["ProtectSystem"]) == ("vssid", "strict")
    assert unit(path)["Unit"]["StartLimitIntervalSec"] == "0"


def test_a_reload_of_the_web_unit_is_the_signal_that_replaces_workers():
    (web,) = (path for path in OURS if path.stem == "vssid-web")
    assert unit(web)["Service"]["ExecReload"].endswith("'kill -HUP $MAINPID'")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_finds_nothing_to_say_about_the_units(tmp_path):
    """With programs that are not on this machine taken as there."""
    for path in UNITS:
        text = re.sub(r"^(Exec\w+=)\S+", r"\1/bin/true", path.read_text(), flags=re.MULTILINE)
        (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    about_ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "vssid" in line]
    assert (done.returncode, about_ours) == (0, []), done.stderr
