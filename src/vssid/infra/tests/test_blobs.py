"""Blobs come back as they went in."""

from __future__ import annotations

import stat

import pytest

from vssid.infra import blobs


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.BLOBS_URL = f"file://{tmp_path}/Kho%20nhỏ"
    return tmp_path / "Kho nhỏ"


def test_what_is_put_can_be_got():
    blobs.put("id/00/one", b"\x00\xff sealed")
    assert blobs.get("id/00/one") == b"\x00\xff sealed"


def test_a_later_put_replaces():
    blobs.put("id/00/one", b"old")
    blobs.put("id/00/one", b"new")
    assert blobs.get("id/00/one") == b"new"


def test_what_is_not_there_is_said_plainly():
    with pytest.raises(blobs.NotStored):
        blobs.get("id/00/none")


def test_deleting_twice_is_fine():
    blobs.put("id/00/one", b"x")
    blobs.delete("id/00/one")
    blobs.delete("id/00/one")
    with pytest.raises(blobs.NotStored):
        blobs.get("id/00/one")


def test_it_lists_a_folder_with_times():
    blobs.put("id/00/one", b"x")
    blobs.put("other/two", b"x")
    listed = dict(blobs.stored_under("id"))
    assert list(listed) == ["id/00/one"]
    assert listed["id/00/one"].tzinfo is not None


def test_the_folder_is_for_its_owner_only(folder):
    blobs.put("id/00/one", b"x")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_key_cannot_leave_the_folder(folder):
    with pytest.raises(Exception, match=r"(?i)path|segment|invalid"):
        blobs.put("../outside", b"x")
    assert not (folder.parent / "outside").exists()
