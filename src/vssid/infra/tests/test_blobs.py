"""Blobs come back as they went in."""

from __future__ import annotations

import errno
import socket
import stat
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from obstore.exceptions import GenericError

from vssid.infra import blobs, mail, outside, push, sms
from vssid.infra.mail.smtp import SmtpGateway
from vssid.infra.push.vapid import Vapid
from vssid.infra.sms.kannel import KannelGateway
from vssid.kernel.ids import Phone

GIVEN_UP = 20  # seconds in which limits of less than one have surely been kept


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
        ended: list[type[BaseException]] = []

        def ask() -> None:
            try:
                blobs.get("id/00/one")
            except BaseException as error:
                ended.append(type(error))

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(GIVEN_UP)
        assert ended == [blobs.Away]


@pytest.mark.django_db
def test_the_store_is_not_asked_while_a_transaction_is_open():
    blobs.put("id/00/one", b"x")
    with transaction.atomic(), pytest.raises(outside.InTransaction):
        blobs.get("id/00/one")
    assert blobs.get("id/00/one") == b"x"


def text_is_sent() -> None:
    gateway = KannelGateway("http://127.0.0.1:9/cgi-bin/sendsms", "vssid", "x")
    gateway.send(sms.SmsOut(Phone.parse("0912345678"), "BHXH", uuid4(), "http://127.0.0.1:9/r", "BHXH"))


def letter_is_sent() -> None:
    gateway = SmtpGateway("127.0.0.1", 9, "none", "", "", "BHXH <a@bhxh.example>")
    gateway.send(mail.Mail(to="lan@example.vn", subject="s", text="t", message_id=uuid4()))


def push_is_sent() -> None:
    service = push.PushService(Vapid.read(push.new_key_text(), "mailto:a@bhxh.example"))
    service.send(push.PushOut("https://fcm.googleapis.com/x", b"", b"", b"{}", "t", timedelta(hours=1)))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("send", "what"),
    [(text_is_sent, "sms"), (letter_is_sent, "mail"), (push_is_sent, "push")],
    ids=["sms", "mail", "push"],
)
def test_no_gateway_is_called_while_a_transaction_is_open(send, what):
    with transaction.atomic(), pytest.raises(outside.InTransaction, match=what):
        send()
