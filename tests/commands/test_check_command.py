"""`./vssid check` proves what it says by doing it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.making import registrations
from vssid.cli.checks import checking, proving
from vssid.domain.audit import marks
from vssid.domain.audit.models import Lane
from vssid.domain.participants.models.people import Identifier
from vssid.domain.vault import sealing as vault
from vssid.infra import blobs, keys
from vssid.infra.database import clock
from vssid.infra.static_files import collecting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sound(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BLOBS_URL, settings.DATA = f"file://{tmp_path}/blobs", tmp_path / "data"
    monkeypatch.setattr(collecting, "is_collected", lambda: True)


def test_a_sound_house_has_no_fault_and_leaves_nothing_behind(tmp_path: Path) -> None:
    vault.seal(vault.new_subject_id(), "x", b"y")
    assert proving.faults() == []
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_key_that_is_lacking_or_another_one_is_named(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.seal(vault.new_subject_id(), "x", b"y")
    first = vault._masters()[0]
    other = keys.Key(first.id, b"z" * 32)
    for masters in ((keys.Key("other", b"y" * 32),), (other,)):
        monkeypatch.setattr(vault, "_masters", lambda masters=masters: masters)
        (said,) = proving.faults()
        assert "VSSID_MASTER_KEYS" in said
        assert first.id in said


def test_a_store_that_takes_nothing_and_one_that_gives_something_else_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blobs, "get", lambda key: b"something else")
    assert ["trả lại khác" in said for said in proving.faults()] == [True]

    def full(key: str, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(blobs, "put", full)
    assert ["không ghi, đọc được" in said for said in proving.faults()] == [True]


def test_a_data_folder_that_is_a_file_is_told(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.DATA = tmp_path / "file"
    assert ["VSSID_DATA" in said for said in proving.faults()] == [True]


@pytest.mark.parametrize("away", [-40 * 86400, 3600])
def test_a_clock_that_is_wrong_is_told(monkeypatch: pytest.MonkeyPatch, away: int) -> None:
    real = clock.time.time
    monkeypatch.setattr(clock, "time", SimpleNamespace(time=lambda: real() + away))
    assert ["Đồng hồ máy này lệch" in said for said in proving.faults()] == [True]


def test_static_files_that_were_not_collected_are_told(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = False
    monkeypatch.setattr(collecting, "is_collected", lambda: False)
    assert ["./vssid migrate" in said for said in proving.faults()] == [True]


def test_the_command_ends_with_one_where_something_does_not_work(
    capsys: pytest.CaptureFixture[str], settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Tests lift the limits of the connection, which the command would refuse.
    monkeypatch.setattr("vssid.cli.database.ready", lambda: None)
    assert checking.run("") == 0
    (tmp_path / "file").write_text("")
    settings.DATA = tmp_path / "file"
    assert checking.run("") == 1
    assert "VSSID_DATA" in capsys.readouterr().out


def test_a_log_marked_by_another_key_is_told(settings: Any) -> None:
    settings.AUDIT_KEYS = [keys.new_key_text("a9")]
    marks._keys.cache_clear()
    Lane.objects.update(founded_at="2020-01-01T00:00:00Z")
    try:
        assert ["VSSID_AUDIT_KEYS" in said for said in proving.faults()] == [True]
    finally:
        marks._keys.cache_clear()


def test_a_fingerprint_key_that_the_register_does_not_bear_is_told(settings: Any) -> None:
    lan = registrations.make_person()
    key = vault.fingerprint("cccd", registrations.LAN.id_number).hex()
    Identifier.objects.create(kind="cccd", key=key, person_id=lan)
    assert proving.faults() == []
    settings.FINGERPRINT_KEYS = [keys.new_key_text("f9"), *settings.FINGERPRINT_KEYS]
    vault._fingerprint_keys.cache_clear()
    try:
        assert ["VSSID_FINGERPRINT_KEYS" in said for said in proving.faults()] == [True]
    finally:
        vault._fingerprint_keys.cache_clear()
