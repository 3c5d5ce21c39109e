"""Blobs come back as they went in."""

from __future__ import annotations

import errno
import socket
import stat
from datetime import timedelta

import pytest
from django.db import transaction
from obstore.exceptions import GenericError

from vssid.infra import blobs, outside


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


def test_a_store_that_is_full_says_so(folder):
    blobs.put("id/00/one", b"x")

    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(blobs.Away) as away:
        blobs._asked("put", full)
    assert away.value.is_full
    assert blobs.get("id/00/one") == b"x"


def test_what_obstore_says_of_a_full_disk_is_understood():
    said = GenericError("Generic LocalFileSystem error: Unable to copy data to file: … (os error 28)")
    assert blobs._is_full(said)
    assert not blobs._is_full(GenericError("Generic S3 error: (os error 111)"))


def test_a_folder_that_takes_nothing_is_away(folder):
    blobs.put("id/00/one", b"x")
    (folder / "id" / "01").write_bytes(b"a file where a folder should be")
    with pytest.raises(blobs.Away) as away:
        blobs.put("id/01/two", b"x")
    assert not away.value.is_full


def test_a_store_that_never_answers_is_given_up(settings, monkeypatch):
    """One that takes the connection and says nothing, as a network that swallows packets."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.BLOBS_URL = f"s3://silent-{silent.getsockname()[1]}/x"
        monkeypatch.setattr(blobs, "REQUEST", timedelta(seconds=0.3))
        monkeypatch.setattr(blobs, "ALL", timedelta(seconds=0.3))
        monkeypatch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{silent.getsockname()[1]}")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"):
            monkeypatch.setenv(name, "none")
        monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
        with pytest.raises(blobs.Away):
            blobs.get("id/00/one")


@pytest.mark.django_db
def test_the_store_is_not_asked_while_a_transaction_is_open():
    blobs.put("id/00/one", b"x")
    with transaction.atomic(), pytest.raises(outside.InTransaction):
        blobs.get("id/00/one")
    assert blobs.get("id/00/one") == b"x"


@pytest.mark.django_db
def test_no_gateway_is_called_while_a_transaction_is_open():
    for what in ("sms", "mail", "push"):
        with transaction.atomic(), pytest.raises(outside.InTransaction, match=what):
            outside.require_no_transaction(what)
