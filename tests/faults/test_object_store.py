"""Images in an object store, by the settings that the documents tell.

In a small S3 of our own; where VSSID_TEST_S3_BUCKET names a bucket, and AWS_… say how it is called, in that.
"""

from __future__ import annotations

import os
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.machines import small_s3
from vssid.cli.checks import proving
from vssid.infra import blobs

BUCKET = os.environ.get("VSSID_TEST_S3_BUCKET", "")
pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def bucket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A bucket, and the environment that says where it is."""
    if BUCKET:
        yield BUCKET
        return
    folder: Path = tmp_path_factory.mktemp("s3")
    (folder / "ours").mkdir()
    store = small_s3.server(folder)
    threading.Thread(target=store.serve_forever, daemon=True).start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT", f"http://127.0.0.1:{store.server_port}")
        patch.setenv("AWS_ALLOW_HTTP", "true")
        patch.setenv("AWS_REGION", "local")
        patch.setenv("AWS_ACCESS_KEY_ID", "ours")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "only-for-tests")
        yield "ours"
    store.shutdown()
    store.server_close()


@pytest.fixture(autouse=True)
def folder(settings, bucket):
    """A folder of the bucket that nobody else uses."""
    settings.BLOBS_URL = f"s3://{bucket}/{uuid.uuid4().hex}"


def test_what_is_put_is_got_listed_and_gone_when_deleted():
    picture = os.urandom(2_000_000)
    blobs.put("person/image", picture)
    assert blobs.get("person/image") == picture
    assert [key for key, _ in blobs.stored_under("person")] == ["person/image"]
    blobs.delete("person/image")
    blobs.delete("person/image")
    with pytest.raises(blobs.NotStored):
        blobs.get("person/image")


def test_what_lies_under_a_key_is_not_written_over_where_it_must_be_new():
    blobs.put_new("anchor/1", b"first")
    with pytest.raises(FileExistsError):
        blobs.put_new("anchor/1", b"second")
    assert blobs.get("anchor/1") == b"first"


def test_check_proves_it_and_tells_a_store_that_is_not_there(settings, bucket, monkeypatch):
    assert proving._blobs() == ""
    monkeypatch.setenv("AWS_ENDPOINT", "http://127.0.0.1:9")
    settings.BLOBS_URL = f"s3://{bucket}/lost"
    assert "VSSID_BLOBS_URL" in proving._blobs()


def test_plain_http_is_refused_unless_the_environment_allows_it(settings, bucket, monkeypatch):
    monkeypatch.setenv("AWS_ALLOW_HTTP", "false")
    settings.BLOBS_URL = f"s3://{bucket}/closed"
    if not BUCKET:
        with pytest.raises(blobs.Away):
            blobs.put("a", b"b")
